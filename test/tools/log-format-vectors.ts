// Writes docs/log-format-vectors.json, by which an implementation of docs/log-format.md can be checked:
//   node test/tools/log-format-vectors.ts > docs/log-format-vectors.json && npx biome format --write docs
import { createCipheriv, createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { signHead } from '../../src/adapters/sqlite/anchor.ts'
import { createCheckpoints, publishKeys } from '../../src/adapters/sqlite/checkpoints.ts'
import { exportedLines } from '../../src/adapters/sqlite/export-log.ts'
import {
  anchorBytes,
  checkpointBytes,
  GENESIS,
  hashCheckpoint,
  hashEvent,
  keyIdOf,
  publicKeyBytes,
} from '../../src/adapters/sqlite/hash-chain.ts'
import { headOf, logSchema } from '../../src/adapters/sqlite/log-file.ts'
import { lengthPrefixed, sealedContext } from '../../src/adapters/sqlite/sealing.ts'

/** A pair that never signs anything but this. */
const seed = Buffer.alloc(32, 1)
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  type: 'pkcs8',
  format: 'der',
})
const publicKey = createPublicKey(privateKey)
const pair = { kid: keyIdOf(publicKey), privateKey, publicKey, createdAt: '2026-03-01T09:00:00.000Z' }

const dataKey = Buffer.alloc(32, 2)
const nonce = Buffer.alloc(12, 3)
const user = 'user-0198c0de-0000-7000-8000-000000000001'
const slug = 'exercise-plank'
const metadata = { actor: 'system', commandId: 'c1', correlationId: 'r1' }
const clear = JSON.stringify({ erasedAt: '2026-03-01T10:00:03.000Z' })

const events = [
  {
    stream: slug,
    version: 1,
    type: 'CatalogueExercisePublished',
    subject: '',
    body: '{"exerciseId":"plank"}',
  },
  { stream: user, version: 1, type: 'UserRegistered', subject: user, body: '{"firstName":"Ада"}' },
  { stream: user, version: 2, type: 'UserErased', subject: '', body: clear },
].map((event, index) => ({
  position: index + 1,
  eventId: `00000000-0000-4000-8000-00000000000${index + 1}`,
  schemaVersion: 1,
  recordedAt: `2026-03-01T10:00:0${index + 1}.000Z`,
  ...event,
}))

/** As the code seals, but under a nonce that is known: never do this with a key that counts. */
function sealed(plain: string, context: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce).setAAD(context)
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(1), nonce, text, cipher.getAuthTag()])
}

function chained() {
  let previousHash: Buffer = GENESIS
  return events.map((event) => {
    const { stream, version, type, schemaVersion, subject } = event
    const plain = event.body
    const context = sealedContext(stream, version, type, schemaVersion)
    const body = subject === '' ? Buffer.from(plain) : sealed(plain, context)
    const stored = { ...event, body, metadata: Buffer.from(JSON.stringify(metadata)), previousHash }
    const hashed = hashEvent(stored)
    previousHash = hashed
    return { stored, hash: hashed, plain, context }
  })
}

/** The three events as a log of their own, signed up to the second one. */
function logOfVectors() {
  const log = new Sqlite(':memory:')
  log.exec(logSchema)
  publishKeys(log, [pair])
  const { sign: signCheckpoint } = createCheckpoints(log, pair)
  const streams = [slug, user]
  for (const [index, name] of streams.entries())
    log.prepare('INSERT INTO streams VALUES (?, ?)').run(index + 1, name)
  const insert = log.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (const { stored: event, hash: hashed } of chained()) {
    const subject = event.subject === '' ? null : 2
    insert.run(
      ...[event.position, streams.indexOf(event.stream) + 1, event.version, event.eventId, event.type],
      ...[
        event.schemaVersion,
        event.body,
        event.metadata,
        event.recordedAt,
        subject,
        event.previousHash,
        hashed,
      ],
    )
    if (event.position === 2) signCheckpoint(headOf(log), '2026-03-01T10:00:02.500Z')
  }
  return log
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

export function vectors() {
  const log = logOfVectors()
  const [first] = chained()
  if (first === undefined) throw new Error('There is no first event.')
  const checkpoint = {
    ...{ position: 2, hash: chained()[1]?.hash ?? GENESIS, count: 2 },
    ...{ signedAt: '2026-03-01T10:00:02.500Z', previous: GENESIS, keyId: pair.kid },
  }
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const key = { number: 1, keyId: pair.kid, publicKey: der, createdAt: pair.createdAt, signedBy: pair.kid }
  const anchor = signHead(log, pair, '2026-03-01T10:00:04.000Z')
  const fields = ['repledger', '', 'Ада', 0, 1, 258, -1, 2 ** 53 - 1]
  const found = {
    privateKeySeed: hex(seed),
    encoding: { fields, hex: hex(lengthPrefixed(fields)) },
    events: chained().map(({ stored, hash: hashed, plain, context }) => ({
      ...stored,
      body: hex(stored.body),
      metadata: hex(stored.metadata),
      previousHash: hex(stored.previousHash),
      bodyHash: hash('sha256', stored.body),
      metadataHash: hash('sha256', stored.metadata),
      hash: hex(hashed),
      ...(stored.subject !== '' && {
        sealing: { dataKey: hex(dataKey), nonce: hex(nonce), additionalData: hex(context), plain },
      }),
    })),
    checkpoint: {
      ...{ ...checkpoint, hash: hex(checkpoint.hash), previous: hex(checkpoint.previous) },
      bytes: hex(checkpointBytes(checkpoint)),
      signature: hex(sign(null, checkpointBytes(checkpoint), privateKey)),
      itsHash: hex(hashCheckpoint(checkpoint)),
    },
    key: {
      ...{ ...key, publicKey: hex(der) },
      bytes: hex(publicKeyBytes(key)),
      signature: hex(sign(null, publicKeyBytes(key), privateKey)),
    },
    anchor: { ...anchor, bytes: hex(anchorBytes({ ...anchor, hash: Buffer.from(anchor.hash, 'hex') })) },
    export: [...exportedLines(log)].join('').trimEnd().split('\n'),
  }
  log.close()
  return found
}

if (import.meta.main) console.log(JSON.stringify(vectors(), null, 2))
