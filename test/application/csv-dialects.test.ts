import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { csvFiles } from '../../src/adapters/csv/csv-files.ts'
import { type Book, readBook } from '../../src/application/csv-book.ts'
import { timesOf } from '../../src/application/csv-workouts.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { fitnotes, hevyKilograms, strongComma, strongSemicolon } from '../support/csv-samples.ts'

const test = suite('files of other programs')

async function read(text: string): Promise<Book> {
  const book = await readBook(csvFiles.rows(Buffer.from(text)), { units: 'metric' })
  if (isRefusal(book)) throw new Error(JSON.stringify(book))
  return book
}

/** Each workout with its times, and its entries with what their sets tell. */
function told({ workouts }: Book) {
  return workouts.map((workout) => {
    const { startedAt, finishedAt } = timesOf(workout, 'Europe/Berlin')
    const entries = workout.entries.map(({ sets, ...entry }) => ({
      ...entry,
      name: sets[0]?.exercise,
      sets: sets.map(({ line, fields }) => ({ line, ...fields })),
    }))
    return { title: workout.first.title, startedAt, finishedAt, entries }
  })
}

test('Strong tells rests and notes as rows of their own', async () => {
  const book = await read(strongComma)
  const bench = { kind: 'working', weight: 80, weightUnit: 'kg', reps: 5, durationSeconds: 0, distance: 0 }
  const none = { distance: 0, distanceUnit: 'km' }
  assert.equal(told(book), [
    {
      ...{ title: 'Push', startedAt: '2025-03-01T17:00:05.000Z', finishedAt: '2025-03-01T18:05:05.000Z' },
      entries: [
        {
          ...{ notes: 'slow, with a pause', name: 'Bench Press (Barbell)' },
          sets: [
            { line: 2, ...bench, ...none, rpe: 8 },
            { line: 4, ...bench, ...none, rpe: 8 },
          ],
        },
        {
          name: 'Log Toss',
          sets: [
            { line: 6, ...none, kind: 'warmup', weight: 20, weightUnit: 'kg', reps: 3, durationSeconds: 0 },
          ],
        },
        {
          name: 'Plank',
          sets: [
            { line: 7, ...none, kind: 'working', weight: 0, weightUnit: 'kg', reps: 0, durationSeconds: 45 },
          ],
        },
      ],
    },
  ])
  assert.equal([book.dialect, book.rows], ['strong', 6])
  assert.equal(
    book.others.map(({ line, outcome }) => [line, outcome]),
    [
      [3, 'skipped'],
      [5, 'skipped'],
    ],
  )
})

test('Strong with semicolons has decimal commas, units in columns and foreign headers', async () => {
  const book = await read(strongSemicolon)
  const [workout] = told(book)
  assert.is(workout?.finishedAt, '2025-03-01T19:38:05.000Z')
  assert.is(book.workouts[0]?.first.workoutNotes, 'both\narms')
  const none = { durationSeconds: 0 }
  assert.equal(
    workout?.entries.map(({ sets }) => sets),
    [
      [
        { line: 2, kind: 'working', weight: 82.5, weightUnit: 'kg', reps: 5, ...none },
        { line: 4, kind: 'drop', weight: 135, weightUnit: 'lb', reps: 5, ...none, rpe: 8.5 },
      ],
      [{ line: 5, kind: 'working', durationSeconds: 750, distance: 2.5, distanceUnit: 'km' }],
    ],
  )
  assert.equal(book.others, [{ line: 6, outcome: 'skipped', reason: 'The row is blank.' }])
  assert.equal(book.workouts[0]?.entries[0]?.sets[1]?.changes, ['An RPE of 8.3 became 8.5.'])
})

