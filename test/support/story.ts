import { cpSync } from 'node:fs'
import type { View } from '../../src/adapters/sqlite/views.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { appendOf, registered, renamed, start, temporaryDirectory, writerOn } from './writer.ts'

/** Each person's e-mail, which nobody else may have, and how often the name changed. */
export const profiles: View = {
  name: 'profiles',
  version: 1,
  tables: `CREATE TABLE profile (
    key INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, first_name TEXT NOT NULL, changes INTEGER NOT NULL
  ) STRICT;`,
  unique: { 'profile.email': 'email-taken' },
  on: (db) => {
    const insert = db.prepare('INSERT INTO profile VALUES (?, ?, ?, 0)')
    const change = db.prepare(
      `UPDATE profile SET first_name = coalesce(?, first_name), email = coalesce(?, email),
        changes = changes + 1
      WHERE key = ?`,
    )
    return {
      UserRegistered: ({ streamKey, data }) => insert.run(streamKey, data.email, data.firstName),
      UserProfileChanged: ({ streamKey, data }) =>
        change.run(data.firstName ?? null, data.email ?? null, streamKey),
    }
  },
}

/** What is nobody's, in the clear. */
export const published: View = {
  name: 'published',
  version: 1,
  tables: `CREATE TABLE exercise (id TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  unique: {},
  on: (db) => {
    const insert = db.prepare('INSERT INTO exercise VALUES (?, ?)')
    return {
      CatalogueExercisePublished: ({ position, data }) => {
        insert.run(data.exerciseId, position)
      },
    }
  },
}

export const views = [profiles, published]

export const people = ['ada', 'bob', 'cleo', 'dan']

/**
 * A log of 300 events with checkpoints at 100, 200 and 300: four people at positions 1 to 4, then each in
 * turn changes the first name, every tenth event publishes an exercise in a stream of its own, and 290
 * registers eve.
 */
export function storyOf300(): string {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, { views })
  for (const userId of [...people, 'eve'])
    writer.keep([{ kind: 'create subject', userId, passwordHash: 'x' }], start)
  for (let position = 1; position <= 300; position++) {
    const now = start + position * 1000
    const outcome = writer.append([commandAt(position)], now)[0]
    if (outcome === undefined || !('result' in outcome) || 'refusal' in outcome.result) {
      throw new Error(`Position ${position} did not land: ${JSON.stringify(outcome)}`)
    }
    if (position % 100 === 0) writer.sign(now)
  }
  writer.close(start + 300_000)
  return dataDir
}

function commandAt(position: number) {
  const userId = people[(position - 1) % people.length] as string
  const stream = `user-${userId}`
  if (position === 290) return appendOf([{ stream: 'user-eve', subject: 'eve', events: [registered('eve')] }])
  if (position <= 4) return appendOf([{ stream, subject: userId, events: [registered(userId)] }])
  if (position % 10 === 0) {
    return appendOf([{ stream: `exercise-press-${position}`, events: [exercise(`press-${position}`)] }])
  }
  const remember = position === 299 ? { userId, key: 'k', request: 'r', outcome: '{"outcome":1}' } : undefined
  return appendOf([{ stream, subject: userId, events: [renamed(`Name ${position}`)] }], remember)
}

export function exercise(exerciseId: string): DomainEvent {
  const texts = { en: { name: `The ${exerciseId}`, description: '', instructions: [] } }
  const lists = { primaryMuscles: [], secondaryMuscles: [], equipment: [] }
  const traits = {
    category: 'strength',
    bodyArea: 'chest',
    metric: 'weight-reps',
    unilateral: false,
  } as const
  return { type: 'CatalogueExercisePublished', data: { exerciseId, texts, ...lists, ...traits } }
}

export function copyOf(dataDir: string): string {
  const copy = temporaryDirectory()
  cpSync(dataDir, copy, { recursive: true })
  return copy
}
