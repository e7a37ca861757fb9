import { createPublicKey, sign } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { PublicKeyRecord } from './hash-chain.ts'
import { type Checkpoint, checkpointBytes, GENESIS, hashCheckpoint, publicKeyBytes } from './hash-chain.ts'
import type { KeyPair } from './key-pairs.ts'
import type { Head } from './log-file.ts'
import { UnusableData } from './unusable-data.ts'

/** So many events at most stand unsigned once a batch is done. */
export const CHECKPOINT_EVENTS = 1000

export type SignedCheckpoint = Checkpoint & { hash: Buffer; previous: Buffer; signature: Buffer }
export type SignedPublicKey = PublicKeyRecord & { publicKey: Buffer; signature: Buffer }

const selectCheckpoints = `SELECT position, hash, count, signed_at AS signedAt, previous, key_id AS keyId,
  signature FROM checkpoints`

export function lastCheckpoint(log: Database): SignedCheckpoint | undefined {
  return log.prepare<[], SignedCheckpoint>(`${selectCheckpoints} ORDER BY position DESC LIMIT 1`).get()
}

/** A checkpoint as it is handed out. */
export function hexOf({ position, hash, signedAt, keyId, signature }: SignedCheckpoint) {
  return {
    ...{ position, hash: hash.toString('hex'), signedAt, keyId },
    signature: signature.toString('hex'),
  }
}

/** The next checkpoints after a position, in order. */
export function pageOfCheckpoints(log: Database, afterPosition: number, limit: number): SignedCheckpoint[] {
  return log
    .prepare<[number, number], SignedCheckpoint>(
      `${selectCheckpoints} WHERE position > ? ORDER BY position LIMIT ?`,
    )
    .all(afterPosition, limit)
}

/** Every public key that signs or signed checkpoints, the oldest first. */
export function publicKeysOf(log: Database): SignedPublicKey[] {
  const select = `SELECT number, key_id AS keyId, public_key AS publicKey, created_at AS createdAt,
    signed_by AS signedBy, signature FROM public_keys ORDER BY number`
  return log.prepare<[], SignedPublicKey>(select).all()
}

/** Adds to the log the public halves that it lacks, each signed by its predecessor, the first by itself. */
export function publishKeys(log: Database, pairs: readonly KeyPair[]) {
  const published = publicKeysOf(log)
  const known = new Set(published.map(({ keyId }) => keyId))
  const oldestFirst = pairs.toReversed()
  if (published.length > 0 && !published.every(({ keyId }) => oldestFirst.some(({ kid }) => kid === keyId))) {
    throw new UnusableData(
      'log.db was signed with keys that this vault.db does not hold: they do not belong together.',
    )
  }
  const insert = log.prepare('INSERT INTO public_keys VALUES (?, ?, ?, ?, ?, ?)')
  for (const [index, pair] of oldestFirst.entries()) {
    if (known.has(pair.kid)) continue
    const signer = oldestFirst[index - 1] ?? pair
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' })
    const record = {
      number: index + 1,
      keyId: pair.kid,
      publicKey,
      createdAt: pair.createdAt,
      signedBy: signer.kid,
    }
    const signature = sign(null, publicKeyBytes(record), signer.privateKey)
    insert.run(record.number, record.keyId, publicKey, record.createdAt, record.signedBy, signature)
  }
}

/** The newest pair whose public half is in the log, where whoever reads a signature looks for it. */
export function publishedPair(log: Database, pairs: readonly KeyPair[]): KeyPair {
  const published = new Set(publicKeysOf(log).map(({ keyId }) => keyId))
  const pair = pairs.find(({ kid }) => published.has(kid))
  if (pair === undefined) throw new UnusableData('vault.db holds no key to sign with.')
  return pair
}

export function publicKeyOf(record: SignedPublicKey) {
  return createPublicKey({ key: record.publicKey, type: 'spki', format: 'der' })
}

export type Checkpoints = {
  /** How many events up to this position no checkpoint covers. */
  unsigned: (position: number) => number
  /** Signs the head; a transaction of its own. Nothing to do where it is signed already. */
  sign: (head: Head, at: string) => void
  /** Signs with another pair from now on; its public half must be in the log. */
  signWith: (pair: KeyPair) => void
}

export function createCheckpoints(log: Database, first: KeyPair): Checkpoints {
  const insert = log.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?)')
  const countAfter = log.prepare<[number], number>('SELECT count(*) FROM events WHERE position > ?').pluck()
  let pair = first
  let last = lastCheckpoint(log)
  const unsigned = (position: number) => position - (last?.position ?? 0)
  return {
    unsigned,
    sign({ position, hash }, at) {
      if (unsigned(position) === 0) return
      const checkpoint = {
        position,
        hash,
        count: (last?.count ?? 0) + (countAfter.get(last?.position ?? 0) as number),
        signedAt: at,
        previous: last === undefined ? GENESIS : hashCheckpoint(last),
        keyId: pair.kid,
      }
      const signature = sign(null, checkpointBytes(checkpoint), pair.privateKey)
      insert.run(position, hash, checkpoint.count, at, checkpoint.previous, pair.kid, signature)
      last = { ...checkpoint, signature }
    },
    signWith(next) {
      pair = next
    },
  }
}
