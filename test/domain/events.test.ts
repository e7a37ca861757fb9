import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventVersions, readEvent, type Upcasts } from '../../src/domain/events.ts'
import { evolve, initial, type KnownSession } from '../../src/domain/session/session.ts'

const test = suite('events')
const golden = new URL('../golden/', import.meta.url)
const stored = (name: string) => JSON.parse(readFileSync(new URL(name, golden), 'utf8'))

type Versions = { readonly [type: string]: number }

/** Examples that the versions ask for and are not there, or that are there and nobody asks for. */
function misplaced(versions: Versions): string[] {
  const due = Object.entries(versions).flatMap(([type, current]) =>
    Array.from({ length: current }, (_, before) => `${type}.${before + 1}.json`),
  )
  return [...new Set(due).symmetricDifference(new Set(readdirSync(golden)))]
}

/** Examples that do not read, or are of the present version and read as something else. */
function unread(versions: Versions, steps?: Upcasts): string[] {
  return readdirSync(golden).filter((name) => {
    const [type = '', version] = name.split('.')
    try {
      const { data } = readEvent(type, Number(version), stored(name), versions, steps)
      return Number(version) === versions[type] && !isDeepStrictEqual(data, stored(name))
    } catch {
      return true
    }
  })
}

test('every type has a stored example of each version that was ever written, and no other is kept', () => {
  assert.equal(misplaced(eventVersions), [])
})

test('every stored example still reads, and one of the present version reads as it was written', () => {
  assert.equal(unread(eventVersions), [])
})

test('a type without its example is missed, and a version to which nothing leads', () => {
  assert.equal(misplaced({ ...eventVersions, WaterDrunk: 1 }), ['WaterDrunk.1.json'])
  const bumped = { ...eventVersions, SetLogged: 2 }
  assert.equal(misplaced(bumped), ['SetLogged.2.json'])
  assert.equal(unread(bumped, {}), ['SetLogged.1.json'])
  assert.equal(unread(bumped, { SetLogged: { 1: (data) => data } }), [])
})

test('the stored examples of a session fold to a session', () => {
  const examples = [
    'SessionStarted',
    'SetLogged',
    'SetCorrected',
    'SetDeleted',
    'SessionFinished',
    'SessionChanged',
  ]
  const folded = examples
    .map((type) => readEvent(type, 1, stored(`${type}.1.json`)))
    .reduce((state, event) => evolve(state, event as never), initial)
  assert.is(folded.status, 'finished')
})

test('the stored examples of a guide fold onto a session that was started by a day of a plan', () => {
  const set = { kind: 'working', reps: 5, weight: 100, weightUnit: 'kg', weightMicrograms: 100_000_000_000 }
  const squat = {
    exerciseId: 'barbell-back-squat',
    exerciseName: 'Barbell Back Squat',
    metric: 'weight-reps',
  }
  const planned = [{ ...squat, restSeconds: 90, sets: [set, set] }]
  const start = { ...stored('SessionStarted.1.json'), planned }
  const done = { ...stored('SetLogged.1.json'), stepId: '1', restEndsAt: '2025-03-01T17:06:30.000Z' }
  const told = [
    readEvent('SessionStarted', 1, start),
    readEvent('SetLogged', 1, done),
    ...['StepAdjusted', 'StepsSwapped', 'RestSet'].map((type) =>
      readEvent(type, 1, stored(`${type}.1.json`)),
    ),
  ]
  const { guide } = told.reduce((state, event) => evolve(state, event as never), initial) as KnownSession
  assert.equal(
    guide?.steps.map(({ stepId, exerciseId, status }) => [stepId, exerciseId, status]),
    [
      ['1', 'barbell-back-squat', 'done'],
      ['2.1', 'leg-press', 'open'],
    ],
  )
  assert.is(guide?.restEndsAt, '2025-03-01T17:07:00.000Z')
  const skipped = readEvent('StepsSkipped', 1, stored('StepsSkipped.1.json'))
  const both = [readEvent('SessionStarted', 1, start), skipped]
  const after = both.reduce((state, event) => evolve(state, event as never), initial) as KnownSession
  assert.equal(
    after.guide?.steps.map(({ status, reason }) => [status, reason]),
    [
      ['skipped', 'knee'],
      ['skipped', 'knee'],
    ],
  )
})

test('an older version goes up step by step to the present one', () => {
  const steps = {
    WaterDrunk: {
      1: ({ cups }: { cups: number }) => ({ milliliters: cups * 250 }),
      2: ({ milliliters }: { milliliters: number }) => ({ milliliters, kind: 'still' }),
    },
  }
  assert.equal(readEvent('WaterDrunk', 1, { cups: 2 }, { WaterDrunk: 3 }, steps), {
    type: 'WaterDrunk',
    data: { milliliters: 500, kind: 'still' },
  } as never)
})

test('a type, a version or a step that is not known is an error, never a guess', () => {
  assert.throws(() => readEvent('SetForgotten', 1, {}), 'Unknown event SetForgotten version 1')
  assert.throws(() => readEvent('toString', 1, {}), 'Unknown event toString version 1')
  assert.throws(() => readEvent('SetLogged', 99, {}), 'Unknown event SetLogged version 99')
  assert.throws(() => readEvent('SetLogged', 0, {}), 'Unknown event SetLogged version 0')
  assert.throws(
    () => readEvent('SetLogged', 1, {}, { SetLogged: 2 }, {}),
    'No upcast for SetLogged from version 1',
  )
})

test.run()
