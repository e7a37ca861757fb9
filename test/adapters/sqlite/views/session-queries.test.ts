import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal, type Refusal } from '../../../../src/domain/refusal.ts'
import { changeSession } from '../../../../src/domain/session/change-session.ts'
import { contentOf, sessionDocument } from '../../../../src/domain/session/document.ts'
import type { SessionEvent } from '../../../../src/domain/session/events.ts'
import { logSession } from '../../../../src/domain/session/log-session.ts'
import * as session from '../../../../src/domain/session/session.ts'
import { correctSet, deleteSet, logSets } from '../../../../src/domain/session/sets.ts'
import { guidedHistories, told } from '../../../support/random-guided.ts'
import { ada, folded, of, pullUp } from '../../../support/session-facts.ts'
import {
  discarded,
  logged,
  now,
  opening,
  setLogged,
  settings,
  squat,
  started,
} from '../../../support/sessions.ts'

const queries = suite('sessionQueries')
const on = (day: string, sessionId: string, more = {}) =>
  logged({
    sessionId,
    startedAt: `${day}T17:00:00.000Z`,
    localDate: day,
    finishedAt: `${day}T18:00:00.000Z`,
    ...more,
  })

queries('finds the live session of a person', async () => {
  const { reads } = folded(...of('one', ada, [started()]))
  assert.is(await reads.liveOf(ada), opening.sessionId)
  assert.is(await reads.liveOf('bob'), undefined)
})

queries('lists newest first, page by page, and nobody else’s', async () => {
  const { reads } = folded(
    ...of('a', ada, [on('2025-03-01', 'a')]),
    ...of('b', ada, [on('2025-03-03', 'b')]),
    ...of('c', ada, [on('2025-03-03', 'c')]),
    ...of('d', ada, [on('2025-02-01', 'd')]),
    ...of('e', 'bob', [on('2025-03-02', 'e')]),
  )
  const first = await reads.list(ada, {}, 2)
  assert.equal(
    first.items.map(({ id }) => id),
    ['c', 'b'],
  )
  const second = await reads.list(ada, {}, 2, first.next)
  assert.equal(
    second.items.map(({ id }) => id),
    ['a', 'd'],
  )
  assert.is(second.next, undefined)
  assert.equal(await reads.list('nobody', {}, 2), { items: [] })
})

queries('filters by local dates, exercise, plan and status', async () => {
  const { reads } = folded(
    ...of('a', ada, [on('2025-03-01', 'a'), setLogged({ setId: 'x' }, 0, pullUp)]),
    ...of('b', ada, [on('2025-03-02', 'b', { planId: 'plan' }), setLogged()]),
    ...of('c', ada, [on('2025-03-03', 'c'), discarded]),
    ...of('d', ada, [
      started({ sessionId: 'd', startedAt: '2025-03-04T00:00:00.000Z', localDate: '2025-03-03' }),
    ]),
  )
  const ids = async (filter: Parameters<typeof reads.list>[1]) =>
    (await reads.list(ada, filter, 10)).items.map(({ id }) => id).join('')
  assert.is(await ids({}), 'dba')
  assert.is(await ids({ from: '2025-03-02' }), 'db')
  assert.is(await ids({ from: '2025-03-02', to: '2025-03-02' }), 'b')
  assert.is(await ids({ exerciseId: 'pull-up' }), 'a')
  assert.is(await ids({ exerciseId: 'nothing' }), '')
  assert.is(await ids({ planId: 'plan' }), 'b')
  assert.is(await ids({ status: 'discarded' }), 'c')
  assert.is(await ids({ status: 'active' }), 'd')
  assert.is(await ids({ status: 'finished', to: '2025-03-01' }), 'a')
})

const law = suite('view and aggregate')

type Decide = (state: session.SessionState) => readonly SessionEvent[] | Refusal
const lift = fc.record({ reps: fc.nat(20), weight: fc.integer({ min: 0, max: 300 }) })
const setId = fc.nat(5).map((number) => `set-${number}`)
const instant = fc.nat(100).map((minutes) => new Date(Date.parse(now) + minutes * 60_000).toISOString())
const decisions: fc.Arbitrary<Decide> = fc.oneof(
  fc.tuple(setId, lift, fc.boolean()).map(
    ([id, fields, pulls]): Decide =>
      (state) => {
        const quantities = pulls ? { reps: fields.reps } : fields
        const exercise = pulls ? pullUp : squat
        const set = { at: '', id, freshId: id, exerciseId: exercise.exerciseId, exercise, ...quantities }
        return logSets(state, { now, settings, sets: [set] })
      },
  ),
  fc.tuple(setId, fc.nat(20)).map(
    ([id, reps]): Decide =>
      (state) => {
        return correctSet(state, {
          now,
          settings,
          setId: id,
          change: { reps, kind: reps > 10 ? 'warmup' : 'working' },
        })
      },
  ),
  setId.map(
    (id): Decide =>
      (state) =>
        deleteSet(state, id),
  ),
  instant.map(
    (finishedAt): Decide =>
      (state) =>
        session.finishSession(state, { now, settings, finishedAt }),
  ),
  fc
    .record({
      startedAt: instant,
      bodyWeight: fc.option(fc.integer({ min: 1, max: 200 })),
      title: fc.option(fc.constant('T')),
    })
    .map(
      (change): Decide =>
        (state) =>
          changeSession(state, { now, settings, change }),
    ),
  fc.constant<Decide>(session.discardSession),
  fc.constant<Decide>(session.restoreSession),
)

law('tell the same document after any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(decisions, { maxLength: 40 }), fc.boolean(), async (steps, live) => {
      const finishedAt = live ? undefined : '2025-03-01T20:00:00.000Z'
      const told = {
        sessionId: opening.sessionId,
        now,
        settings,
        entries: [],
        ...(finishedAt && { finishedAt }),
      }
      const { fold, reads } = folded()
      let state: session.SessionState = session.initial
      let version = 0
      for (const decide of [(before: session.SessionState) => logSession(before, told), ...steps]) {
        const decided = decide(state)
        if (isRefusal(decided)) continue
        of('one', ada, decided).forEach(fold)
        state = decided.reduce(session.evolve, state)
        version += decided.length
      }
      const known = state as session.KnownSession
      const { items } = await reads.list(ada, { status: known.status }, 10)
      assert.equal(items, [sessionDocument(contentOf(known, version))])
    }),
    { numRuns: 50 },
  )
})

law('tell the same document after any history of a guided session', async () => {
  await fc.assert(
    fc.asyncProperty(guidedHistories([squat, pullUp]), async (history) => {
      const { fold, reads } = folded()
      let version = 0
      for (const { events, after } of told(history)) {
        of('one', ada, events).forEach(fold)
        version += events.length
        if (events.length === 0) continue
        const known = after as session.KnownSession
        const { items } = await reads.list(ada, { status: known.status }, 10)
        assert.equal(items, [sessionDocument(contentOf(known, version))])
      }
    }),
    { numRuns: 25 },
  )
})

queries.run()
law.run()
