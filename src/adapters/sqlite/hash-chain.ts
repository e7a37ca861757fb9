import { hash, type KeyObject, verify } from 'node:crypto'
import { lengthPrefixed } from './sealing.ts'

/** What the first event and the first checkpoint name as the hash before them. */
export const GENESIS = Buffer.alloc(32)

/** An event as it is hashed: every stored column but the hash, with public names in place of integer keys. */
export type ChainedEvent = {
  position: number
  stream: string
  version: number
  eventId: string
  type: string
  schemaVersion: number
  recordedAt: string
  /** The name of the person's stream, or '' for what is nobody's. */
  subject: string
  body: Uint8Array
  metadata: Uint8Array
  previousHash: Uint8Array
}

export type Checkpoint = {
  position: number
  hash: Uint8Array
  count: number
  signedAt: string
  /** The hash of the checkpoint before, or zeros. */
  previous: Uint8Array
  keyId: string
}

export type PublicKeyRecord = {
  number: number
  keyId: string
  /** SPKI, DER. */
  publicKey: Uint8Array
  createdAt: string
  /** The key before it; its own id for the first. */
  signedBy: string
}

export function hashEvent(event: ChainedEvent): Buffer {
  return sha256(
    lengthPrefixed([
      'repledger event 1',
      event.position,
      event.stream,
      event.version,
      event.eventId,
      event.type,
      event.schemaVersion,
      event.recordedAt,
      event.subject,
      sha256(event.body),
      sha256(event.metadata),
      event.previousHash,
    ]),
  )
}

/** The bytes that are signed. */
export function checkpointBytes(checkpoint: Checkpoint): Buffer {
  const { position, hash, count, signedAt, previous, keyId } = checkpoint
  return lengthPrefixed(['repledger checkpoint 1', position, hash, count, signedAt, previous, keyId])
}

export function hashCheckpoint(checkpoint: Checkpoint): Buffer {
  return sha256(checkpointBytes(checkpoint))
}

export function verifyCheckpoint(
  checkpoint: Checkpoint,
  signature: Uint8Array,
  publicKey: KeyObject,
): boolean {
  return verify(null, checkpointBytes(checkpoint), publicKey, signature)
}

/** The bytes by which a key vouches for its successor. */
export function publicKeyBytes(record: PublicKeyRecord): Buffer {
  const { number, keyId, publicKey, createdAt, signedBy } = record
  return lengthPrefixed(['repledger public key 1', number, keyId, publicKey, createdAt, signedBy])
}

export function verifyPublicKey(record: PublicKeyRecord, signature: Uint8Array, signer: KeyObject): boolean {
  return verify(null, publicKeyBytes(record), signer, signature)
}

/** The bytes of an anchor that are signed. */
export function anchorBytes(anchor: Omit<Checkpoint, 'previous'>): Buffer {
  const { position, hash, count, signedAt, keyId } = anchor
  return lengthPrefixed(['repledger head 1', position, hash, count, signedAt, keyId])
}

/** A key's id is made from the key itself, so that no other key can stand under it. */
export function keyIdOf(publicKey: KeyObject): string {
  return hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 32)
}

function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}
