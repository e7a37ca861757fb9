import { Command, InvalidArgumentError } from 'commander'
import type { VerifyReport } from '../../application/audit.ts'
import { textOf } from './files.ts'
import { counted, findingLine } from './findings.ts'
import { type Context, exitCodes, isHindrance, type Perform, type VerifyRange } from './operations.ts'

type VerifyOptions = Pick<VerifyRange, 'from' | 'to'> & { against?: string; json?: true }

export function verifyCommand(perform: Perform) {
  const command = new Command('verify')
  return command
    .description('check the chain, the signatures, every event, the vault, and the views against a rebuild')
    .argument('[path]', 'a backup folder, or a file of `export --log`; DATA_DIR unless given')
    .option('--from <position>', 'the first position to check', position)
    .option('--to <position>', 'the last position to check', position)
    .option('--against <file>', 'a head that was kept elsewhere, as of `head --sign`')
    .action((path: string | undefined, options: VerifyOptions) => {
      const { from, to } = options
      if (from !== undefined && to !== undefined && from > to) {
        command.error('error: --from must not be after --to')
      }
      return perform(options, (context) => verify(path, options, context))
    })
}

async function verify(path: string | undefined, { from, to, against }: VerifyOptions, context: Context) {
  const { operations, settings, outside, onProgress, answer } = context
  const began = outside.now()
  const report = await operations.verify(settings, {
    ...(path !== undefined && { path }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(against !== undefined && { against: await textOf(against) }),
    onProgress,
  })
  if (isHindrance(report)) return report
  answer(report, linesOf(report, (outside.now() - began) / 1000))
  return report.findingsTotal === 0 ? exitCodes.good : exitCodes.difference
}

function linesOf(
  { events, head, checkpoints, notes, findings, findingsTotal }: VerifyReport,
  seconds: number,
): string[] {
  const unlisted = findingsTotal - findings.length
  return [
    ...findings.map(findingLine),
    ...(unlisted > 0 ? [`and ${unlisted} more`] : []),
    ...notes.map((note) => `note: ${note}`),
    head === null ? 'The log is empty.' : `The head is ${head.position} ${head.hash}`,
    [
      `${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}`,
      `${counted(findingsTotal, 'finding')} in ${seconds.toFixed(1)} s`,
      `${Math.round(events / Math.max(seconds, 0.001))} events/s`,
    ].join(', '),
  ]
}

export function position(text: string) {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('A position is a whole number from 1.')
  return Number(text)
}
