// Sends a training log through the HTTP API and compares the statistics that come back with a plain
// computation:
//   node test/tools/training-log.ts <log.csv> [--expected figures.json] [--url http://127.0.0.1:5005]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Figures, figuresOf, type Row, rounded } from './training-figures.ts'

/** Whatever JSON holds. */
type Json = Record<string, ReturnType<typeof JSON.parse>>
type Call = (method: string, path: string, body?: unknown) => Promise<Json>

export function readLog(text: string): Row[] {
  const [header, ...lines] = text.trim().split(/\r?\n/)
  const names = (header as string).split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const cell = (name: string) => cells[names.indexOf(name)] || undefined
    const number = (name: string) => (cell(name) === undefined ? undefined : Number(cell(name)))
    return {
      date: cell('date') as string,
      exercise: cell('exercise') as string,
      metric: cell('metric') as string,
      weightLb: number('weight_lb'),
      reps: number('reps'),
      distance: number('distance'),
      distanceUnit: cell('distance_unit') as 'm' | 'mi' | undefined,
      seconds: number('seconds'),
    }
  })
}

export async function connect(url: string): Promise<Call> {
  let token: string | undefined
  const call: Call = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  const { accessToken } = await call('POST', '/v1/auth/register', {
    email: `log-${crypto.randomUUID()}@example.com`,
    password: 'a long enough phrase',
    firstName: 'Sample',
    units: 'imperial',
    timeZone: 'America/New_York',
  })
  token = accessToken
  return call
}

/** 18:00 of that day in New York, whatever the season. */
function evening(date: string): Date {
  const noon = new Date(`${date}T12:00:00Z`)
  const hour = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    hour: 'numeric',
    hourCycle: 'h23',
  })
  return new Date(noon.getTime() + (18 - Number(hour.format(noon))) * 3_600_000)
}

export type Sent = {
  exerciseIds: Map<string, string>
  setIds: Map<Row, { sessionId: string; setId: string }>
}

export async function send(call: Call, rows: readonly Row[]): Promise<Sent> {
  const exerciseIds = new Map<string, string>()
  for (const { exercise, metric } of rows) {
    if (exerciseIds.has(exercise)) continue
    exerciseIds.set(exercise, (await call('POST', '/v1/exercises', { name: exercise, metric })).id)
  }
  const setIds: Sent['setIds'] = new Map()
  const days = [...Map.groupBy(rows, (row) => row.date)].map(([date, sets]) => {
    const id = crypto.randomUUID()
    const start = evening(date)
    return {
      id,
      startedAt: start.toISOString(),
      finishedAt: new Date(start.getTime() + 3_600_000).toISOString(),
      exercises: [...Map.groupBy(sets, (row) => row.exercise)].map(([exercise, done]) => ({
        exerciseId: exerciseIds.get(exercise),
        sets: done.map((row) => {
          const setId = crypto.randomUUID()
          setIds.set(row, { sessionId: id, setId })
          return {
            id: setId,
            ...(row.reps === undefined ? {} : { reps: row.reps }),
            ...(row.weightLb === undefined ? {} : { weight: row.weightLb, weightUnit: 'lb' }),
            ...(row.seconds === undefined ? {} : { durationSeconds: row.seconds }),
            ...(row.distance === undefined ? {} : { distance: row.distance, distanceUnit: row.distanceUnit }),
          }
        }),
      })),
    }
  })
  for (let first = 0; first < days.length; first += 200) {
    await call('POST', '/v1/sessions/bulk', { sessions: days.slice(first, first + 200) })
  }
  return { exerciseIds, setIds }
}

const recordKinds = [
  'max-weight',
  'estimated-1rm',
  'max-reps',
  'best-session-volume',
  'longest-duration',
  'longest-distance',
]

