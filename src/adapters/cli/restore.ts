import { Command } from 'commander'
import { findingLine } from './findings.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'
import { position } from './verify.ts'

type RestoreOptions = { vault?: string; at?: number; json?: true }

export function restoreCommand(perform: Perform) {
  return new Command('restore')
    .description('put the log of a backup, once it is verified, into a DATA_DIR that has none')
    .argument('<folder>', 'what `backup` has written')
    .option('--vault <folder>', 'the vault of a backup; the one in DATA_DIR unless given')
    .option('--at <position>', 'the last position that is to be there; all unless given', position)
    .action((folder: string, options: RestoreOptions) =>
      perform(options, async ({ operations, settings, onProgress, answer }) => {
        const { vault, at } = options
        const report = await operations.restore(settings, { folder, vault, at, onProgress })
        if (isHindrance(report)) return report
        const { head, findings, notes } = report
        answer(report, [
          ...findings.map(findingLine),
          ...notes.map((note) => `note: ${note}`),
          head === null
            ? 'The backup is not as it was written; nothing was put into DATA_DIR.'
            : `The log is in ${settings.dataDir}, up to ${head.position} ${head.hash}.`,
          ...(head === null ? [] : ['The next start builds its views.']),
        ])
        return head === null ? exitCodes.difference : exitCodes.good
      }),
    )
}
