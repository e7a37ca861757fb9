import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ownColumns } from '../../src/application/csv-columns.ts'
import type { SessionOpening, SetFacts } from '../../src/domain/session/events.ts'
import { type Quantity, quantitiesOf } from '../../src/domain/session/set-facts.ts'
import { distanceMillimeters, weightMicrograms } from '../../src/domain/statistics/units.ts'
import { memoryCsv } from '../support/memory-csv.ts'
import { ada } from '../support/memory-sessions.ts'

const test = suite('tables of our own')

const exercises = [
  { exerciseId: 'barbell-back-squat', exerciseName: 'Barbell Back Squat', metric: 'weight-reps' },
  { exerciseId: 'pull-up', exerciseName: 'Pull-Up', metric: 'bodyweight-reps' },
  {
    exerciseId: '00000000-0000-4000-8000-0000000000e1',
    exerciseName: 'Log, "big"',
    metric: 'weight-distance',
  },
  {
    exerciseId: '00000000-0000-4000-8000-0000000000e2',
    exerciseName: 'Row; slow',
    metric: 'distance-duration',
  },
] as const

const facts = {
  ...{ description: '', instructions: [], category: 'strength', bodyArea: 'full-body', unilateral: false },
  ...{ primaryMuscles: [], secondaryMuscles: [], equipment: [] },
}
const text = fc.stringMatching(/^[a-z",;=]([a-z",;\n é健]{0,12}[a-z",;])?$/u)
const amount = fc.double({ min: 0.001, max: 1500, noNaN: true })
const quantity: Record<Quantity, fc.Arbitrary<object>> = {
  reps: fc.record({ reps: fc.nat(50) }),
  durationSeconds: fc.record({ durationSeconds: fc.nat(4000) }),
  weight: fc.tuple(amount, fc.constantFrom('kg', 'lb')).map(([weight, weightUnit]) => ({
    ...{ weight, weightUnit, weightMicrograms: weightMicrograms(weight, weightUnit) },
  })),
  distance: fc.tuple(amount, fc.constantFrom('m', 'km', 'mi', 'yd')).map(([distance, distanceUnit]) => ({
    ...{ distance, distanceUnit, distanceMillimeters: distanceMillimeters(distance, distanceUnit) },
  })),
}
const optional = (facts: Record<string, fc.Arbitrary<unknown>>) => fc.record(facts, { requiredKeys: [] })

const entry = fc.constantFrom(...exercises).chain((exercise) => {
  const set = fc
    .tuple(
      fc.record({ setId: fc.constant(''), kind: fc.constantFrom('warmup', 'working', 'drop', 'failure') }),
      fc.tuple(...quantitiesOf[exercise.metric].map((one) => quantity[one])),
      optional({
        ...{ rpe: fc.constantFrom(1, 7.5, 10), side: fc.constantFrom('left', 'both'), notes: text },
        performedAt: fc.constant('2025-02-01T17:30:00.000Z'),
      }),
    )
    .map(([base, measured, more]) => Object.assign({}, base, ...measured, more) as SetFacts)
  const sets = fc.array(set, { minLength: 1, maxLength: 3 })
  const about = optional({ notes: text, supersetGroup: fc.nat(3) })
  return fc.tuple(sets, about).map(([told, more]) => ({ ...exercise, ...more, sets: told }))
})

const opening = fc
  .tuple(
    fc.constant(''),
    fc.array(entry, { minLength: 1, maxLength: 3 }),
    optional({ title: text, notes: text, effort: fc.constantFrom('easy', 'heavy') }),
    fc.option(amount.filter((weight) => weight < 500)),
  )
  .map(([sessionId, entries, more, weight]) => ({
    ...{ sessionId, entries, startedAt: '2025-02-01T17:00:00.000Z', finishedAt: '2025-02-01T18:00:00.000Z' },
    ...{ timeZone: 'Asia/Tokyo', localDate: '2025-02-02', ...more },
    ...(weight !== null && {
      ...{ bodyWeight: weight, bodyWeightUnit: 'kg', bodyWeightMicrograms: weightMicrograms(weight, 'kg') },
    }),
  }))

/** With an id of its own for every session and set. */
function numbered(openings: readonly SessionOpening[]): (SessionOpening & { finishedAt: string })[] {
  let count = 0
  const id = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  return openings.map((one) => ({
    ...{ ...one, finishedAt: one.finishedAt as string, sessionId: id() },
    entries: one.entries.map((told) => ({
      ...told,
      sets: told.sets.map((set) => ({ ...set, setId: id() })),
    })),
  }))
}

test('come back as they went out, and a second time there is nothing new', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(opening, { minLength: 1, maxLength: 3 }), async (told) => {
      const openings = numbered(told as SessionOpening[])
      const [from, to] = await Promise.all([memoryCsv(), memoryCsv()])
      for (const { exerciseId, exerciseName: name, metric } of exercises.slice(2)) {
        const event = { type: 'CustomExerciseCreated', data: { ...facts, exerciseId, name, metric } }
        await from.put(`exercise-${ada}-${exerciseId}`, event as never)
      }
      for (const data of openings) {
        await from.put(`session-${ada}-${data.sessionId}`, { type: 'SessionLogged', data })
      }
      const table = await from.exported()
      const report = await to.taken(table)
      assert.equal([report.dialect, report.imported, report.refused], ['repledger', report.file.sets, 0])
      assert.is(await to.exported(), table)
      const { imported, duplicates } = await to.taken(table)
      assert.equal([imported, duplicates], [0, report.file.sets])
      const logged = to.recorded().filter(({ type }) => type === 'SessionLogged')
      assert.equal(
        logged.map(({ data }) => data),
        openings,
      )
    }),
    { numRuns: 25 },
  )
})

const good: Record<string, string> = {
  ...{ session_id: '00000000-0000-4000-8000-00000000000a', started_at: '2025-02-01T17:00:00.000Z' },
  ...{ finished_at: '2025-02-01T18:00:00.000Z', time_zone: 'UTC', entry: '0', exercise_id: 'pull-up' },
  ...{ exercise: 'Pull-Up', metric: 'bodyweight-reps', kind: 'working', reps: '5' },
  set_id: '00000000-0000-4000-8000-00000000000b',
}
const table = (cells: Record<string, string>) =>
  `${ownColumns.join(',')}\n${ownColumns.map((column) => cells[column] ?? '').join(',')}\n`

for (const [column, cell] of [
  ...[['session_id', 'x'] as const, ['set_id', ''] as const, ['started_at', '2025-02-01'] as const],
  ...[['entry', '-1'] as const, ['exercise_id', 'A b'] as const, ['exercise', ' '] as const],
  ...[['metric', 'joy'] as const, ['kind', ''] as const, ['effort', 'none'] as const, ['reps', 'x'] as const],
  ...[['weight_unit', 'stone'] as const, ['distance_unit', 'x'] as const, ['side', 'up'] as const],
  ...[['time_zone', 'Nowhere/City'] as const],
]) {
  test(`a row with a wrong ${column} is refused`, async () => {
    const { taken } = await memoryCsv()
    const { rows } = await taken(table({ ...good, [column]: cell }))
    assert.equal([rows[0]?.outcome, rows[0]?.reason?.includes(column)], ['refused', true])
  })
}

test('what an exercise has no place for is refused, not put elsewhere', async () => {
  const { taken } = await memoryCsv()
  const { rows } = await taken(table({ ...good, weight: '5', weight_unit: 'kg' }))
  assert.match(rows[0]?.reason ?? '', /has no weight/)
})

test.run()
