import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RecordAnswer } from '../../src/application/record-answer.ts'
import type { RecordPlace } from '../../src/application/records.ts'
import { ann, type Told, type ToldSession, training } from '../support/training.ts'

const list = suite('list of records')

const told = (items: readonly RecordAnswer[]) =>
  items.map(
    ({ kind, reps = '', value, unit, previous = '' }) => `${kind} ${reps} ${value} ${unit} ${previous}`,
  )

list('is in the units of the person, each with what it beat', async () => {
  const { session, records } = training({ units: 'imperial' })
  session({
    startedAt: '2025-06-01T10:00:00.000Z',
    sets: [{ exercise: 'squat', weight: 100, reps: 1, weightUnit: 'lb' }],
  })
  session({
    startedAt: '2025-06-02T10:00:00.000Z',
    sets: [{ exercise: 'squat', weight: 135, reps: 1, weightUnit: 'lb' }],
  })
  const { items } = await records.list(ann, { range: {}, formula: 'lombardi' }, 50)
  assert.equal(told(items), [
    'best-session-volume  135 lb 100',
    'best-set-volume  135 lb 100',
    'estimated-1rm  135 lb 100',
    'max-reps  1 reps ',
    'max-weight  135 lb 100',
    'weight-at-reps 1 135 lb 100',
  ])
  assert.equal([...new Set(items.map(({ formula }) => formula))], [undefined, 'lombardi'])
})

list('has distances, times and paces in kilometres or miles', async () => {
  for (const [units, distance, pace] of [
    ['metric', '16.09344 km', `${(4500 / 16093.44) * 1000} s/km`],
    ['imperial', '10 mi', `${(4500 / 16093.44) * 1609.344} s/mi`],
  ] as const) {
    const { session, records } = training({ units })
    session({ sets: [{ exercise: 'running', distance: 10, distanceUnit: 'mi', durationSeconds: 4500 }] })
    const { items } = await records.list(ann, { range: {}, formula: 'epley' }, 50)
    assert.equal(told(items), [
      `best-pace  ${pace} `,
      `longest-distance  ${distance} `,
      'longest-duration  4500 s ',
    ])
  }
})

list('comes in pages, the same over all history and within a range', async () => {
  const { session, records } = training()
  const sets = ['squat', 'curl'].flatMap((exercise) =>
    [1, 2, 3].map((reps) => ({ exercise, weight: 10 - reps, reps })),
  )
  session({ sets: [...sets, { exercise: 'plank', durationSeconds: 60 }] })
  for (const range of [{}, { from: '2025-01-01' }]) {
    const filter = { range, formula: 'epley' } as const
    const all = await records.list(ann, filter, 200)
    assert.is(all.items.length, 17)
    assert.is(all.next, undefined)
    const paged: RecordAnswer[] = []
    let after: RecordPlace | undefined
    do {
      const { items, next } = await records.list(ann, filter, 4, after)
      paged.push(...items)
      after = next
    } while (after !== undefined)
    assert.equal(paged, all.items)
    const order = paged.map(({ exerciseId, kind, reps = 0 }) => `${exerciseId} ${kind} ${reps}`)
    assert.equal(order, order.toSorted())
    const ofCurl = await records.list(ann, { ...filter, exerciseId: 'curl' }, 200)
    assert.equal(
      ofCurl.items,
      all.items.filter(({ exerciseId }) => exerciseId === 'curl'),
    )
    assert.equal(await records.list(ann, { ...filter, exerciseId: 'nobody-knows' }, 50), { items: [] })
  }
})

list('is empty for nothing', async () => {
  const { records } = training()
  assert.equal(await records.list(ann, { range: {}, formula: 'epley' }, 50), { items: [] })
})

const made = suite('records about to be made')

const startedAt = '2025-06-05T10:00:00.000Z'

/** What these sets would make in a live session, after a past with one squat of 100 kg five times. */
async function makes(sets: readonly Told[], more: ToldSession = {}) {
  const history = training()
  history.session({
    startedAt: '2025-06-03T10:00:00.000Z',
    sets: [{ exercise: 'squat', weight: 100, reps: 5 }],
  })
  history.measure(90, { measuredAt: '2025-06-06T10:00:00.000Z' })
  const id = history.session({ live: true, startedAt, ...more })
  const made = await history.records.made(ann, id, history.loggedOf(id, sets), 'metric')
  return told(made.records)
}

