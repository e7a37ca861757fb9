import { randomUUID } from 'node:crypto'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { createImportChecks } from '../../src/adapters/sqlite/import-checks.ts'
import { openEventLog } from '../../src/adapters/sqlite/log.ts'
import { openLog } from '../../src/adapters/sqlite/log-file.ts'
import { askPast } from '../../src/adapters/sqlite/past.ts'
import { noKeys } from '../../src/adapters/sqlite/read-log.ts'
import { readsOf } from '../../src/adapters/sqlite/reads.ts'
import { createKeyring, openVault } from '../../src/adapters/sqlite/vault.ts'
import { openViews } from '../../src/adapters/sqlite/views-file.ts'
import { answerPast, type Moment } from '../../src/application/as-of.ts'
import { createAct, type EventLog, type StreamAppend } from '../../src/application/event-log.ts'
import { createImports } from '../../src/application/imports.ts'
import { createFeed } from '../../src/application/user-events.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { Fact } from './fold-views.ts'
import { ann, training } from './training.ts'
import { masterKey, metadata, registered, start, temporaryDirectory } from './writer.ts'

export type ToldLog = Awaited<ReturnType<typeof openToldLog>>

/** A real log with the catalogue of the trainings told in tests, into which these trainings can be lived. */
export async function openToldLog() {
  const dataDir = temporaryDirectory()
  const fail = (error: Error) => {
    throw error
  }
  let now = start
  const clock = { now: () => now }
  const opened = await openEventLog({ dataDir, masterKey, clock, onFatal: fail, onTrouble: fail })
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  const viewsDb = openViews(dataDir, views, { readonly: true })
  const keys = createKeyring(vault, masterKey, log)
  const reads = readsOf(viewsDb)
  const acting = createAct(opened.log)
  const checked = createImportChecks({ log, keys: noKeys, views })
  const checks = {
    prepare: async (userId: string, document: Uint8Array) => checked.prepare(userId, document),
    take: async (importId: string, from: number, count: number) => checked.take(importId, from, count),
    release: async (importId: string) => checked.release(importId),
  }
  const feed = createFeed({ events: opened.userEvents, clock })
  const importsBy = (log: Pick<EventLog, 'append'>) =>
    createImports({ ...acting, log, checks, reads: reads.users, clock })
  const imports = importsBy(opened.log)
  await append(training().folded.filter(({ subject }) => subject === undefined))

  async function append(facts: readonly Fact[]) {
    now += 1000
    const appends: StreamAppend[] = facts.map(({ stream, subject, event }) => ({
      ...{ stream, subject, expected: 'any', events: [event] },
    }))
    const landed = await opened.log.append(appends, metadata)
    if (!('lastPosition' in landed)) throw new Error(JSON.stringify(landed))
    return landed.lastPosition
  }

  return {
    ...{ dataDir, clock, acting, append, feed, imports, importsBy, log, keys, reads, events: opened.log },
    /** Somebody new; gives the id. */
    async person(more: object = {}): Promise<string> {
      const userId = randomUUID()
      await opened.vault.createSubject(userId, undefined)
      await append([
        { stream: `user-${userId}`, subject: userId, event: registered(userId, undefined, more) },
      ])
      return userId
    },
    /** What the views in service answer now. */
    live(userId: string) {
      const { planStatistics: plans, plans: live, ...rest } = reads
      return answerPast({ ...rest, ...acting, plans, live, clock, newId: () => '' }, userId, 'en')
    },
    past: (userId: string, moment: Moment) =>
      askPast({ log, keys, views }, { userId, moment, now, language: 'en' }),
    now: () => now,
    async document(userId: string) {
      let text = ''
      for await (const piece of feed.document(userId)) text += piece
      return JSON.parse(text)
    },
    import: (userId: string, document: unknown) =>
      imports.take(userId, metadata, Buffer.from(JSON.stringify(document))),
    async close() {
      log.close()
      vault.close()
      viewsDb.close()
      await opened.close()
    },
  }
}

/** Ann's part of a history, as that of somebody else. */
export function livedBy(userId: string, facts: readonly Fact[]): Fact[] {
  return facts
    .filter(({ subject, event }) => subject === ann && event.type !== 'UserRegistered')
    .map((fact) => ({ ...fact, subject: userId, stream: fact.stream.replace(ann, userId) }))
}

const at = '2025-05-01T08:00:00.000Z'
const [exerciseId, planId, liftId, customId] = ['e1', 'a1', 'b1', 'b2'].map(
  (end) => `00000000-0000-4000-8000-0000000000${end}`,
) as [string, string, string, string]

function own(kind: string, id: string, ...events: readonly { type: string; data: object }[]): Fact[] {
  const stream = kind === 'user' ? `user-${ann}` : `${kind}-${ann}-${id}`
  return events.map((event) => ({ stream, subject: ann, event: event as DomainEvent }))
}

/** An exercise of Ann's own, a plan that names it, and goals: to be put before a history of trainings. */
export const belongings: Fact[] = [
  ...own('exercise', exerciseId, {
    type: 'CustomExerciseCreated',
    data: {
      ...{ exerciseId, name: 'Log press', description: '', instructions: [], category: 'strength' },
      ...{ bodyArea: 'hands', primaryMuscles: [], secondaryMuscles: [], equipment: [] },
      ...{ metric: 'weight-reps', unilateral: false },
    },
  }),
  ...own('user', '', { type: 'PlanNumberTaken', data: { number: 1, planId } }),
  ...own(
    'plan',
    planId,
    {
      type: 'PlanCreated',
      data: {
        ...{ planId, number: 1, createdAt: at, name: 'Press', exerciseTypes: [] },
        days: [
          {
            name: 'A',
            exercises: [
              {
                ...{ exerciseId, exerciseName: 'Log press', metric: 'weight-reps' },
                sets: [{ kind: 'working', reps: 5 }],
              },
            ],
          },
        ],
      },
    },
    { type: 'PlanChanged', data: { name: 'Press more', changedAt: at } },
  ),
  ...own('goal', liftId, {
    type: 'GoalSet',
    data: {
      ...{ goalId: liftId, setAt: at, kind: 'lift', title: 'Squat 115', exerciseId: 'squat' },
      ...{ target: 115, unit: 'kg' },
    },
  }),
  ...own(
    'goal',
    customId,
    {
      type: 'GoalSet',
      data: { goalId: customId, setAt: at, kind: 'custom', title: 'Ten', target: 10, unit: 'x', start: 0 },
    },
    { type: 'GoalProgressed', data: { value: 4, at } },
  ),
]
