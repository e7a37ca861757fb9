import { exerciseQueries, exercisesView } from '../../src/adapters/sqlite/views/exercises.ts'
import { goalQueries, goalsView } from '../../src/adapters/sqlite/views/goals.ts'
import { guideQueries } from '../../src/adapters/sqlite/views/guides.ts'
import { measurementQueries, measurementsView } from '../../src/adapters/sqlite/views/measurements.ts'
import {
  plannedSessionsView,
  planStatisticQueries,
} from '../../src/adapters/sqlite/views/planned-sessions.ts'
import { planQueries, plansView } from '../../src/adapters/sqlite/views/plans.ts'
import { recordQueries, recordsView } from '../../src/adapters/sqlite/views/records.ts'
import { sessionQueries, sessionsView } from '../../src/adapters/sqlite/views/sessions.ts'
import { totalsView } from '../../src/adapters/sqlite/views/totals.ts'
import { usersView } from '../../src/adapters/sqlite/views/users.ts'
import { createAct, type EventLog, type Metadata } from '../../src/application/event-log.ts'
import { createExercises } from '../../src/application/exercises.ts'
import { createGoals } from '../../src/application/goals.ts'
import { createGuideDocuments } from '../../src/application/guides.ts'
import { createMeasurements } from '../../src/application/measurements.ts'
import { createPlans } from '../../src/application/plans.ts'
import { createRecords } from '../../src/application/records.ts'
import { createSessionStream } from '../../src/application/session-stream.ts'
import { createSessions } from '../../src/application/sessions.ts'
import { settingsBy } from '../../src/application/users.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { catalogue } from '../../src/domain/exercise/catalogue.ts'
import { memoryLog } from './memory-log.ts'

export const metadata: Metadata = { actor: 'somebody', commandId: 'command', correlationId: 'request' }
export const ada = '00000000-0000-4000-8000-00000000ada0'
export const bob = '00000000-0000-4000-8000-00000000b0b0'
export const now = '2025-03-01T18:00:00.000Z'

/** Remembers outcomes as the log does, for as long as the test runs. */
function remembering(log: EventLog): EventLog {
  const kept = new Map<string, { request: string; outcome: unknown }>()
  return {
    ...log,
    async append(appends, about, remember) {
      const result = await log.append(appends, about)
      if (remember !== undefined && 'lastPosition' in result)
        kept.set(remember.userId + remember.key, remember)
      return result
    },
    async remembered(userId, key, request) {
      const found = kept.get(userId + key)
      if (found === undefined) return undefined
      return found.request === request ? { outcome: structuredClone(found.outcome) } : 'other request'
    },
  }
}

/**
 * The real use cases over views in memory, for a person in Berlin and one with imperial units; of the
 * catalogue there are some exercises.
 */
export async function memorySessions({
  clock = { now: () => Date.parse(now) },
  known = ['barbell-back-squat'],
} = {}) {
  const { log, db, events, followed, changes } = memoryLog([
    usersView,
    exercisesView,
    plansView,
    measurementsView,
    sessionsView,
    plannedSessionsView,
    totalsView,
    recordsView,
    goalsView,
  ])
  const remembered = remembering(log)
  const { act, load } = createAct(remembered)
  const users = settingsBy(load)
  let count = 0
  const newId = () => `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`
  const exercises = exerciseQueries(db)
  const records = createRecords({ reads: recordQueries(db), users, changes })
  const planReads = planQueries(db)
  const guiding = { act, load, exercises, users, plans: planReads, guides: guideQueries(db), clock, newId }
  const sessions = createSessions({ ...guiding, log, reads: sessionQueries(db), records })
  const stream = createSessionStream({ load, log, guides: createGuideDocuments(guiding), clock })
  let seed = 0
  const planned = { reads: planReads, exercises, users, clock, newId, newSeed: () => ++seed }
  const plans = createPlans({ act, load, ...planned })
  const measured = { reads: measurementQueries(db), users, clock, newId }
  const measurements = createMeasurements({ act, load, ...measured })
  const goals = createGoals({ act, load, reads: goalQueries(db), exercises, users, clock, newId })
  const ownExercises = createExercises({ act, load, reads: exercises, newId })
  for (const data of catalogue.filter(({ exerciseId }) => known.includes(exerciseId))) {
    const append = {
      stream: `exercise-${data.exerciseId}`,
      subject: undefined,
      expected: 'no stream' as const,
    }
    await log.append([{ ...append, events: [{ type: 'CatalogueExercisePublished', data }] }], metadata)
  }
  for (const [userId, units, timeZone] of [
    [ada, 'metric', 'Europe/Berlin'] as const,
    [bob, 'imperial', 'UTC'] as const,
  ]) {
    const data = {
      userId,
      registeredAt: now,
      email: `${userId}@example.org`,
      firstName: 'Somebody',
      units,
      timeZone,
    }
    const append = { stream: `user-${userId}`, subject: userId, expected: 'no stream' as const }
    await log.append([{ ...append, events: [{ type: 'UserRegistered', data }] }], metadata)
  }
  const seeded = events.length
  /** What was recorded since the start: type and data of each event. */
  const recorded = () => events.slice(seeded).map(({ type, data }) => ({ type, data }) as DomainEvent)
  return {
    sessions,
    stream,
    plans,
    planStatistics: planStatisticQueries(db),
    measurements,
    goals,
    exercises: ownExercises,
    records,
    recorded,
    followed,
    db,
  }
}

export function must<T>(result: T): Exclude<T, { refusal: unknown }> {
  if (typeof result === 'object' && result !== null && 'refusal' in result) {
    throw new Error(`Refused: ${JSON.stringify(result)}`)
  }
  return result as Exclude<T, { refusal: unknown }>
}
