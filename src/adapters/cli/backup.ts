import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function backupCommand(perform: Perform) {
  return new Command('backup')
    .description('copy the log into a new folder, beside a running server too')
    .argument('<folder>', 'where log.db and its signed head go')
    .option(
      '--vault <folder>',
      'where the vault goes, sealed with the master key; kept apart, for a short time',
    )
    .action((folder: string, options: { vault?: string; json?: true }) =>
      perform(options, async ({ operations, settings, onProgress, answer }) => {
        const { vault } = options
        const head = await operations.backup(settings, { folder, vault, onProgress })
        if (isHindrance(head)) return head
        answer({ folder, vault: vault ?? null, head }, [
          `The log up to position ${head.position} is in ${folder}, with its signed head.`,
          vault === undefined
            ? 'The vault was not copied. Without a vault and the master key this log is unreadable for ever.'
            : `The vault is in ${vault}, sealed. Keep it and the master key apart from the log,`,
          ...(vault === undefined
            ? []
            : ['and not for long: whoever is erased from now on can be read with it.']),
        ])
        return exitCodes.good
      }),
    )
}
