import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import type { CsvReport } from '../../src/application/csv-report.ts'
import { weightFrom, weightMicrograms } from '../../src/domain/statistics/units.ts'
import { ask, password } from '../support/canaries.ts'
import { startServer } from '../support/process.ts'

/**
 * Takes CSV files in by a server of its own and tells what it then holds, beside figures that were found by
 * other means: `node test/tools/import-figures.ts <file.csv>.. [--expected <figures.json>]`.
 */
type Figures = {
  sets: number
  workouts: number
  exercises: number
  sumReps: number
  sumWeightTimesReps: number
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { expected: { type: 'string' } },
})
const expected = values.expected === undefined ? {} : JSON.parse(readFileSync(values.expected, 'utf8'))
const dataDir = mkdtempSync(join(tmpdir(), 'repledger-figures-'))
const { url, stop } = await startServer(dataDir, { LOG_LEVEL: 'silent', RATE_LIMIT: 'off' })
let isEqual = true
try {
  for (const path of positionals) isEqual = (await tell(path)) && isEqual
} finally {
  await stop('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(isEqual ? 0 : 1)

async function tell(path: string): Promise<boolean> {
  const name = basename(path)
  const unit = /weight[ _(]*lbs?/i.test(readFileSync(path, 'utf8').slice(0, 1000)) ? 'lb' : 'kg'
  const email = `${name.replace(/\W/g, '')}@example.com`
  const units = unit === 'lb' ? 'imperial' : 'metric'
  await ask(url, 'POST', '/v1/auth/register', { email, password, firstName: 'Kim', units })
  const { accessToken } = await ask(url, 'POST', '/v1/auth/login', { email, password })
  const began = performance.now()
  const first = await send(path, accessToken)
  const milliseconds = Math.round(performance.now() - began)
  const again = await send(path, accessToken)
  const figures = figuresOf(await exported(accessToken), unit)
  const { imported, duplicates, refused, skipped, file } = first
  console.log(
    `${name}: ${file.rows} rows, ${imported} imported, ${duplicates} duplicates, ${refused} refused, ` +
      `${skipped} skipped, ${milliseconds} ms`,
  )
  console.log(`  again: ${again.imported} imported, ${again.duplicates} duplicates`)
  const wanted = { ...expected[name], ...(expected[name]?.days && { workouts: expected[name].days }) }
  const rows = wanted.rows === undefined || wanted.rows === file.rows
  const differing = Object.entries(figures).filter(([what, value]) => {
    const other = wanted[what]
    const tolerance = what === 'sumWeightTimesReps' ? 1e-4 * other : 0
    return other !== undefined && !(Math.abs(value - other) <= tolerance)
  })
  console.log(`  ${JSON.stringify(figures)}`)
  for (const [what, value] of differing) console.log(`  DIFFERS: ${what} is ${value}, not ${wanted[what]}`)
  if (!rows) console.log(`  DIFFERS: rows is ${file.rows}, not ${wanted.rows}`)
  return rows && differing.length === 0 && again.imported === 0
}

async function send(path: string, token: string): Promise<CsvReport> {
  const response = await fetch(`${url}/v1/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: readFileSync(path),
  })
  const body = await response.json()
  if (response.status !== 200) throw new Error(JSON.stringify(body))
  return body as CsvReport
}

async function exported(token: string): Promise<Record<string, string>[]> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/v1/me/export.csv`, { headers })
  return parse(await response.text(), { columns: true })
}

function figuresOf(rows: readonly Record<string, string>[], unit: 'kg' | 'lb'): Figures {
  const distinct = (column: string) => new Set(rows.map((row) => row[column])).size
  const weight = (row: Record<string, string>) =>
    row.weight === '' ? 0 : weightFrom(weightMicrograms(Number(row.weight), row.weight_unit as 'kg'), unit)
  return {
    ...{ sets: rows.length, workouts: distinct('session_id'), exercises: distinct('exercise_id') },
    sumReps: rows.reduce((sum, row) => sum + Number(row.reps), 0),
    sumWeightTimesReps: rows.reduce((sum, row) => sum + weight(row) * Number(row.reps), 0),
  }
}
