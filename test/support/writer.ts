import { createSecretKey, hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { View } from '../../src/adapters/sqlite/views.ts'
import { openWriter, type WriterOptions } from '../../src/adapters/sqlite/writer-core.ts'
import type { AppendCommand, EventToAppend } from '../../src/adapters/sqlite/writer-protocol.ts'
import type { ExpectedVersion } from '../../src/application/event-log.ts'
import type { DomainEvent } from '../../src/domain/events.ts'

export const masterKey = createSecretKey(Buffer.alloc(32, 7))
export const start = Date.parse('2026-03-01T10:00:00.000Z')
export const metadata = { actor: 'nobody', commandId: 'command-1', correlationId: 'request-1' }

const directories: string[] = []
process.once('exit', () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

/** Gone when the test process ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'repledger-'))
  directories.push(directory)
  return directory
}

/** Refuses an e-mail that is taken; where the town is unknown, a deferred foreign key fails the commit. */
export const people: View = {
  name: 'people',
  version: 1,
  tables: `
    CREATE TABLE town (name TEXT PRIMARY KEY) STRICT;
    CREATE TABLE person (
      key INTEGER PRIMARY KEY,
      email TEXT NOT NULL UNIQUE,
      town TEXT REFERENCES town (name) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;`,
  unique: { 'person.email': 'email-taken' },
  on: (db) => {
    const insert = db.prepare('INSERT INTO person VALUES (?, ?, ?)')
    return {
      UserRegistered: ({ streamKey, data }) => {
        if (data.firstName === 'Unfoldable') throw new Error('This name cannot be folded.')
        insert.run(streamKey, data.email, data.goal ?? null)
      },
    }
  },
}

export function writerOn(dataDir: string, options: Partial<WriterOptions> = {}) {
  return openWriter({ dataDir, masterKey, now: start, views: [people], ...options })
}

export function registered(userId: string, email = `${userId}@example.org`, more: object = {}): DomainEvent {
  const profile = {
    userId: idOf(userId),
    email,
    firstName: 'Ada',
    units: 'metric',
    timeZone: 'UTC',
    ...more,
  } as const
  return { type: 'UserRegistered', data: { ...profile, registeredAt: '2026-03-01T10:00:00.000Z' } }
}

/** The tests call people by name where an event has a UUID. */
export function idOf(name: string): string {
  return isId(name) ? name : `00000000-0000-4000-8000-${hash('sha256', name).slice(0, 12)}`
}

function isId(name: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(name)
}

export function renamed(firstName: string): DomainEvent {
  return { type: 'UserProfileChanged', data: { firstName } }
}

type OneAppend = {
  stream: string
  subject?: string
  expected?: ExpectedVersion
  events: readonly DomainEvent[]
}

/** An append as the main thread posts it. */
export function appendOf(appends: readonly OneAppend[], remember?: AppendCommand['remember']): AppendCommand {
  return {
    kind: 'append',
    appends: appends.map(({ stream, subject, expected = 'any', events }) => ({
      ...{ stream, subject, expected },
      events: events.map(({ type, data }): EventToAppend => ({ type, body: JSON.stringify(data) })),
    })),
    metadata: JSON.stringify(metadata),
    remember,
  }
}

export function registrationOf(userId: string, email?: string, more?: object): AppendCommand {
  return appendOf([{ stream: `user-${userId}`, subject: userId, events: [registered(userId, email, more)] }])
}