/** The same figures as the service gives them. */
export async function ask(call: Call, { exerciseIds }: Sent): Promise<Figures> {
  const names = new Map([...exerciseIds].map(([name, id]) => [id, name]))
  const totals = await call('GET', '/v1/statistics')
  const { points } = await call('GET', '/v1/statistics/trends?metric=volume&bucket=month')
  const records: Figures['records'] = {}
  let cursor = ''
  do {
    const page = await call('GET', `/v1/statistics/records?limit=200${cursor}`)
    for (const { exerciseId, kind, value, unit, achievedAt } of page.items) {
      if (!recordKinds.includes(kind)) continue
      const date = new Date(achievedAt).toLocaleDateString('sv', { timeZone: 'America/New_York' })
      const inMeters = unit === 'mi' ? value * 1609.344 : value
      const name = names.get(exerciseId) as string
      records[name] ??= {}
      records[name][kind] = { value: kind === 'longest-distance' ? inMeters : value, date }
    }
    cursor = page.next === undefined ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  return rounded({
    sessions: totals.sessions,
    sets: totals.sets,
    reps: totals.reps,
    volumeLb: totals.volume.value,
    distanceMeters: totals.distance.value * 1609.344,
    exercises: totals.exercisesDone,
    longestStreakWeeks: totals.streak.longestWeeks,
    monthlyVolumeLb: Object.fromEntries(
      points
        .filter(({ value }: Json) => value !== 0)
        .map(({ start, value }: Json) => [start.slice(0, 7), value]),
    ),
    records,
  })
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/**
 * Where two figures differ, as `records.Squat.max-weight.value: 200 instead of 205`; nothing where they are
 * equal.
 */
export function differences(found: unknown, expected: unknown, path = ''): string[] {
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(found, expected)
      ? []
      : [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`]
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys((found as object) ?? {})])
  return [...keys].flatMap((key) =>
    differences((found as Json)?.[key], (expected as Json)[key], path === '' ? key : `${path}.${key}`),
  )
}

/**
 * The whole story: load, compare, discard and restore a day with records, correct a record set, delete it.
 */
export async function tell(call: Call, rows: readonly Row[], say: (line: string) => void): Promise<string[]> {
  const problems: string[] = []
  const compare = async (what: string, sent: Sent, remaining: readonly Row[]) => {
    const started = performance.now()
    const found = differences(sorted(await ask(call, sent)), sorted(figuresOf(remaining)))
    say(`${what}: ${found.length} differences (asked in ${Math.round(performance.now() - started)} ms)`)
    problems.push(...found.map((difference) => `${what}: ${difference}`))
  }
  const started = performance.now()
  const sent = await send(call, rows)
  const milliseconds = Math.round(performance.now() - started)
  say(`sent ${rows.length} sets of ${sent.exerciseIds.size} exercises in ${milliseconds} ms`)
  await compare('loaded', sent, rows)

  const heaviest = rows.reduce((best, row) => ((row.weightLb ?? 0) > (best.weightLb ?? 0) ? row : best))
  const { sessionId, setId } = sent.setIds.get(heaviest) as { sessionId: string; setId: string }
  await call('DELETE', `/v1/sessions/${sessionId}`)
  await compare(
    'a day with a record discarded',
    sent,
    rows.filter((row) => row.date !== heaviest.date),
  )
  await call('POST', `/v1/sessions/${sessionId}/restore`)
  await compare('restored', sent, rows)
  const lighter = { ...heaviest, weightLb: 5.5, reps: 3 }
  await call('PATCH', `/v1/sessions/${sessionId}/sets/${setId}`, { weight: 5.5, weightUnit: 'lb', reps: 3 })
  await compare(
    'a record set corrected',
    sent,
    rows.map((row) => (row === heaviest ? lighter : row)),
  )
  await call('DELETE', `/v1/sessions/${sessionId}/sets/${setId}`)
  await compare(
    'a record set deleted',
    sent,
    rows.filter((row) => row !== heaviest),
  )
  return problems
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { expected: { type: 'string' }, url: { type: 'string', default: 'http://127.0.0.1:5005' } },
  })
  const rows = readLog(readFileSync(positionals[0] as string, 'utf8'))
  const problems: string[] = []
  if (values.expected !== undefined) {
    const { rules: _, mostSets: __, ...expected } = JSON.parse(readFileSync(values.expected, 'utf8'))
    problems.push(...differences(figuresOf(rows), expected).map((line) => `plain computation: ${line}`))
  }
  problems.push(...(await tell(await connect(values.url), rows, console.log)))
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
