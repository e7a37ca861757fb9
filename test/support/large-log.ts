import { views } from '../../src/adapters/sqlite/all-views.ts'
import type { AppendCommand } from '../../src/adapters/sqlite/writer-protocol.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { catalogue } from '../../src/domain/exercise/catalogue.ts'
import { weightMicrograms } from '../../src/domain/statistics/units.ts'
import { appendOf, registered, start, writerOn } from './writer.ts'

const SETS = 30
const SESSIONS_EACH = 40
const COMMANDS_TOGETHER = 64

/** Reps and weights of the catalogue's lifts, told as anybody would. */
const lifts = catalogue.filter(({ metric }) => metric === 'weight-reps').slice(0, 40)

/**
 * Makes the files of a service with so many events or a few more, through our own writer: people with some 40
 * workouts each, set by set, and the catalogue. The same every time but for what is random by nature.
 */
export function largeLog(dataDir: string, leastEvents: number, onEvents: (count: number) => void = () => {}) {
  const writer = writerOn(dataDir, { views })
  let now = start
  let events = 0
  let person = 0
  function append(commands: readonly AppendCommand[]) {
    now += 1000
    for (const outcome of writer.append(commands, now)) {
      if (!('result' in outcome) || !('lastPosition' in outcome.result))
        throw new Error(JSON.stringify(outcome))
      events = outcome.result.lastPosition
    }
    writer.tend(now)
    onEvents(events)
  }

  append(
    catalogue.map((data) => {
      const stream = `exercise-${data.exerciseId}`
      return appendOf([{ stream, events: [{ type: 'CatalogueExercisePublished', data }] }])
    }),
  )
  while (events < leastEvents) {
    person += 1
    const userId = id(person, 0)
    writer.keep([{ kind: 'create subject', userId, passwordHash: 'x' }], now)
    const registration = { stream: `user-${userId}`, subject: userId, events: [registered(userId)] }
    append([appendOf([registration])])
    const left = Math.ceil((leastEvents - events) / (SETS + 2))
    const sessions = Array.from({ length: Math.min(SESSIONS_EACH, left) }, (_, index) =>
      session(userId, person, index + 1),
    )
    for (let first = 0; first < sessions.length; first += COMMANDS_TOGETHER) {
      append(sessions.slice(first, first + COMMANDS_TOGETHER))
    }
  }
  writer.close(now)
  return { events, people: person }
}

function session(userId: string, person: number, number: number): AppendCommand {
  const sessionId = id(person, number)
  const startedAt = new Date(start - (SESSIONS_EACH - number) * 2 * 86_400_000).toISOString()
  const finishedAt = new Date(Date.parse(startedAt) + 3_600_000).toISOString()
  const localDate = startedAt.slice(0, 10)
  const opening = { sessionId, startedAt, timeZone: 'UTC', localDate, entries: [] }
  const events: DomainEvent[] = [{ type: 'SessionStarted', data: opening }]
  for (let set = 0; set < SETS; set++) events.push({ type: 'SetLogged', data: setOf(person, number, set) })
  events.push({ type: 'SessionFinished', data: { finishedAt, effort: 'average' } })
  return appendOf([{ stream: `session-${userId}-${sessionId}`, subject: userId, events }])
}

function setOf(person: number, number: number, set: number) {
  const entry = Math.floor(set / 5)
  const { exerciseId, metric, texts } = lifts[(person + number + entry) % lifts.length] as (typeof lifts)[0]
  const weight = 40 + ((person + number * 3 + set) % 120)
  const measured = { weight, weightUnit: 'kg', weightMicrograms: weightMicrograms(weight, 'kg') } as const
  const setId = id(person, number * 1000 + set + 1)
  const kind = set % 5 === 0 ? 'warmup' : 'working'
  const exerciseName = texts.en.name
  return { setId, kind, reps: 3 + (set % 8), ...measured, exerciseId, exerciseName, metric, entry } as const
}

function id(person: number, thing: number): string {
  const [front, back] = [person.toString(16).padStart(8, '0'), thing.toString(16).padStart(12, '0')]
  return `${front}-0000-4000-8000-${back}`
}
