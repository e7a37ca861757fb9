import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fitnotes, hevyKilograms, strongComma, strongSemicolon } from '../support/csv-samples.ts'
import { counts, memoryCsv } from '../support/memory-csv.ts'
import { ada } from '../support/memory-sessions.ts'

const test = suite('taking tables in')

const reasons = (rows: readonly { line: number; outcome: string; reason?: string }[]) =>
  rows.flatMap(({ line, outcome, reason }) =>
    outcome === 'imported' ? [] : [`${line} ${outcome}: ${reason}`],
  )

const header = 'Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Seconds,Duration'
const row = (exercise: string, told: string, at = '2025-03-01 18:00:05') => `${at},Push,${exercise},${told}`
const file = (...rows: string[]) => [header, ...rows].join('\n')

test('the same file again adds nothing, and equal sets in it stay', async () => {
  for (const text of [strongComma, strongSemicolon, hevyKilograms, fitnotes]) {
    const { taken, recorded, exported } = await memoryCsv()
    const first = await taken(text)
    const [after, table] = [recorded().length, await exported()]
    assert.is(table.trim().split('\r\n').length > first.imported, true)
    const again = await taken(text)
    assert.equal([again.imported, again.duplicates, again.refused], [0, first.imported, first.refused])
    assert.is(recorded().length, after)
    assert.is(await exported(), table)
  }
})

test('a dry run tells the same and writes nothing', async () => {
  const { taken, recorded } = await memoryCsv()
  const told = await taken(strongComma, { dryRun: true })
  assert.equal(recorded(), [])
  assert.equal(counts(told), { imported: 4, duplicates: 0, refused: 0, skipped: 2 })
  assert.equal(told.file, { rows: 6, sets: 4, workouts: 1, exercises: 3, reps: 13 })
  const taken2 = await taken(strongComma)
  assert.equal(counts(taken2), counts(told))
})

test('each name is told of with what it was taken for, and how that was found', async () => {
  const { taken } = await memoryCsv()
  const found = async (text: string) =>
    (await taken(text)).exercises.map(({ name, exercise, metric, found, sets }) => [
      name,
      exercise,
      metric,
      found,
      sets,
    ])
  assert.equal(await found(strongComma), [
    ['Bench Press (Barbell)', 'Barbell Bench Press', 'weight-reps', 'catalogue', 2],
    ['Log Toss', 'Log Toss', 'weight-reps', 'new', 1],
    ['Plank', 'Plank', 'duration', 'catalogue', 1],
  ])
  assert.equal(await found(strongComma.replaceAll('2025-03-01', '2025-03-02')), [
    ['Bench Press (Barbell)', 'Barbell Bench Press', 'weight-reps', 'kept', 2],
    ['Log Toss', 'Log Toss', 'weight-reps', 'kept', 1],
    ['Plank', 'Plank', 'duration', 'kept', 1],
  ])
  assert.equal(
    (await found(strongComma)).map(([name, , , how, sets]) => [name, how, sets]),
    [
      ['Bench Press (Barbell)', 'kept', 0],
      ['Log Toss', 'kept', 0],
      ['Plank', 'kept', 0],
    ],
  )
})

test('sets that an exercise has no place for go to another one, with a longer name', async () => {
  const { taken } = await memoryCsv()
  const { exercises } = await taken(file(row('Pull Up', '1,,8,,'), row('Pull Up', '2,,7,,')))
  assert.equal(
    exercises.map(({ exerciseId }) => exerciseId),
    ['pull-up'],
  )
  const later = await taken(
    file(row('Pull Up', '1,10,5,,', '2025-03-02'), row('Pull Up', '2,,,30,', '2025-03-02')),
  )
  assert.equal(
    later.exercises.map(({ exercise, metric, sets }) => [exercise, metric, sets]),
    [
      ['Pull-Up', 'bodyweight-reps', 0],
      ['Pull Up (time)', 'duration', 1],
      ['Pull Up (weighted)', 'weighted-bodyweight-reps', 1],
    ],
  )
})

test('two names of a file are two exercises, and an own one is known by its name', async () => {
  const { taken, put } = await memoryCsv()
  const exerciseId = '00000000-0000-4000-8000-0000000000e1'
  const facts = {
    description: '',
    instructions: [],
    category: 'strength',
    bodyArea: 'legs',
    primaryMuscles: [],
  }
  await put(`exercise-${ada}-${exerciseId}`, {
    type: 'CustomExerciseCreated',
    data: {
      exerciseId,
      name: 'My Row',
      ...facts,
      secondaryMuscles: [],
      equipment: [],
      metric: 'reps',
      unilateral: false,
    },
  } as never)
  const { exercises } = await taken(
    file(row('Bench Press', '1,80,5,,'), row('Barbell Bench Press', '1,80,5,,'), row('my  row', '1,,9,,')),
  )
  assert.equal(
    exercises.map(({ exercise, found }) => [exercise, found]),
    [
      ['Barbell Bench Press', 'catalogue'],
      ['Barbell Bench Press', 'new'],
      ['My Row', 'own'],
    ],
  )
})

