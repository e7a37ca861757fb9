import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lastCheckpoint, publicKeysOf } from '../../../src/adapters/sqlite/checkpoints.ts'
import { keyPairs, tokenKeys } from '../../../src/adapters/sqlite/key-pairs.ts'
import { openLog } from '../../../src/adapters/sqlite/log-file.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { verifyExport } from '../../../src/adapters/sqlite/verify-export.ts'
import type { Writer } from '../../../src/adapters/sqlite/writer-core.ts'
import { anchorOf, exportOf, secondOpinion } from '../../support/exports.ts'
import { expectFindings } from '../../support/tampering.ts'
import {
  appendOf,
  masterKey,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

type Context = { dataDir: string; writer: Writer }
const test = suite<Context>('rotating the keys')

const MINUTE = 60_000
const OVERLAP = 11 * MINUTE

test.before.each((context) => {
  context.dataDir = temporaryDirectory()
  context.writer = writerOn(context.dataDir)
  context.writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  context.writer.append([registrationOf('ada')], start)
})

function reading<T>(db: Database, work: (db: Database) => T): T {
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const inVault = <T>(dataDir: string, work: (vault: Database) => T) =>
  reading(openVault(dataDir, { readonly: true }), work)
const inLog = <T>(dataDir: string, work: (log: Database) => T) =>
  reading(openLog(dataDir, { readonly: true }), work)

const signingKids = (dataDir: string) =>
  inVault(dataDir, (vault) => keyPairs(vault, masterKey, 'checkpoint').map(({ kid }) => kid))
const tokenKids = (dataDir: string) =>
  inVault(dataDir, (vault) => keyPairs(vault, masterKey, 'token').map(({ kid }) => kid))
const published = (dataDir: string) =>
  inLog(dataDir, (log) => publicKeysOf(log).map(({ keyId, signedBy }) => ({ keyId, signedBy })))

const rename = (writer: Writer, at: number) =>
  writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events: [renamed('Grace')] }])], at)

/** Everything that vouches for the log, today and later. */
async function expectGood(dataDir: string) {
  expectFindings(dataDir, [])
  const path = exportOf(dataDir)
  assert.equal((await verifyExport(path, {})).findings, [])
  assert.equal((await secondOpinion(path, anchorOf(dataDir)))[0], 0)
}

test('makes one of each, tells of them, and signs with them from then on', async ({ dataDir, writer }) => {
  const [[token], [checkpoint]] = [tokenKids(dataDir), signingKids(dataDir)] as [[string], [string]]
  writer.sign(start)
  const rotated = writer.rotateKeys(start + MINUTE)
  const [newToken, oldToken] = tokenKids(dataDir)
  const [newCheckpoint, oldCheckpoint] = signingKids(dataDir)
  assert.equal([oldToken, oldCheckpoint], [token, checkpoint])
  assert.equal(rotated, {
    tokens: { keyId: newToken, replaced: token, until: new Date(start + MINUTE + OVERLAP).toISOString() },
    checkpoints: { keyId: newCheckpoint, replaced: checkpoint },
  })
  assert.equal(published(dataDir), [
    { keyId: checkpoint, signedBy: checkpoint },
    { keyId: newCheckpoint, signedBy: checkpoint },
  ])
  rename(writer, start + 2 * MINUTE)
  writer.close(start + 2 * MINUTE)
  assert.is(inLog(dataDir, lastCheckpoint)?.keyId, newCheckpoint)
  await expectGood(dataDir)
})

test('leaves what was exported and signed before as good as it was', async ({ dataDir, writer }) => {
  writer.sign(start)
  const [path, anchor] = [exportOf(dataDir), anchorOf(dataDir)]
  writer.rotateKeys(start)
  rename(writer, start)
  writer.close(start)
  assert.equal((await verifyExport(path, {})).findings, [])
  assert.equal((await secondOpinion(path, anchor))[0], 0)
  assert.equal((await secondOpinion(exportOf(dataDir), anchor))[0], 0)
  expectFindings(dataDir, [], { against: anchor })
})

test('keeps a replaced key of tokens for as long as tokens live under it', ({ dataDir, writer }) => {
  const [first] = tokenKids(dataDir)
  writer.rotateKeys(start)
  writer.rotateKeys(start + OVERLAP - 1)
  const [third, second, ...more] = inVault(dataDir, (vault) => tokenKeys(vault, masterKey))
  assert.equal(
    more.map(({ kid, countsUntil }) => [kid, countsUntil]),
    [[first, start + OVERLAP]],
  )
  assert.equal([third.countsUntil, second?.countsUntil], [Infinity, start + 2 * OVERLAP - 1])
  writer.rotateKeys(start + OVERLAP)
  assert.equal(tokenKids(dataDir).slice(1), [third.kid, second?.kid])
  writer.close(start + OVERLAP)
})

test('forgets a replaced key of tokens by itself, and never one that signs', ({ dataDir, writer }) => {
  const { tokens } = writer.rotateKeys(start)
  writer.tend(start + OVERLAP - 1)
  assert.equal(tokenKids(dataDir), [tokens.keyId, tokens.replaced])
  writer.tend(start + 2 * OVERLAP)
  assert.equal(tokenKids(dataDir), [tokens.keyId])
  writer.close(start)
})

test('that fails leaves the keys of before, and they go on signing', ({ dataDir, writer }) => {
  const before = [tokenKids(dataDir), signingKids(dataDir), published(dataDir)]
  const other = openLog(dataDir)
  const failing = "BEFORE INSERT ON public_keys BEGIN SELECT raise(ABORT, 'no room'); END"
  other.exec(`CREATE TRIGGER full ${failing}`)
  assert.throws(() => writer.rotateKeys(start), /no room/)
  other.exec('DROP TRIGGER full')
  other.close()
  assert.equal([tokenKids(dataDir), signingKids(dataDir), published(dataDir)], before)
  rename(writer, start)
  writer.close(start)
  assert.equal([inLog(dataDir, lastCheckpoint)?.keyId], before[1])
})

test('that was cut off between vault and log is finished by the next start', async ({ dataDir, writer }) => {
  writer.close(start)
  const cutOff = temporaryDirectory()
  cpSync(dataDir, cutOff, { recursive: true })
  const rotating = writerOn(dataDir)
  const { checkpoints } = rotating.rotateKeys(start)
  rotating.close(start)
  cpSync(join(dataDir, 'vault.db'), join(cutOff, 'vault.db'))
  assert.equal(published(cutOff), [{ keyId: checkpoints.replaced, signedBy: checkpoints.replaced }])
  await expectGood(cutOff)
  const next = writerOn(cutOff)
  assert.equal(published(cutOff), published(dataDir))
  rename(next, start)
  next.close(start)
  assert.is(inLog(cutOff, lastCheckpoint)?.keyId, checkpoints.keyId)
  await expectGood(cutOff)
})

test.run()
