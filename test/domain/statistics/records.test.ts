import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type Best,
  bestFromPast,
  bestsOf,
  bestWith,
  type CountedSet,
  compareInTime,
  holderOf,
  isSameRecord,
  type Mark,
  restsOn,
  sessionHolderOf,
  sessionMark,
} from '../../../src/domain/statistics/records.ts'
import { countedSet } from '../../support/counted-set.ts'

const time = suite('order in time')

time('goes by local date, instant and order of logging', () => {
  const at = (localDate: string, hour: number, setKey: number, session: number) => ({
    ...{ localDate, setKey, session, achievedAt: `2025-06-01T${hour}:00:00.000Z` },
  })
  assert.is(compareInTime('max-reps', at('2025-06-01', 12, 1, 1), at('2025-06-02', 10, 2, 2)), -1)
  assert.is(compareInTime('max-reps', at('2025-06-02', 10, 1, 1), at('2025-06-01', 12, 2, 2)), 1)
  assert.is(compareInTime('max-reps', at('2025-06-01', 10, 2, 2), at('2025-06-01', 12, 1, 1)), -1)
  assert.is(compareInTime('max-reps', at('2025-06-01', 12, 1, 1), at('2025-06-01', 10, 2, 2)), 1)
  assert.is(compareInTime('max-reps', at('2025-06-01', 10, 7, 1), at('2025-06-01', 10, 5, 2)), 2)
  assert.is(compareInTime('best-session-volume', at('2025-06-01', 10, 7, 1), at('2025-06-01', 10, 5, 2)), -1)
})

const mark = (value: number, kind: Mark['kind'] = 'max-weight'): Mark => ({
  kind,
  formula: '',
  reps: 0,
  value,
})
const onDay = (day: number, key = day) =>
  holderOf(
    countedSet({
      key,
      session: key,
      localDate: `2025-06-0${day}`,
      achievedAt: `2025-06-0${day}T10:00:00.000Z`,
    }),
  )
const best = (day: number, value: number, previous: number | null): Best => ({
  ...mark(value),
  ...onDay(day),
  previous,
})

const folding = suite('the best with one more mark')

folding('is the first one, without a previous', () => {
  assert.equal(bestWith(undefined, mark(100), onDay(5)), best(5, 100, null))
})

folding('is beaten by a later and better one', () => {
  assert.equal(bestWith(best(5, 100, 90), mark(110), onDay(6)), best(6, 110, 100))
})

folding('stays the very same for a later one that is no better', () => {
  const held = best(5, 100, null)
  assert.is(bestWith(held, mark(100), onDay(6)), held)
  assert.is(bestWith(held, mark(90), onDay(6)), held)
})

folding('learns what came before it from an earlier one', () => {
  assert.equal(bestWith(best(5, 100, null), mark(80), onDay(4)), best(5, 100, 80))
  assert.equal(bestWith(best(5, 100, 80), mark(90), onDay(4)), best(5, 100, 90))
  const held = best(5, 100, 80)
  assert.is(bestWith(held, mark(70), onDay(4)), held)
})

folding('cannot be told from one that takes over from the past', () => {
  assert.is(bestWith(best(5, 100, 80), mark(110), onDay(4)), undefined)
  assert.is(bestWith(best(5, 100, 80), mark(100), onDay(4)), undefined)
})

folding('grows in place with the session that holds it, by more than its value can tell if need be', () => {
  const session = { ...sessionMark(2n ** 60n), ...onDay(5), previous: 400 }
  const later = { ...onDay(5), setKey: 9 }
  assert.equal(bestWith(session, sessionMark(2n ** 61n), later), { ...session, value: 2 ** 61, setKey: 9 })
  assert.equal(bestWith(session, sessionMark(2n ** 60n + 1n), later), { ...session, setKey: 9 })
})

folding('takes less for better where less is better', () => {
  const held: Best = { ...mark(20, 'least-assistance'), ...onDay(5), previous: 30 }
  assert.is(bestWith(held, mark(20, 'least-assistance'), onDay(6)), held)
  const less = { ...mark(10, 'least-assistance'), ...onDay(6), previous: 20 }
  assert.equal(bestWith(held, mark(10, 'least-assistance'), onDay(6)), less)
  assert.equal(bestWith(held, mark(25, 'least-assistance'), onDay(4)), { ...held, previous: 25 })
})

const resting = suite('what a best rests on')

resting('is its own set, and nothing after it', () => {
  assert.is(restsOn(best(5, 100, null), mark(100), onDay(5)), true)
  assert.is(restsOn(best(5, 100, null), mark(100), onDay(6)), false)
})

resting('is what came before it and was no weaker than its previous', () => {
  assert.is(restsOn(best(5, 100, 90), mark(90), onDay(4)), true)
  assert.is(restsOn(best(5, 100, 90), mark(80), onDay(4)), false)
  assert.is(restsOn(best(5, 100, null), mark(80), onDay(4)), true)
})

const past = suite('a best that takes over from the past')

