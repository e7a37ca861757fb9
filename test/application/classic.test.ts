import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { classicQueries } from '../../src/adapters/sqlite/views/classic.ts'
import { exerciseQueries } from '../../src/adapters/sqlite/views/exercises.ts'
import { measurementQueries } from '../../src/adapters/sqlite/views/measurements.ts'
import { planQueries } from '../../src/adapters/sqlite/views/plans.ts'
import { userQueries } from '../../src/adapters/sqlite/views/users.ts'
import { createClassic } from '../../src/application/classic.ts'
import { createAct, type RecordedEvent } from '../../src/application/event-log.ts'
import { createMeasurements } from '../../src/application/measurements.ts'
import { createPlans } from '../../src/application/plans.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { memoryLog } from '../support/memory-log.ts'
import { must } from '../support/memory-sessions.ts'

const userId = '00000000-0000-4000-8000-0000000000a0'
const metadata = { actor: userId, commandId: 'command', correlationId: 'request' }
const asked = { userId, metadata }
const outline = { hands: 'a', abdominal: 'b', back: 'c', legs: 'd' }
const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.refusal : 'accepted')

/** Ann of Moscow with one workout, over all views in memory; `at` sets the clock. */
async function classicOfAnn() {
  const { log, db, events } = memoryLog(views)
  const acting = createAct(log)
  let now = '2025-06-15T22:30:00.000Z'
  let count = 0
  const around = {
    ...acting,
    users: userQueries(db),
    clock: { now: () => Date.parse(now) },
    newId: () => `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`,
  }
  const data = {
    userId,
    registeredAt: now,
    email: 'ann@example.org',
    firstName: 'Анна',
    units: 'metric',
  } as const
  const registered = { type: 'UserRegistered', data: { ...data, timeZone: 'Europe/Moscow' } } as const
  await log.append(
    [{ stream: `user-${userId}`, subject: userId, expected: 'no stream', events: [registered] }],
    metadata,
  )
  const exercises = exerciseQueries(db)
  const plans = createPlans({ ...around, reads: planQueries(db), exercises, newSeed: () => 7 })
  const measurements = createMeasurements({ ...around, reads: measurementQueries(db) })
  const classic = createClassic({
    ...around,
    plans,
    measurements: measurementQueries(db),
    reads: classicQueries(db),
  })
  const { document } = must(await plans.create(asked, { name: 'Workout', outline }))
  const before = events.length
  return {
    ...{ classic, plans, measurements, planId: document.id },
    recorded: () => events.slice(before).map(({ type, stream }) => `${type} ${stream.split('-', 1)}`),
    last: () => events.at(-1) as RecordedEvent,
    at(time: string) {
      now = time
    },
  }
}

const created = { weightKilograms: 72.4, goal: 'Цель', counts: { easy: 5, average: 3, heavy: 2 } }
const heavy = { easy: 0, average: 0, heavy: 1 }

const test = suite('classic')

test('statistics, goal and weight are told at once, or not at all', async () => {
  const { classic, recorded } = await classicOfAnn()
  must(await classic.createStatistics(asked, created))
  const all = ['ClassicStatisticsCreated user', 'UserProfileChanged user', 'MeasurementTaken measurement']
  assert.equal(recorded(), all)
  assert.is(codeOf(await classic.createStatistics(asked, created)), 'statistics-exist')
  assert.is(
    codeOf(await classic.editStatistics(asked, { weightKilograms: 0, clear: true })),
    'invalid-fields',
  )
  assert.equal(recorded(), all)
  assert.equal(await classic.statistics(userId), {
    ...{ weightKilograms: 72.4, goal: 'Цель', easy: 5, average: 3, heavy: 2, total: 10 },
    mostPopularWorkout: null,
  })
})

test('editing nothing records nothing, and answers what stands', async () => {
  const { classic, recorded } = await classicOfAnn()
  assert.is(codeOf(await classic.editStatistics(asked, { clear: false })), 'not-found')
  assert.is(codeOf(await classic.statistics(userId)), 'not-found')
  must(await classic.complete(asked, 1, heavy))
  assert.equal(must(await classic.editStatistics(asked, { clear: false })), {
    ...{ weightKilograms: null, goal: null, easy: 0, average: 0, heavy: 1, total: 1, replayed: false },
  })
  assert.equal(recorded(), ['WorkoutsReported session'])
})

test('a workout is completed on the day where the person is', async () => {
  const { classic, last, planId } = await classicOfAnn()
  assert.equal(must(await classic.complete(asked, 1, heavy)), { ...heavy, total: 1, replayed: false })
  const { sessionId, ...data } = last().data as { sessionId: string }
  assert.equal(data, {
    ...{ planId, planNumber: 1, ...heavy, reportedAt: '2025-06-15T22:30:00.000Z' },
    ...{ timeZone: 'Europe/Moscow', localDate: '2025-06-16' },
  })
  assert.is(last().stream, `session-${userId}-${sessionId}`)
})

test('the weight is the last one that is not ahead of its time', async () => {
  const { classic, measurements, at } = await classicOfAnn()
  must(await classic.createStatistics(asked, created))
  const weigh = async (value: number, measuredAt: string) =>
    must(await measurements.take(asked, { kind: 'weight', value, unit: 'kg', measuredAt }))
  const weight = async () => must(await classic.statistics(userId)).weightKilograms
  await weigh(60, '2025-01-01T00:00:00.000Z')
  await weigh(90, '2025-06-20T00:00:00.000Z')
  assert.is(await weight(), 72.4)
  at('2025-06-20T00:00:00.000Z')
  assert.is(await weight(), 90)
  must(await classic.editStatistics(asked, { weightKilograms: 89, clear: false }))
  assert.is(await weight(), 89)
})

test('a plan that was archived is no workout any more, and what it counted stays', async () => {
  const { classic, plans, planId } = await classicOfAnn()
  must(await classic.complete(asked, 1, heavy))
  assert.equal(await classic.workout(userId, 1), { planId, outline })
  must(await plans.archive(asked, planId))
  assert.is(codeOf(await classic.workout(userId, 1)), 'not-found')
  assert.is(codeOf(await classic.complete(asked, 1, heavy)), 'not-found')
  const { total, mostPopularWorkout } = must(await classic.statistics(userId))
  assert.equal([total, mostPopularWorkout], [1, 1])
})

test('what is told at the same time counts one after the other', async () => {
  const { classic } = await classicOfAnn()
  must(await classic.createStatistics(asked, created))
  const answers = await Promise.all([
    classic.complete(asked, 1, heavy),
    classic.editStatistics(asked, { clear: true }),
    classic.complete(asked, 1, heavy),
  ])
  const [first, cleared, second] = answers.map((answer) => must<{ total: number }>(answer as never).total)
  assert.is(cleared, 0)
  // Whatever the order was: those that still counted on from 10 came before the clearing.
  const behind = [first, second].filter((total) => (total as number) < 10)
  assert.equal(
    behind.toSorted(),
    behind.map((_, index) => index + 1),
  )
  assert.is(must(await classic.statistics(userId)).total, behind.length)
})

test.run()
