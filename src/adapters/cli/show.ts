import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function showCommand(perform: Perform) {
  return new Command('show')
    .description('print the events of one stream, such as exercise-plank')
    .argument('<stream>', 'the full name of the stream')
    .action((stream: string, options) =>
      perform(options, async ({ operations, settings, answer, complain }) => {
        const events = await operations.show(settings, stream)
        if (isHindrance(events)) return events
        if (events.length === 0) {
          complain(`there is no stream ${JSON.stringify(stream)}`)
          return exitCodes.failed
        }
        answer(
          events,
          events.map(({ position, version, type, recordedAt, data }) =>
            [position, `v${version}`, recordedAt, type, JSON.stringify(data)].join('  '),
          ),
        )
        return exitCodes.good
      }),
    )
}
