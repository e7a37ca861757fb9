import { Command, InvalidArgumentError } from 'commander'
import { counted, findingLine } from './findings.ts'
import { exitCodes, isHindrance, type Perform, type VerifyRange } from './operations.ts'

export function verifyCommand(perform: Perform) {
  const command = new Command('verify')
  return command
    .description('check the chain, the signatures, and the views against a rebuild')
    .option('--from <position>', 'the first position to check', position)
    .option('--to <position>', 'the last position to check', position)
    .action((options: VerifyRange & { json?: true }) => {
      const { from, to } = options
      if (from !== undefined && to !== undefined && from > to) {
        command.error('error: --from must not be after --to')
      }
      return perform(options, async ({ operations, settings, outside, onProgress, answer }) => {
        const began = outside.now()
        const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
        const report = await operations.verify(settings, { ...range, onProgress })
        if (isHindrance(report)) return report
        const seconds = (outside.now() - began) / 1000
        const { events, head, checkpoints, findings, findingsTotal } = report
        const unlisted = findingsTotal - findings.length
        answer(report, [
          ...findings.map(findingLine),
          ...(unlisted > 0 ? [`and ${unlisted} more`] : []),
          head === null ? 'The log is empty.' : `The head is ${head.position} ${head.hash}`,
          [
            `${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}`,
            `${counted(findingsTotal, 'finding')} in ${seconds.toFixed(1)} s`,
            `${Math.round(events / Math.max(seconds, 0.001))} events/s`,
          ].join(', '),
        ])
        return findingsTotal === 0 ? exitCodes.good : exitCodes.difference
      })
    })
}

function position(text: string) {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('A position is a whole number from 1.')
  return Number(text)
}