function lift(day: number, weight: number, reps: number, more: Partial<CountedSet> = {}) {
  const startedAt = `2025-06-0${day}T10:00:00.000Z`
  const load = { weightMicrograms: weight, loadMicrograms: weight, volume: weight * reps }
  const when = { key: day, session: day, localDate: `2025-06-0${day}`, startedAt, achievedAt: startedAt }
  return countedSet({ ...when, reps, ...load, ...more })
}

past('has beaten the best of the sets before it, whatever came behind', () => {
  const sets = [lift(6, 200, 5), lift(3, 90, 5), lift(1, 80, 5), lift(2, 95, 3)]
  const taken = { ...mark(100), ...onDay(4) }
  assert.equal(bestFromPast(sets, mark(100), onDay(4)), { ...taken, previous: 95 })
  const fives = { ...mark(100, 'weight-at-reps'), reps: 5 }
  assert.equal(bestFromPast(sets, fives, onDay(4)), { ...fives, ...onDay(4), previous: 90 })
  assert.equal(bestFromPast(sets, mark(100), onDay(1)), { ...mark(100), ...onDay(1), previous: null })
})

past('is a session that has beaten whole sessions before it, itself left out', () => {
  const own = { session: 4, startedAt: '2025-06-04T10:00:00.000Z', localDate: '2025-06-04' }
  const sets = [lift(2, 100, 5), lift(2, 100, 1, { key: 3 }), lift(1, 100, 5, { ...own }), lift(5, 100, 50)]
  const volume = sessionMark(900n)
  assert.equal(bestFromPast(sets, volume, onDay(4)), { ...volume, ...onDay(4), previous: 600 })
})

const folds = suite('bests of all sets')

const bestOf = (sets: readonly CountedSet[], wanted: Best['kind'], atReps = 0) =>
  bestsOf(sets).find(({ kind, reps }) => kind === wanted && reps === atReps)

const outcomeOf = (sets: readonly CountedSet[], kind: Best['kind'], atReps = 0) => {
  const found = bestOf(sets, kind, atReps)
  return found && [found.value, found.setKey, found.previous]
}

folds('keep the earliest of a tie, in whatever order they come', () => {
  const sets = [lift(3, 100, 5), lift(1, 90, 5), lift(2, 100, 5)]
  assert.equal(outcomeOf(sets, 'max-weight'), [100, 2, 90])
  assert.equal(outcomeOf(sets.toReversed(), 'max-weight'), [100, 2, 90])
})

folds('tell weights apart by their repetitions', () => {
  const sets = [lift(1, 90, 5), lift(2, 100, 3), lift(3, 95, 5)]
  assert.equal(outcomeOf(sets, 'weight-at-reps', 5), [95, 3, 90])
  assert.equal(outcomeOf(sets, 'weight-at-reps', 3), [100, 2, null])
})

folds('add up the sets of a session, which its last set holds from the start of the session on', () => {
  const morning = { session: 1, startedAt: '2025-06-01T08:00:00.000Z' }
  const sets = [
    lift(1, 100, 5, { ...morning, key: 12, achievedAt: '2025-06-01T08:10:00.000Z' }),
    lift(1, 100, 5, { ...morning, key: 11, achievedAt: '2025-06-01T08:20:00.000Z' }),
    lift(1, 0, 50, { ...morning, key: 13 }),
    lift(1, 100, 10, { session: 2, key: 20, startedAt: '2025-06-01T07:00:00.000Z' }),
    lift(2, 100, 9, { session: 3, key: 30 }),
  ]
  const held = bestOf(sets, 'best-session-volume')
  assert.equal([held?.value, held?.setKey, held?.session, held?.previous], [1000, 20, 2, null])
  const alone = bestOf(sets.slice(0, 3), 'best-session-volume')
  assert.equal([alone?.value, alone?.setKey, alone?.achievedAt], [1000, 12, '2025-06-01T08:00:00.000Z'])
})

folds('add volumes up exactly, in whatever order they come', () => {
  const volumes = [2 ** 52, 2 ** 53 - 1, 3, 5, 2 ** 53 - 3]
  const sets = volumes.map((volume, index) => countedSet({ key: index, reps: 1, volume }))
  const exact = Number(volumes.reduce((sum, volume) => sum + BigInt(volume), 0n))
  for (const ordered of [sets, sets.map((set) => ({ ...set, key: 9 - set.key }))]) {
    assert.is(bestOf(ordered, 'best-session-volume')?.value, exact)
  }
})

folds('are none without sets', () => {
  assert.equal(bestsOf([]), [])
})

folds('are known by kind, formula and repetitions', () => {
  const mark = { kind: 'estimated-1rm', formula: 'epley', reps: 0, value: 1 } as const
  assert.is(isSameRecord(mark, { ...mark, value: 2 }), true)
  assert.is(isSameRecord(mark, { ...mark, kind: 'max-weight' }), false)
  assert.is(isSameRecord(mark, { ...mark, formula: 'brzycki' }), false)
  assert.is(isSameRecord(mark, { ...mark, reps: 1 }), false)
  const dated = sessionHolderOf(lift(1, 1, 1, { achievedAt: '2025-06-01T11:00:00.000Z' }))
  assert.is(dated.achievedAt, '2025-06-01T10:00:00.000Z')
})

for (const one of [time, folding, resting, past, folds]) one.run()
