import { Command } from 'commander'
import { isRefusal } from '../../domain/refusal.ts'
import { writing } from './files.ts'
import { counted } from './findings.ts'
import { type Context, exitCodes, isHindrance, type Perform } from './operations.ts'

type ExportOptions = { log?: string; user?: string; csv?: true; output: string; json?: true }

export function exportCommand(perform: Perform) {
  const command = new Command('export')
  return command
    .description(
      'write the whole log as JSON lines, or one person as a document or their sets as a table, beside a ' +
        'running server too',
    )
    .option('--log <file>', 'where to write the log; - for the standard output')
    .option('--user <person>', 'the id or the e-mail of the person to write')
    .option('--csv', 'of the person only the sets, as a table')
    .option('--output <file>', 'where to write the person', '-')
    .action((options: ExportOptions) => {
      const { log, user, csv } = options
      if ((log === undefined) === (user === undefined)) command.error('error: say either --log or --user')
      if (csv && user === undefined) command.error('error: --csv goes with --user')
      return perform(options, (context) =>
        log === undefined ? exportPerson(user as string, options, context) : exportLog(log, context),
      )
    })
}

async function exportLog(path: string, { operations, settings, outside, onProgress, answer }: Context) {
  const written = await writing(path, outside.output, (sink) =>
    operations.exportLog(settings, sink, onProgress),
  )
  if (isHindrance(written)) return written
  const { events } = written
  // The output holds the log and nothing else.
  if (path !== '-') answer({ events, file: path }, [`${counted(events, 'event')} written to ${path}`])
  return exitCodes.good
}

async function exportPerson(
  person: string,
  { output: path, csv }: ExportOptions,
  { operations, settings, outside, answer, complain }: Context,
) {
  const form = csv ? 'csv' : 'document'
  const written = await writing(path, outside.output, (sink) =>
    operations.exportUser(settings, person, sink, form),
  )
  if (isRefusal(written)) {
    complain(written.detail)
    return exitCodes.failed
  }
  if (written !== undefined) return written
  if (path !== '-') answer({ file: path }, [`written to ${path}`])
  return exitCodes.good
}
