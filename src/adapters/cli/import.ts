import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { CsvReport } from '../../application/csv-report.ts'
import type { Imported } from '../../application/imports.ts'
import { textOf } from './files.ts'
import { counted } from './findings.ts'
import { Explained, exitCodes, type ImportOptions, isHindrance, type Perform } from './operations.ts'

type Options = {
  user: string
  dryRun?: true
  map?: string
  weightUnit?: 'kg' | 'lb'
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  timeZone?: string
  json?: true
}

export function importCommand(perform: Perform) {
  return new Command('import')
    .description(
      'take an exported document into an empty account, or a CSV export of Strong, Hevy, FitNotes or ' +
        'RepLedger into any; once more, it finishes or does nothing',
    )
    .argument('<file>', 'what `export --user` or another program wrote')
    .requiredOption('--user <person>', 'the id or the e-mail of the person whose account it is')
    .option('--dry-run', 'of a table, only tell what would be')
    .option('--map <file>', 'JSON with names in the table and the ids of the exercises that they mean')
    .addOption(new Option('--weight-unit <unit>', 'where a table does not say it').choices(['kg', 'lb']))
    .addOption(
      new Option('--distance-unit <unit>', 'where a table does not say it').choices(['m', 'km', 'mi', 'yd']),
    )
    .option('--time-zone <zone>', 'where the clock times of a table were read')
    .action((file: string, options: Options) =>
      perform(options, async ({ operations, settings, answer, onProgress }) => {
        const { user } = options
        const told = await optionsOf(options)
        const imported = await operations.importUser(settings, user, resolve(file), told, onProgress)
        if (isHindrance(imported)) return imported
        answer(imported, 'dialect' in imported ? linesOfTable(imported) : linesOf(imported))
        return exitCodes.good
      }),
    )
}

async function optionsOf({
  dryRun,
  map,
  weightUnit,
  distanceUnit,
  timeZone,
}: Options): Promise<ImportOptions> {
  return {
    ...(dryRun && { dryRun }),
    ...(map !== undefined && { mapping: mappingIn(map, await textOf(map)) }),
    ...(weightUnit !== undefined && { weightUnit }),
    ...(distanceUnit !== undefined && { distanceUnit }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

function mappingIn(path: string, text: string): Record<string, string> {
  try {
    const mapping = JSON.parse(text)
    if (Object.values(mapping).every((id) => typeof id === 'string')) return mapping
  } catch {
    // Said below.
  }
  throw new Explained(`${path} must be one JSON object of names and the ids of exercises.`)
}

function linesOf({ events, ...things }: Imported): string[] {
  const counts = Object.entries(things).map(([name, count]) => `${count} ${name}`)
  return [`${counted(events, 'event')}: ${counts.join(', ')}`]
}

/** Names that are new or found for the first time, and every row that was not simply taken. */
function linesOfTable({ dialect, dryRun, file, exercises, rows, ...counts }: CsvReport): string[] {
  const { imported, duplicates, refused, skipped } = counts
  const { workouts, exercises: names } = file
  return [
    ...exercises
      .filter(({ found }) => found !== 'kept')
      .map(({ name, exercise, exerciseId, found }) => `${name} -> ${exercise} (${exerciseId}, ${found})`),
    ...rows.flatMap(({ line, outcome, reason }) =>
      outcome === 'refused' || outcome === 'skipped' ? [`line ${line} ${outcome}: ${reason}`] : [],
    ),
    [dialect, counted(file.rows, 'row'), counted(workouts, 'workout'), counted(names, 'exercise')].join(', '),
    `${imported} imported, ${duplicates} duplicates, ${refused} refused, ${skipped} skipped` +
      `${dryRun ? '; nothing was written' : ''}`,
  ]
}
