import { createPublicKey, sign, verify } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Anchor, Head, HeadReport } from '../../application/audit.ts'
import { hashAt } from './catch-up.ts'
import { publicKeysOf } from './checkpoints.ts'
import type { Findings } from './findings.ts'
import { anchorBytes, GENESIS, keyIdOf } from './hash-chain.ts'
import type { KeyPair } from './key-pairs.ts'
import { headOf } from './log-file.ts'
import { UnusableData } from './unusable-data.ts'

const FORMAT = 'repledger head 1'

/** Signs the head as it is now, with the key that signs checkpoints. */
export function signHead(log: Database, { kid: keyId, publicKey, privateKey }: KeyPair, at: string): Anchor {
  const { position, hash } = headOf(log)
  const upTo = log.prepare<[number], number>('SELECT count(*) FROM events WHERE position <= ?').pluck()
  const signed = { position, hash, count: upTo.get(position) as number, signedAt: at, keyId }
  return {
    format: FORMAT,
    ...signed,
    hash: hash.toString('hex'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    signature: sign(null, anchorBytes(signed), privateKey).toString('hex'),
  }
}

/** An anchor, or a head that was kept without a signature: what `head --json` and the API answer. */
export type KeptHead = Anchor | HeadReport

/** Throws `UnusableData` for anything else. */
export function readKeptHead(text: string): KeptHead {
  const kept = parsed(text)
  const isKept = isHead(kept) && (kept.format === FORMAT ? isAnchor(kept) : 'checkpoint' in kept)
  if (!isKept) throw new UnusableData('The file holds no head that was kept: see `head --sign`.')
  return kept as unknown as KeptHead
}

/** What was kept elsewhere against the log: a tail cut off, history written anew, the key of another log. */
export function verifyKeptHead(log: Database, kept: KeptHead, findings: Findings) {
  if ('format' in kept) {
    const fault = signatureFault(log, kept)
    if (fault !== undefined) findings.add({ kind: 'forged-signature', detail: fault })
    verifyPlace(log, kept, 'the head that was kept', findings)
    return
  }
  const { checkpoint } = kept
  verifyPlace(log, kept, 'the head that was kept', findings)
  if (checkpoint !== null) verifyPlace(log, checkpoint, 'the checkpoint that was kept', findings)
}

/** One position and its hash, as somebody outside of the log has them. */
export function verifyPlace(log: Database, { position, hash }: Head, witness: string, findings: Findings) {
  const head = headOf(log).position
  if (position > head) {
    const detail = `The log ends at position ${head}, but ${witness} is of position ${position}.`
    findings.add({ kind: 'cut', position: head, detail })
    return
  }
  const found = position === 0 ? GENESIS : hashAt(log, position)
  if (found?.toString('hex') === hash.toLowerCase()) return
  const detail = `Its hash is not that of ${witness}: the log was written anew at or before this position.`
  findings.add({ kind: 'changed', position, detail })
}

function signatureFault(log: Database, anchor: Anchor): string | undefined {
  const { keyId } = anchor
  if (!isSigned(anchor))
    return 'The signature of the head that was kept does not fit: it was changed or forged.'
  if (publicKeysOf(log).some((key) => key.keyId === keyId)) return undefined
  return (
    `The head that was kept is signed with the key ${keyId}, which is not published in this log: ` +
    'it is of another log, or the keys of this one were exchanged.'
  )
}

function isSigned(anchor: Anchor): boolean {
  try {
    const der = Buffer.from(anchor.publicKey, 'hex')
    const publicKey = createPublicKey({ key: der, type: 'spki', format: 'der' })
    const bytes = anchorBytes({ ...anchor, hash: Buffer.from(anchor.hash, 'hex') })
    const isOwn = publicKey.asymmetricKeyType === 'ed25519' && keyIdOf(publicKey) === anchor.keyId
    return isOwn && verify(null, bytes, publicKey, Buffer.from(anchor.signature, 'hex'))
  } catch {
    // What is no key has signed nothing.
    return false
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

function isHead(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false
  const { position, hash, checkpoint = null } = value as Fields
  if (!Number.isSafeInteger(position) || typeof hash !== 'string') return false
  return checkpoint === null || isHead(checkpoint)
}

function isAnchor({ count, signedAt, keyId, publicKey, signature }: Fields): boolean {
  const texts = [signedAt, keyId, publicKey, signature]
  return Number.isSafeInteger(count) && texts.every((text) => typeof text === 'string')
}
