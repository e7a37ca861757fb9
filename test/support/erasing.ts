import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { certify } from '../../src/adapters/sqlite/certificate.ts'
import { verifyData } from '../../src/adapters/sqlite/verify.ts'
import type { WriterOptions } from '../../src/adapters/sqlite/writer-core.ts'
import type { AppendCommand } from '../../src/adapters/sqlite/writer-protocol.ts'
import {
  appendOf,
  masterKey,
  metadata,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from './writer.ts'

export const key = { masterKey: masterKey.export().toString('hex'), masterKeyFile: undefined }
export const later = start + 60_000
const erase = { kind: 'erase', userId: 'ada', askedAt: '2026-03-01T10:01:00.000Z' } as const
export const command = { ...erase, metadata: JSON.stringify({ ...metadata, actor: 'ada' }) }
export const open = (dataDir: string, more: Partial<WriterOptions> = {}) =>
  writerOn(dataDir, { views, ...more })

export function remember(userId: string): AppendCommand['remember'] {
  return { userId, key: 'POST /v1/plans secret-key', request: '{}', outcome: '{"outcome":{}}' }
}

/** Ada and Ben, each with a canary in what they did. */
export function peopled(more: Partial<WriterOptions> = {}) {
  const dataDir = temporaryDirectory()
  const writer = open(dataDir, more)
  for (const userId of ['ada', 'ben']) {
    writer.keep([{ kind: 'create subject', userId, passwordHash: `hash of ${userId}` }], start)
    writer.append([registrationOf(userId, `canary-${userId}@example.org`)], start)
    writer.keep([{ kind: 'start login', userId }], start)
    const stream = `user-${userId}`
    writer.append(
      [appendOf([{ stream, subject: userId, events: [renamed('Grace')] }], remember(userId))],
      start,
    )
  }
  return { dataDir, writer }
}

export function filesHolding(dataDir: string, bytes: string | Buffer) {
  return readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes(bytes))
}

export function dataKeyOf(dataDir: string, userId: string) {
  const vault = new Sqlite(join(dataDir, 'vault.db'), { readonly: true })
  const key = vault.prepare('SELECT data_key FROM subjects WHERE user_id = ?').pluck().get(userId)
  vault.close()
  return key as Buffer | undefined
}

const findings = (dataDir: string) => verifyData({ dataDir, ...key, views }).findings

export function assertErased(dataDir: string) {
  assert.equal(findings(dataDir), [])
  assert.equal(filesHolding(dataDir, 'canary-ada'), [])
  assert.ok(filesHolding(dataDir, 'canary-ben').length > 0)
  const { checks, finishedAt } = certify(dataDir, 'ada')
  assert.is.not(finishedAt, null)
  assert.equal(
    checks.filter(({ found }) => found > 0),
    [],
  )
}