test('Hevy has kinds of sets, supersets, and an exercise that is done again', async () => {
  const book = await read(hevyKilograms)
  const [workout] = told(book)
  assert.equal(
    workout?.entries.map(({ name, notes, supersetGroup, sets }) => [
      ...[name, notes, supersetGroup],
      sets.map(({ kind, weight, weightUnit }) => `${kind} ${weight} ${weightUnit}`),
    ]),
    [
      ['Bench Press (Barbell)', 'slow', 0, ['warmup 88 lb', 'drop 60 kg']],
      ['Log Toss', undefined, 0, ['failure 30 kg']],
      ['Bench Press (Barbell)', undefined, undefined, ['working 60 kg']],
    ],
  )
  assert.equal(
    book.workouts[0]?.entries.flatMap(({ sets }) => sets.map(({ ordinal }) => ordinal)),
    [0, 1, 0, 2],
  )
  assert.equal(
    [workout?.startedAt, workout?.finishedAt],
    ['2025-03-01T17:00:00.000Z', '2025-03-01T18:05:00.000Z'],
  )
})

test('FitNotes has days, commas in names, and a unit in each row', async () => {
  const book = await read(fitnotes)
  const [day, ...others] = told(book)
  assert.equal(others, [])
  assert.equal([day?.startedAt, day?.finishedAt], ['2025-03-01T11:00:00.000Z', '2025-03-01T11:00:00.000Z'])
  assert.equal(
    day?.entries.map(({ name, sets }) => [
      name,
      sets.map(({ weight, weightUnit, ...set }) => [weight, weightUnit, set.distance]),
    ]),
    [
      [
        'Press (Each Side, Dumbbells)',
        [
          [20, 'lb', undefined],
          [10, 'kg', undefined],
        ],
      ],
      ['Rowing', [[undefined, undefined, 500]]],
    ],
  )
  assert.equal(
    book.others.map(({ line, outcome, reason }) => [line, outcome, reason]),
    [
      [5, 'skipped', 'It is the header again.'],
      [6, 'refused', '"stone" is no unit of weight that can be read.'],
      [7, 'refused', '"someday" is no time that can be read.'],
    ],
  )
})

const faults: readonly [what: string, header: string, row: string, reason: string][] = [
  ['no number', 'weight_kg,reps', 'x,5', '"x" is no weight that can be read.'],
  ['no time', 'duration_seconds,reps', 'long,5', '"long" is no durationSeconds that can be read.'],
  ['too many cells', 'weight_kg,reps', '1,2,3', 'It has 7 fields, not 6.'],
]

for (const [what, header, row, reason] of faults) {
  test(`a row with ${what} is refused`, async () => {
    const start = '2025-03-01T18:00:00Z,2025-03-01T19:00:00Z'
    const book = await read(`title,start_time,end_time,exercise_title,${header}\nA,${start},Row,${row}`)
    assert.equal(book.others, [{ line: 2, outcome: 'refused', reason }])
  })
}

test('what does not fit is changed, and said', async () => {
  const header = 'title,start_time,end_time,exercise_title,set_type,rpe,reps,duration_seconds,distance_km'
  const row = (more: string) => `A,2025-03-01 18:00,then,${more}`
  const book = await read(
    `${header}\n${row('Row,left,11,8,60,2')}\n${row(`${'x'.repeat(201)},,0,,60,2`)}\n${row(',,,,,')}`,
  )
  const sets = book.workouts.flatMap(({ entries }) => entries.flatMap((entry) => entry.sets))
  assert.equal(
    sets.map(({ changes }) => changes),
    [
      [
        'A set of the kind "left" counts as a working set.',
        'An RPE of 11 was left out.',
        'When the workout ended cannot be read.',
        '60 s became a note.',
        '2 km became a note.',
      ],
      ['A text was cut to 200 characters.', 'When the workout ended cannot be read.'],
    ],
  )
  assert.equal(sets[0]?.fields, { kind: 'working', reps: 8, notes: '60 s\n2 km' })
  assert.equal(book.others, [{ line: 4, outcome: 'refused', reason: 'It names no exercise.' }])
})

test.run()
