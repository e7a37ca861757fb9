import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type ChainedEvent,
  type Checkpoint,
  checkpointBytes,
  GENESIS,
  hashCheckpoint,
  hashEvent,
  keyIdOf,
  publicKeyBytes,
  verifyCheckpoint,
  verifyPublicKey,
} from '../../../src/adapters/sqlite/hash-chain.ts'

const test = suite('hash chain')

const event: ChainedEvent = {
  position: 1,
  stream: 'session-0b5f',
  version: 2,
  eventId: '6f1c6d1e-9a3e-4d77-8a5b-0d6d8c0f4a11',
  type: 'SetLogged',
  schemaVersion: 1,
  recordedAt: '2026-03-01T10:00:00.000Z',
  subject: 'user-77aa',
  body: Buffer.from('sealed'),
  metadata: Buffer.from('{"actor":"77aa"}'),
  previousHash: GENESIS,
}
const checkpoint: Checkpoint = {
  position: 1000,
  hash: hashEvent(event),
  count: 1000,
  signedAt: '2026-03-01T11:00:00.000Z',
  previous: GENESIS,
  keyId: 'a1b2',
}

test('the hash of an event is the published one', () => {
  assert.is(
    hashEvent(event).toString('hex'),
    '9b92f78bead2c4df377950401b6eabaa028a21762399f3753eb307e5f03e8904',
  )
  assert.is(
    hashCheckpoint(checkpoint).toString('hex'),
    'e75a0f911c0b159f96d789d7eda4843184d651c2b1a300b1247ab7f592ebc33e',
  )
})

test('the hash takes texts of any length and letters', () => {
  const long = { ...event, stream: 'ß€😀'.repeat(2000) }
  const [first, again] = [hashEvent(long), hashEvent(event)]
  assert.not.equal(first, again)
  assert.equal(hashEvent({ ...event, stream: 'ß€😀'.repeat(2000) }), first)
  assert.equal(hashEvent(event), again)
})

test('the hash can be made by anybody from the description of the format alone', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  const integer = (value: number) => Buffer.from(value.toString(16).padStart(16, '0'), 'hex')
  const fields = [
    ...[Buffer.from('repledger event 1'), integer(1), Buffer.from('session-0b5f'), integer(2)],
    ...[Buffer.from(event.eventId), Buffer.from('SetLogged'), integer(1), Buffer.from(event.recordedAt)],
    ...[Buffer.from('user-77aa'), sha256(event.body), sha256(event.metadata), GENESIS],
  ]
  const prefixed = fields.flatMap((field) => [
    Buffer.from(field.length.toString(16).padStart(8, '0'), 'hex'),
    field,
  ])
  assert.equal(hashEvent(event), sha256(Buffer.concat(prefixed)))
})

test('a change of any column changes the hash', () => {
  const changes: Partial<ChainedEvent>[] = [
    { position: 2 },
    { stream: 'session-0b5e' },
    { version: 3 },
    { eventId: '6f1c6d1e-9a3e-4d77-8a5b-0d6d8c0f4a12' },
    { type: 'SetDeleted' },
    { schemaVersion: 2 },
    { recordedAt: '2026-03-01T10:00:00.001Z' },
    { subject: '' },
    { body: Buffer.from('Sealed') },
    { metadata: Buffer.from('{}') },
    { previousHash: Buffer.alloc(32, 1) },
  ]
  assert.equal(changes.flatMap(Object.keys), Object.keys(event))
  const hashes = [event, ...changes.map((change) => ({ ...event, ...change }))].map((one) =>
    hashEvent(one).toString('hex'),
  )
  assert.is(new Set(hashes).size, changes.length + 1)
})

test('a checkpoint holds under its own signature, not when changed and not under another key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const signature = sign(null, checkpointBytes(checkpoint), privateKey)
  assert.ok(verifyCheckpoint(checkpoint, signature, publicKey))
  for (const change of [
    { position: 999 },
    { hash: GENESIS },
    { count: 999 },
    { signedAt: '2026-03-01T11:00:00.001Z' },
    { previous: Buffer.alloc(32, 1) },
    { keyId: 'a1b3' },
  ]) {
    assert.not(verifyCheckpoint({ ...checkpoint, ...change }, signature, publicKey))
  }
  assert.not(verifyCheckpoint(checkpoint, signature, generateKeyPairSync('ed25519').publicKey))
})

test('a public key is vouched for by its predecessor', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const keyId = keyIdOf(publicKey)
  const record = { number: 1, keyId, publicKey: der, createdAt: '2026-03-01T10:00:00.000Z', signedBy: keyId }
  const signature = sign(null, publicKeyBytes(record), privateKey)
  assert.match(keyId, /^[0-9a-f]{32}$/)
  assert.ok(verifyPublicKey(record, signature, publicKey))
  assert.not(verifyPublicKey({ ...record, number: 2 }, signature, publicKey))
})

test.run()
