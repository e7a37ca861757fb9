import { hash, type KeyObject, verify } from 'node:crypto'
import { lengthPrefixed, writeInteger } from './sealing.ts'

/** What the first event and the first checkpoint name as the hash before them. */
export const GENESIS = Buffer.alloc(32)
export const HASH_BYTES = GENESIS.length

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
  return Buffer.from(hashText(event), 'latin1')
}

/**
 * The same hash as a text of 32 letters, which is made and compared three times as fast as bytes are. Throws
 * where a number is none that can be stored.
 */
export function hashText(event: ChainedEvent): string {
  const { position, stream, version, eventId, type, schemaVersion, recordedAt, subject } = event
  const letters = stream.length + eventId.length + type.length + recordedAt.length + subject.length
  // A letter takes three bytes at most.
  const most = FIXED_BYTES + 3 * letters + event.previousHash.length
  if (most > fields.length) fields = Buffer.concat([DOMAIN], most)
  let at = addNumber(DOMAIN.length, position)
  at = addText(at, stream)
  at = addNumber(at, version)
  at = addText(at, eventId)
  at = addText(at, type)
  at = addNumber(at, schemaVersion)
  at = addText(at, recordedAt)
  at = addText(at, subject)
  at = addHash(at, event.body)
  at = addHash(at, event.metadata)
  at = addBytes(at, event.previousHash)
  return hash('sha256', fields.subarray(0, at), 'binary')
}

const DOMAIN = lengthPrefixed(['repledger event 1'])
const [NUMBER, HASH, LENGTH] = [lengthPrefixed([0]), lengthPrefixed([GENESIS]), Buffer.alloc(4)]

/**
 * What stands before each column in the bytes that are hashed, with zeros for the numbers, lengths and hashes
 * that `hashInFrames` puts there.
 */
export const frames = {
  stream: Buffer.concat([DOMAIN, NUMBER, LENGTH]),
  eventId: Buffer.concat([NUMBER, LENGTH]),
  type: LENGTH,
  recordedAt: Buffer.concat([NUMBER, LENGTH]),
  subject: LENGTH,
  previousHash: Buffer.concat([HASH, HASH, LENGTH]),
}

/** An event in a page of bytes: the columns up to `previousHash` in their frames, and then the others. */
export type FramedEvent = {
  page: Buffer
  position: number
  version: number
  schemaVersion: number
  /** Where each begins. */
  places: { readonly [place in keyof typeof frames | 'begin' | 'hash' | 'body' | 'metadata' | 'end']: number }
}

/** The same hash, of bytes that stand in their place already. */
export function hashInFrames({ page, position, version, schemaVersion, places }: FramedEvent): string {
  const { begin, stream, eventId, type, recordedAt, subject, previousHash, body, metadata, end } = places
  writeInteger(position, page, begin + DOMAIN.length + LENGTH.length)
  page.writeUInt32BE(eventId - frames.eventId.length - stream, stream - LENGTH.length)
  writeInteger(version, page, eventId - NUMBER.length)
  page.writeUInt32BE(type - frames.type.length - eventId, eventId - LENGTH.length)
  page.writeUInt32BE(recordedAt - frames.recordedAt.length - type, type - LENGTH.length)
  writeInteger(schemaVersion, page, recordedAt - NUMBER.length)
  page.writeUInt32BE(subject - frames.subject.length - recordedAt, recordedAt - LENGTH.length)
  page.writeUInt32BE(previousHash - frames.previousHash.length - subject, subject - LENGTH.length)
  const metadataHash = previousHash - HASH.length
  page.write(hash('sha256', page.subarray(body, metadata), 'binary'), metadataHash - HASH.length, 'latin1')
  page.write(hash('sha256', page.subarray(metadata, end), 'binary'), metadataHash, 'latin1')
  page.writeUInt32BE(HASH_BYTES, previousHash - LENGTH.length)
  return hash('sha256', page.subarray(begin, places.hash), 'binary')
}

/** Of three numbers, two hashes, and the lengths of five texts and of the hash before. */
const FIXED_BYTES = DOMAIN.length + 3 * 12 + 2 * 36 + 6 * 4
// Written over by each event.
let fields = Buffer.concat([DOMAIN], 4096)

function addNumber(at: number, value: number): number {
  const length = writeInteger(value, fields, at + 4)
  fields.writeUInt32BE(length, at)
  return at + 4 + length
}

function addText(at: number, value: string): number {
  const length = fields.write(value, at + 4)
  fields.writeUInt32BE(length, at)
  return at + 4 + length
}

function addHash(at: number, bytes: Uint8Array): number {
  fields.writeUInt32BE(32, at)
  return at + 4 + fields.write(hash('sha256', bytes, 'binary'), at + 4, 'latin1')
}

function addBytes(at: number, bytes: Uint8Array): number {
  fields.writeUInt32BE(bytes.length, at)
  fields.set(bytes, at + 4)
  return at + 4 + bytes.length
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

// By way of text: memory of its own for each hash costs more than the hash.
function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary')
}