made('are those that are better than the bests', async () => {
  assert.equal(await makes([{ exercise: 'squat', weight: 110, reps: 3 }]), [
    'estimated-1rm  121 kg 116.66666666666667',
    'max-weight  110 kg 100',
    'weight-at-reps 3 110 kg ',
  ])
})

made('are the last of a batch that hold them', async () => {
  const ramp = [105, 110, 110].map((weight) => ({ exercise: 'squat', weight, reps: 2 }))
  assert.equal(await makes(ramp), [
    'best-session-volume  650 kg 500',
    'estimated-1rm  117.33333333333333 kg 116.66666666666667',
    'max-weight  110 kg 105',
    'weight-at-reps 2 110 kg 105',
  ])
})

made('are none for warm-ups, ties, and failed sets', async () => {
  assert.equal(await makes([{ exercise: 'squat', weight: 200, reps: 5, kind: 'warmup' }]), [])
  assert.equal(await makes([{ exercise: 'squat', weight: 100, reps: 5 }]), [])
  assert.equal(await makes([{ exercise: 'squat', weight: 300, reps: 0 }]), [])
})

made('are the first values of an exercise, without a previous', async () => {
  const pulls = [{ exercise: 'pull-up', reps: 12 }]
  assert.equal(await makes(pulls), ['max-reps  12 reps '])
  assert.equal(await makes(pulls, { bodyWeight: 80 }), [
    'best-session-volume  960 kg ',
    'best-set-volume  960 kg ',
    'estimated-1rm  112 kg ',
    'max-reps  12 reps ',
  ])
})

made('lift the body weight that was measured last before the session', async () => {
  const history = training()
  history.measure(80, { measuredAt: '2025-06-04T06:00:00.000Z' })
  history.measure(90, { measuredAt: '2025-06-06T06:00:00.000Z' })
  const id = history.session({ live: true, startedAt })
  const { records } = await history.records.made(
    ann,
    id,
    history.loggedOf(id, [{ exercise: 'pull-up', reps: 1 }]),
    'metric',
  )
  assert.equal(told(records), [
    'best-session-volume  80 kg ',
    'best-set-volume  80 kg ',
    'estimated-1rm  80 kg ',
    'max-reps  1 reps ',
  ])
})

made('are found in a past that is entered late', async () => {
  const past = { startedAt: '2025-06-01T10:00:00.000Z' }
  assert.equal(await makes([{ exercise: 'squat', weight: 100, reps: 3 }], past), [
    'max-weight  100 kg ',
    'weight-at-reps 3 100 kg ',
  ])
})

made('are just those that are listed afterwards, also where volumes pass 2^53', async () => {
  const { db, need, emit, session, loggedOf, records, correct, setIn } = training()
  const id = session({ live: true, startedAt })
  const weights = [2000, 1999.999999999, 1999.999999998, 1999.999999997, 0.000000001, 0.000000001]
  const sets = weights.map((weight) => ({ exercise: 'squat', weight, reps: 1999 }))
  const data = loggedOf(id, sets)
  const { records: answered } = await records.made(ann, id, data, 'metric')
  for (const one of data) emit(id, { type: 'SetLogged', data: one })
  const listed = async (from?: string) =>
    (await records.list(ann, { range: { from }, formula: 'epley' }, 200)).items
  assert.equal(await listed(), answered)
  assert.equal(await listed('2025-01-01'), answered)
  const volume = async () => (await need.records.standingOf(ann, id, 'squat')).volume
  const kept = db.prepare("SELECT value FROM record WHERE kind = 'best-session-volume'").pluck()
  assert.equal([await volume(), kept.get()], [15_991_999_999_992_004n, Number(15_991_999_999_992_004n)])
  correct(id, setIn(id, 5), { exercise: 'squat', weight: 0.000000001, reps: 1000 })
  assert.equal([await volume(), kept.get()], [15_991_999_999_991_005n, Number(15_991_999_999_991_005n)])
})

list.run()
made.run()
