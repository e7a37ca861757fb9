import { randomUUID } from 'node:crypto'
import { openEventLog } from '../src/adapters/sqlite/log.ts'
import type { DomainEvent } from '../src/domain/events.ts'
import { catalogue } from '../src/domain/exercise/catalogue.ts'
import { weightMicrograms } from '../src/domain/statistics/units.ts'
import { masterKey, metadata, registered, temporaryDirectory } from '../test/support/writer.ts'

const lift = catalogue.find(({ exerciseId }) => exerciseId === 'barbell-back-squat') as (typeof catalogue)[0]

/** The log as the service opens it: a writer thread, the views, the chain, sealed bodies, FULL. */
export async function openOwnLog() {
  const opened = await openEventLog({
    ...{ dataDir: temporaryDirectory(), masterKey, clock: { now: Date.now } },
    onFatal: fail,
    onTrouble: fail,
  })
  async function append(stream: string, subject: string | undefined, version: number, event: DomainEvent) {
    const expected = version === 0 ? 'no stream' : version
    const result = await opened.log.append([{ stream, subject, expected, events: [event] }], metadata)
    if (!('lastPosition' in result)) throw new Error(JSON.stringify(result))
  }
  const published = { type: 'CatalogueExercisePublished', data: lift } as const
  await append(`exercise-${lift.exerciseId}`, undefined, 0, published)
  return {
    ...opened,
    append,
    async addPerson() {
      const userId = randomUUID()
      await opened.vault.createSubject(userId, 'x')
      await append(`user-${userId}`, userId, 0, registered(userId))
      return userId
    },
  }
}

export type OwnLog = Awaited<ReturnType<typeof openOwnLog>>

/** Appends one event a call: a session, its sets, its end, and then the next session. */
export function loggingOf(log: OwnLog, userId: string, setsEach = 50) {
  let sessionId = ''
  let version = 0
  return async () => {
    if (version === 0) sessionId = randomUUID()
    const event = sessionEvent(sessionId, version, setsEach)
    await log.append(`session-${userId}-${sessionId}`, userId, version, event)
    version = event.type === 'SessionFinished' ? 0 : version + 1
    return { sessionId, version }
  }
}

/** The events of a session in order, by the version that each follows. */
export function sessionEvent(sessionId: string, version: number, setsEach: number): DomainEvent {
  const now = new Date().toISOString()
  if (version === 0) {
    const opening = { sessionId, startedAt: now, timeZone: 'UTC', localDate: now.slice(0, 10), entries: [] }
    return { type: 'SessionStarted', data: opening }
  }
  if (version > setsEach) return { type: 'SessionFinished', data: { finishedAt: now } }
  const weight = 60 + (version % 40)
  const measured = { weight, weightUnit: 'kg', weightMicrograms: weightMicrograms(weight, 'kg') } as const
  const exercise = {
    exerciseId: lift.exerciseId,
    exerciseName: lift.texts.en.name,
    metric: lift.metric,
    entry: 0,
  }
  const set = { setId: randomUUID(), kind: 'working', reps: 5, ...measured, ...exercise } as const
  return { type: 'SetLogged', data: set }
}

function fail(error: Error): never {
  throw error
}
