import { Command } from 'commander'
import { counted, findingLine } from './findings.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function replayCommand(perform: Perform) {
  return new Command('replay')
    .description('build the views anew from the log, beside a live server too')
    .action((options) =>
      perform(options, async ({ operations, settings, outside, onProgress, answer }) => {
        const began = outside.now()
        const report = await operations.rebuild(settings, onProgress)
        if (isHindrance(report)) return report
        const seconds = ((outside.now() - began) / 1000).toFixed(1)
        const { events, findings } = report
        answer(report, [
          ...findings.map(findingLine),
          `${counted(events, 'event')} replayed, ${counted(findings.length, 'finding')} in ${seconds} s`,
        ])
        return findings.length === 0 ? exitCodes.good : exitCodes.difference
      }),
    )
}