test('a name means what was said, now and later; what is no exercise is refused', async () => {
  const { taken, take, imports, asked } = await memoryCsv()
  const mapping = { 'bench press (BARBELL)': 'dumbbell-bench-press' }
  assert.equal((await taken(strongComma, { mapping })).exercises[0]?.found, 'told')
  const later = await taken(strongComma.replaceAll('2025-03-01', '2025-03-02'))
  assert.equal(later.exercises[0], {
    ...{
      name: 'Bench Press (Barbell)',
      exerciseId: 'dumbbell-bench-press',
      exercise: 'Dumbbell Bench Press',
    },
    ...{ metric: 'weight-reps', found: 'kept', sets: 2 },
  })
  const refused = await take(strongComma, { mapping: { 'a/b': 'no-such' } })
  assert.equal('errors' in refused && refused.errors?.map(({ pointer, code }) => [pointer, code]), [
    ['/a~1b', 'unknown-exercise'],
  ])
  const names = await imports.setNames(asked, [{ name: 'Log Toss', exerciseId: 'push-press' }])
  assert.equal(names, await imports.names(ada))
  assert.equal((await imports.names(ada)).map(({ name, exerciseId }) => [name, exerciseId]).slice(0, 2), [
    ['bench press (barbell)', 'dumbbell-bench-press'],
    ['log toss', 'push-press'],
  ])
  assert.ok('refusal' in (await imports.setNames(asked, [{ name: 'x', exerciseId: 'no-such' }])))
})

test('what was corrected or deleted here stays so, and what is new is added', async () => {
  const { taken, put, recorded } = await memoryCsv()
  await taken(strongComma)
  const { stream, data } = recorded().at(-1) as {
    stream: string
    data: { entries: { sets: { setId: string }[] }[] }
  }
  const [bench, log] = data.entries
  await put(stream, {
    type: 'SetDeleted',
    data: { setId: log?.sets[0]?.setId, exerciseId: 'x', entry: 1 },
  } as never)
  const sets = bench?.sets as { setId: string }[]
  await put(stream, {
    type: 'SetCorrected',
    data: { ...sets[0], reps: 6, exerciseId: 'x', entry: 0 },
  } as never)
  const grown = `${strongComma.trimEnd()}\n2025-03-01 18:00:05,Push,1h 5m,Plank,2,0,0,0,50,,,`
  const report = await taken(grown)
  assert.equal(counts(report), { imported: 1, duplicates: 4, refused: 0, skipped: 2 })
  assert.equal(reasons(report.rows).slice(4, 5), [
    '6 duplicate: It was deleted here, and is not brought back.',
  ])
  assert.equal(recorded().at(-1)?.type, 'SetLogged')
  await put(stream, { type: 'SessionDiscarded', data: {} })
  const gone = await taken(`${grown}\n2025-03-01 18:00:05,Push,1h 5m,Plank,3,0,0,0,50,,,`)
  assert.equal([gone.imported, gone.duplicates], [0, 6])
  assert.is(gone.rows[0]?.reason, 'The workout was deleted here, and is not brought back.')
})

test('an exercise that was archived is not logged any more: another one is made', async () => {
  const { taken, put } = await memoryCsv()
  const { exercises } = await taken(file(row('Log Toss', '1,20,5,,')))
  const { exerciseId } = exercises[0] as { exerciseId: string }
  await put(`exercise-${ada}-${exerciseId}`, { type: 'CustomExerciseArchived', data: {} })
  const later = await taken(file(row('Log Toss', '1,20,5,,', '2025-03-02')))
  assert.equal([later.exercises[0]?.found, later.exercises[0]?.exerciseId === exerciseId], ['new', false])
})

test('the rules of sessions refuse a row, its entry or its workout, each with the reason', async () => {
  const { taken } = await memoryCsv()
  const many = Array.from({ length: 1001 }, (_, index) => row('Push Up', `${index + 1},,5,,`, '2025-03-03'))
  const report = await taken(
    file(
      row('Bench Press', '1,80,5,,'),
      row('Bench Press', '2,80,5.5,,'),
      row('Bench Press', '3,9000,5,,'),
      row('Bench Press', '1,80,5,,', '1850-01-01'),
      row('Bench Press', '1,80,5,,4000h', '2025-03-02'),
      ...many,
    ),
  )
  assert.equal(counts(report), { imported: 2, duplicates: 0, refused: 1004, skipped: 0 })
  assert.equal(reasons(report.rows).slice(0, 4), [
    '3 refused: reps must be a multiple of 1.',
    '4 refused: weight must be from 0 to 2000.',
    '5 refused: startedAt must lie between 1900-01-01 and two years from now.',
    '7 refused: A session holds up to 1000 sets.',
  ])
  assert.equal(report.rows[4]?.changes, ['The workout cannot have ended when it says.'])
})

test('a file that cannot be read is refused with what is known', async () => {
  const { take } = await memoryCsv()
  const message = async (text: string | Uint8Array, options = {}) => {
    const refused = await take(text as string, options)
    return 'errors' in refused ? refused.errors?.[0]?.message : undefined
  }
  assert.is(await message(''), 'The file is empty.')
  assert.match(
    (await message('a,b\n1,2')) ?? '',
    /a, b\. Known are the exports of Strong .*Hevy .*FitNotes .*RepLedger/,
  )
  assert.is(await message(new Uint8Array([0xff, 0xfe, 0x41])), 'The file is not UTF-8 text.')
  assert.match((await message(`${header}\n"open`)) ?? '', /cannot be read as CSV from line/)
  assert.is(await message(header, { timeZone: 'Nowhere/City' }), 'There is no such time zone.')
})

test('one import of a person runs at a time, and nobody is not served', async () => {
  const { imports, take, taken } = await memoryCsv()
  const [first, second] = await Promise.all([taken(strongComma), take(strongComma)])
  assert.is(first.imported, 4)
  assert.is('refusal' in second && second.refusal, 'contended')
  const bytes = Buffer.from(strongComma)
  const metadata = { actor: 'operator', commandId: 'c', correlationId: 'r' }
  const named = await imports.takeNamed('Ada@example.org', metadata, bytes, {})
  assert.is('duplicates' in named && named.duplicates, 4)
  const nobody = await imports.takeNamed('bob@example.org', metadata, bytes, {})
  assert.is('refusal' in nobody && nobody.refusal, 'not-found')
})

test.run()
