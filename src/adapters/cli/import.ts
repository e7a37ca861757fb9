import { resolve } from 'node:path'
import { Command } from 'commander'
import { counted } from './findings.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function importCommand(perform: Perform) {
  return new Command('import')
    .description('take an exported document into an empty account; once more, it finishes or does nothing')
    .argument('<file>', 'what `export --user` wrote')
    .requiredOption('--user <person>', 'the id or the e-mail of the person whose account it is')
    .action((file: string, options: { user: string; json?: true }) =>
      perform(options, async ({ operations, settings, answer }) => {
        const imported = await operations.importUser(settings, options.user, resolve(file))
        if (isHindrance(imported)) return imported
        const { events, ...things } = imported
        const lines = Object.entries(things).map(([name, count]) => `${count} ${name}`)
        answer(imported, [`${counted(events, 'event')}: ${lines.join(', ')}`])
        return exitCodes.good
      }),
    )
}
