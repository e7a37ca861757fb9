import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { foldPast, logUpTo } from '../../src/adapters/sqlite/past.ts'
import { readsOf } from '../../src/adapters/sqlite/reads.ts'
import { weighingOf } from '../../src/adapters/sqlite/views/body-weights.ts'
import type { OwnEvent } from '../../src/application/user-events.ts'
import { type RecordAsked, type Why, whyRecord } from '../../src/application/why.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { livedBy, openToldLog } from '../support/told-log.ts'
import { training } from '../support/training.ts'

const why = suite('why a record is what it is')

const told = await openToldLog()

/** Lets Ann's history be lived, and asks why. */
async function asked(history: ReturnType<typeof training>, record: Partial<RecordAsked>) {
  const userId = await told.person()
  await told.append(livedBy(userId, history.folded))
  const { log, keys } = told
  const upTo = Number.MAX_SAFE_INTEGER
  const scratch = foldPast({ log, keys, views }, userId, upTo)
  const { records, users } = readsOf(scratch)
  const key = weighingOf(scratch)
  const name = log.prepare<[number], string>('SELECT name FROM streams WHERE key = ?').pluck()
  const need = {
    ...{ records, users, log: logUpTo({ log, keys, views }, upTo) },
    weighing: (of: string, sessionId: string) => name.get(key(of, sessionId) ?? 0),
  }
  const found = await whyRecord(need, userId, {
    exerciseId: 'squat',
    kind: 'max-weight',
    formula: 'epley',
    ...record,
  })
  scratch.close()
  return found
}

const types = (events: readonly OwnEvent[]) => events.map(({ type }) => type)
const known = (found: Awaited<ReturnType<typeof asked>>): Why => {
  if (isRefusal(found)) throw new Error(found.detail)
  return found
}

why('names the set with its corrections, the session, the formula, and what it replaced', async () => {
  const history = training()
  const first = history.session({ sets: [{ exercise: 'squat', reps: 5, weight: 90 }] })
  const second = history.session({
    startedAt: '2025-06-03T10:00:00.000Z',
    live: true,
    sets: [{ exercise: 'squat', reps: 5, weight: 80 }],
  })
  const [setId = ''] = history.logSets(second, { exercise: 'squat', reps: 5, weight: 95 })
  history.correct(second, setId, { exercise: 'squat', reps: 6, weight: 100 })
  const found = known(await asked(history, { kind: 'estimated-1rm' }))
  assert.equal(found.record, {
    ...{ exerciseId: 'squat', kind: 'estimated-1rm', formula: 'epley', value: 120, unit: 'kg' },
  })
  assert.match(found.arithmetic.formula, 'load x (30 + reps) / 30')
  assert.equal(found.arithmetic.sets, [{ setId, reps: 6, weight: 100, load: 100, unit: 'kg' }])
  assert.equal(types(found.sets), ['SetLogged', 'SetCorrected'])
  assert.equal(types(found.session), ['SessionStarted'])
  assert.equal(found.bodyWeight, [])
  assert.equal(
    found.replaced.map(({ value, sessionId, events }) => [value, sessionId, types(events)]),
    [[105, first, ['SessionLogged']]],
  )
  const [logged] = found.sets as [OwnEvent]
  assert.equal(Object.keys(logged), ['position', 'stream', 'version', 'type', 'recordedAt', 'data', 'hash'])
})

why('names the measurement that the body weight comes from, or the session’s own', async () => {
  const history = training()
  history.measure(80)
  history.session({ sets: [{ exercise: 'pull-up', reps: 5 }] })
  const pullUp = { exerciseId: 'pull-up', kind: 'best-set-volume' } as const
  const measured = known(await asked(history, pullUp))
  assert.equal([measured.record.value, types(measured.bodyWeight)], [400, ['MeasurementTaken']])
  const own = history.session({
    startedAt: '2025-06-02T10:00:00.000Z',
    sets: [{ exercise: 'pull-up', reps: 5 }],
  })
  history.change(own, { bodyWeight: 90, bodyWeightUnit: 'kg', bodyWeightMicrograms: 90e9 })
  const changed = known(await asked(history, pullUp))
  assert.equal([changed.record.value, types(changed.bodyWeight)], [450, ['SessionChanged']])
  const plain = known(await asked(history, { exerciseId: 'pull-up', kind: 'max-reps' }))
  assert.equal([plain.arithmetic.formula, plain.bodyWeight], ['as logged', []])
})

why('adds up the sets of a session', async () => {
  const history = training()
  const set = { exercise: 'squat', reps: 5, weight: 100 }
  history.session({ sets: [set] })
  history.session({ startedAt: '2025-06-02T10:00:00.000Z', sets: [set, set, { ...set, reps: 0 }] })
  const found = known(await asked(history, { kind: 'best-session-volume' }))
  assert.equal([found.record.value, found.arithmetic.sets.length, found.replaced.length], [1000, 2, 1])
})

why('tells distances, times and repetitions apart', async () => {
  const history = training()
  history.session({ sets: [{ exercise: 'running', distance: 5, durationSeconds: 1500 }] })
  history.session({
    sets: [
      { exercise: 'squat', reps: 3, weight: 120 },
      { exercise: 'squat', reps: 5, weight: 100 },
    ],
  })
  const pace = known(await asked(history, { exerciseId: 'running', kind: 'best-pace' }))
  assert.equal(
    [pace.record.value, pace.record.unit, pace.arithmetic.formula],
    [300, 's/km', 'seconds / distance'],
  )
  assert.equal(
    pace.arithmetic.sets.map(({ distanceMillimeters }) => distanceMillimeters),
    [5_000_000],
  )
  const atFive = known(await asked(history, { kind: 'weight-at-reps', reps: 5 }))
  assert.is(atFive.record.value, 100)
})

why('is not to be told of what is no record', async () => {
  const found = await asked(training(), {})
  assert.is(isRefusal(found) && found.refusal, 'not-found')
})

why.after(told.close)

why.run()
