import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Operations } from '../../../src/adapters/cli/operations.ts'
import type { CsvReport } from '../../../src/application/csv-report.ts'
import { run } from './run-program.ts'

const test = suite('import of a table')

const place = mkdtempSync(join(tmpdir(), 'repledger-map-'))
const report: CsvReport = {
  ...{ dialect: 'strong', dryRun: true, imported: 2, duplicates: 1, refused: 1, skipped: 1 },
  file: { rows: 5, sets: 4, workouts: 1, exercises: 2, reps: 20 },
  exercises: [
    { name: 'Bench', exerciseId: 'b', exercise: 'Press', metric: 'weight-reps', found: 'kept', sets: 1 },
    { name: 'Log', exerciseId: 'l', exercise: 'Log', metric: 'weight-reps', found: 'new', sets: 1 },
  ],
  rows: [
    { line: 2, outcome: 'imported' },
    { line: 3, outcome: 'duplicate', reason: 'It is there already.' },
    { line: 4, outcome: 'refused', reason: 'reps must be a multiple of 1.' },
    { line: 5, outcome: 'skipped', reason: 'The row is blank.' },
  ],
}

function taking(asked: unknown[]): Partial<Operations> {
  return {
    async importUser(_, person, __, options, onProgress) {
      asked.push(person, options)
      onProgress({ phase: 'import', done: 2, total: 2, unit: 'rows' })
      return report
    },
  }
}

test('tells new names, rows that were not taken, and the sums', async () => {
  const asked: unknown[] = []
  assert.equal(await run('import a.csv --user ada', taking(asked)), {
    exitCode: 0,
    output:
      'Log -> Log (l, new)\nline 4 refused: reps must be a multiple of 1.\n' +
      'line 5 skipped: The row is blank.\n' +
      'strong, 5 rows, 1 workout, 2 exercises\n' +
      '2 imported, 1 duplicates, 1 refused, 1 skipped; nothing was written\n',
    complaints: 'import 100 % (2 of 2)\n',
  })
  assert.equal(asked, ['ada', {}])
})

test('hands on what was said: units, zone, names, and that nothing be written', async () => {
  const asked: unknown[] = []
  const map = join(place, 'map.json')
  writeFileSync(map, '{"Bench": "barbell-bench-press"}')
  const words = '--dry-run --weight-unit lb --distance-unit mi --time-zone Asia/Tokyo'
  const { output } = await run(`import a.csv --user ada ${words} --map ${map} --json`, taking(asked))
  assert.equal(JSON.parse(output), report)
  assert.equal(asked[1], {
    ...{ dryRun: true, weightUnit: 'lb', distanceUnit: 'mi', timeZone: 'Asia/Tokyo' },
    mapping: { Bench: 'barbell-bench-press' },
  })
})

test('does not begin where the names are none', async () => {
  for (const [text, name] of [
    ['{"a": 1}', 'number.json'],
    ['[', 'broken.json'],
  ] as const) {
    writeFileSync(join(place, name), text)
    const { exitCode, complaints } = await run(
      `import a.csv --user ada --map ${join(place, name)}`,
      taking([]),
    )
    assert.is(exitCode, 1)
    assert.match(complaints, /must be one JSON object of names/)
  }
})

test('knows units by name', async () => {
  assert.is((await run('import a.csv --user ada --weight-unit stone', taking([]))).exitCode, 64)
})

const exporting = suite('export of a table')

exporting('goes with a person', async () => {
  const forms: unknown[] = []
  const operations: Partial<Operations> = {
    async exportUser(_, __, sink, form) {
      forms.push(form)
      await sink('session_id\n')
      return undefined
    },
  }
  assert.is((await run('export --user ada --csv', operations)).output, 'session_id\n')
  await run('export --user ada', operations)
  assert.equal(forms, ['csv', 'document'])
  assert.is((await run('export --log x --csv', operations)).exitCode, 64)
})

test.after(() => rmSync(place, { recursive: true }))

test.run()
exporting.run()
