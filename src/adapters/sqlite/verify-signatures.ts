import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { hashAt } from './catch-up.ts'
import {
  CHECKPOINT_EVENTS,
  pageOfCheckpoints,
  publicKeyOf,
  publicKeysOf,
  type SignedCheckpoint,
  type SignedPublicKey,
} from './checkpoints.ts'
import type { Findings } from './findings.ts'
import { GENESIS, hashCheckpoint, keyIdOf, verifyCheckpoint, verifyPublicKey } from './hash-chain.ts'
import type { KeyPair } from './key-pairs.ts'

const PAGE_CHECKPOINTS = 1000

/**
 * The keys that checkpoints may be signed with, by their ids; a key that was found bad is there without
 * itself.
 */
type TrustedKeys = Map<string, KeyObject | undefined>

/**
 * The published keys: numbered without gaps, each named by what it is and signed by the one before it, and
 * each one that the vault holds the private half of. `pairs` is undefined where there is no vault to ask.
 */
export function verifyPublicKeys(
  log: Database,
  pairs: readonly KeyPair[] | undefined,
  findings: Findings,
): TrustedKeys {
  const trusted: TrustedKeys = new Map(pairs?.map(({ kid, publicKey }) => [kid, publicKey]))
  const held = new Set(trusted.keys())
  const published = new Set<string>()
  let before: { keyId: string; publicKey: KeyObject } | undefined
  for (const [index, record] of publicKeysOf(log).entries()) {
    const publicKey = readKey(record)
    const fault = faultOf(record, publicKey, before, index + 1)
    const isHeld = pairs === undefined || held.has(record.keyId)
    if (fault !== undefined || !isHeld) {
      const detail = fault ?? 'the vault does not hold its private half'
      findings.add({
        kind: 'forged-signature',
        detail: `Public key ${record.number} (${record.keyId}): ${detail}.`,
      })
    }
    if (!trusted.has(record.keyId))
      trusted.set(record.keyId, fault === undefined && isHeld ? publicKey : undefined)
    before = publicKey === undefined ? undefined : { keyId: record.keyId, publicKey }
    published.add(record.keyId)
  }
  for (const keyId of held) if (!published.has(keyId)) trusted.delete(keyId)
  return trusted
}

function faultOf(
  record: SignedPublicKey,
  publicKey: KeyObject | undefined,
  before: { keyId: string; publicKey: KeyObject } | undefined,
  number: number,
): string | undefined {
  if (record.number !== number) return `number ${number} is missing`
  if (publicKey === undefined) return 'it is not an Ed25519 key'
  if (keyIdOf(publicKey) !== record.keyId) return 'it is not the key that its id was made from'
  if (number > 1 && before === undefined) return undefined
  const signer = before ?? { keyId: record.keyId, publicKey }
  if (record.signedBy !== signer.keyId) return 'it is not signed by the key before it'
  if (!verifyPublicKey(record, record.signature, signer.publicKey)) return 'its signature does not fit'
  return undefined
}

function readKey(record: SignedPublicKey): KeyObject | undefined {
  try {
    const key = publicKeyOf(record)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    // Whatever was written over it, it is no key any more.
    return undefined
  }
}

/**
 * Every checkpoint: signed with a trusted key, following the one before it, holding the hash that the log has
 * at its position. A hash that differs is told once, and only where the chain itself did not show what was
 * changed.
 */
export function verifyCheckpoints(
  log: Database,
  trusted: TrustedKeys,
  head: number,
  firstBreak: number | undefined,
  findings: Findings,
): number {
  let before: SignedCheckpoint | undefined
  let doubtful = false
  let fits = 0
  let count = 0
  let rewritten = firstBreak !== undefined
  const forged = (position: number, detail: string) =>
    findings.add({ kind: 'forged-signature', position, detail })
  for (let page = pageOfCheckpoints(log, Number.MIN_SAFE_INTEGER, PAGE_CHECKPOINTS); page.length > 0; ) {
    for (const checkpoint of page) {
      const { position, previous } = checkpoint
      count += 1
      const fault = signatureFault(checkpoint, trusted)
      if (fault !== undefined) {
        forged(position, fault)
      } else {
        const expected = before === undefined ? GENESIS : hashCheckpoint(before)
        if (!doubtful && !previous.equals(expected)) {
          forged(position, `A checkpoint between position ${before?.position ?? 0} and this one is missing.`)
        }
        const hash = hashAt(log, position)
        if (hash?.equals(checkpoint.hash)) {
          fits = position
        } else if (!rewritten && position <= head) {
          rewritten = true
          const detail = `The signed checkpoint has another hash: the log was written anew after ${fits}.`
          findings.add({ kind: 'changed', position, detail })
        }
      }
      doubtful = fault !== undefined
      before = checkpoint
    }
    page = pageOfCheckpoints(log, before?.position ?? 0, PAGE_CHECKPOINTS)
  }
  const last = before?.position ?? 0
  if (firstBreak === undefined && overdue(log, last) >= 2 * CHECKPOINT_EVENTS) {
    forged(head, `No checkpoint is left of those that were signed after position ${last}.`)
  }
  return count
}

/**
 * How many events stand unsigned that no crash explains: those of the last moment may be of a batch that
 * was cut off before it was signed, and each start makes up for that.
 */
function overdue(log: Database, after: number): number {
  const select = `SELECT count(*) FROM events WHERE position > ?
    AND recorded_at < (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1)`
  return log.prepare<[number], number>(select).pluck().get(after) ?? 0
}

function signatureFault(checkpoint: SignedCheckpoint, trusted: TrustedKeys): string | undefined {
  const { keyId, signature, position, count } = checkpoint
  const key = trusted.get(keyId)
  if (key === undefined) {
    return trusted.has(keyId) ? undefined : `The checkpoint names the key ${keyId}, which is not published.`
  }
  if (position > 0 && count > 0 && verifyCheckpoint(checkpoint, signature, key)) return undefined
  return 'The signature of the checkpoint does not fit: it was changed or forged.'
}
