import { createHash } from 'node:crypto'
import { csvFiles } from '../../src/adapters/csv/csv-files.ts'
import { exerciseQueries, exercisesView } from '../../src/adapters/sqlite/views/exercises.ts'
import { sessionsView } from '../../src/adapters/sqlite/views/sessions.ts'
import { userQueries, usersView } from '../../src/adapters/sqlite/views/users.ts'
import { exportCsv } from '../../src/application/csv-export.ts'
import { type CsvOptions, createCsvImports } from '../../src/application/csv-imports.ts'
import type { CsvReport } from '../../src/application/csv-report.ts'
import { createAct } from '../../src/application/event-log.ts'
import type { UserEvents } from '../../src/application/user-events.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { catalogue } from '../../src/domain/exercise/catalogue.ts'
import { memoryLog } from './memory-log.ts'
import { ada, metadata, must, now } from './memory-sessions.ts'

const known = [
  ...['barbell-bench-press', 'dumbbell-bench-press', 'barbell-back-squat', 'push-press', 'plank', 'pull-up'],
  ...['push-up', 'rowing', 'running'],
]

/** Imports of tables by Ada in Berlin, over views in memory. */
export async function memoryCsv() {
  const { log, db, events } = memoryLog([usersView, exercisesView, sessionsView])
  const acting = createAct(log)
  let count = 0
  const imports = createCsvImports({
    ...acting,
    files: csvFiles,
    exercises: exerciseQueries(db),
    users: userQueries(db),
    clock: { now: () => Date.parse(now) },
    newId: () =>
      createHash('md5')
        .update(`${++count}`)
        .digest('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  })
  const put = (stream: string, subject: string | undefined, event: DomainEvent) =>
    log.append([{ stream, subject, expected: 'any', events: [event] }], metadata)
  for (const data of catalogue.filter(({ exerciseId }) => known.includes(exerciseId))) {
    await put(`exercise-${data.exerciseId}`, undefined, { type: 'CatalogueExercisePublished', data })
  }
  const person = { userId: ada, registeredAt: now, email: 'ada@example.org', firstName: 'Ada' }
  await put(`user-${ada}`, ada, {
    type: 'UserRegistered',
    data: { ...person, units: 'metric', timeZone: 'Europe/Berlin' },
  })
  const start = events.length
  const userEvents: UserEvents = {
    after: async (_, position, limit) =>
      events.filter((event) => event.position > Math.max(position, start)).slice(0, limit),
    head: async () => ({ position: events.length, hash: '' }),
  }
  const asked = { userId: ada, metadata }
  const take = (text: string, options?: CsvOptions) => imports.take(asked, Buffer.from(text), options)
  return {
    ...{ imports, take, asked, acting },
    /** What was recorded since the start. */
    recorded: () =>
      events.slice(start).map(({ stream, type, data }) => ({ stream, type, data }) as never as Recorded),
    put: (stream: string, event: DomainEvent) => {
      acting.forget(ada)
      return put(stream, ada, event)
    },
    async taken(text: string, options?: CsvOptions): Promise<CsvReport> {
      return must(await take(text, options))
    },
    async exported(): Promise<string> {
      let text = ''
      for await (const piece of exportCsv(userEvents, ada)) text += piece
      return text
    },
  }
}

export type Recorded = { stream: string; type: string; data: ReturnType<typeof JSON.parse> }

/** How many rows of a report became what. */
export function counts({ imported, duplicates, refused, skipped }: CsvReport) {
  return { imported, duplicates, refused, skipped }
}
