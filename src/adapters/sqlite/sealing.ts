import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Fields one after the other, each led by its length, so that no two lists of fields give the same bytes. */
export function lengthPrefixed(fields: readonly (string | number | Uint8Array)[]): Buffer {
  let most = 0
  for (const field of fields) most += 4 + mostBytes(field)
  const whole = Buffer.allocUnsafe(most)
  let at = 0
  for (const field of fields) {
    const length = write(field, whole, at + 4)
    whole.writeUInt32BE(length, at)
    at += 4 + length
  }
  return whole.subarray(0, at)
}

// A letter takes three bytes at most.
function mostBytes(field: string | number | Uint8Array): number {
  if (typeof field === 'number') return 8
  return typeof field === 'string' ? 3 * field.length : field.length
}

function write(field: string | number | Uint8Array, whole: Buffer, at: number): number {
  if (typeof field === 'string') return whole.write(field, at)
  if (typeof field === 'number') return writeInteger(field, whole, at)
  whole.set(field, at)
  return field.length
}

/** Eight bytes, the sign among them; says how many. Throws on what is no whole number. */
export function writeInteger(value: number, whole: Buffer, at: number): number {
  if (Number.isSafeInteger(value)) {
    whole.writeInt32BE(Math.floor(value / 2 ** 32), at)
    whole.writeUInt32BE(value >>> 0, at + 4)
  } else {
    whole.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)), at)
  }
  return 8
}

/** What a sealed body is bound to: at another place in the log, or under another type, it does not open. */
export function sealedContext(stream: string, version: number, type: string, schemaVersion: number): Buffer {
  return lengthPrefixed(['repledger body', stream, version, type, schemaVersion])
}

/** AES-256-GCM under a random nonce: format byte, nonce, ciphertext, tag. */
export function seal(key: KeyObject, plain: Uint8Array | string, context: Buffer): Buffer {
  const nonce = newNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(context)
  const text = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  cipher.final()
  const sealed = Buffer.allocUnsafe(1 + NONCE_BYTES + text.length + TAG_BYTES)
  sealed[0] = FORMAT
  sealed.set(nonce, 1)
  sealed.set(text, 1 + NONCE_BYTES)
  sealed.set(cipher.getAuthTag(), 1 + NONCE_BYTES + text.length)
  return sealed
}

// Drawn many at a time, as each call costs as much as the sealing; no part is ever handed out twice.
const nonces = Buffer.alloc(NONCE_BYTES * 256)
let drawn = nonces.length

function newNonce(): Buffer {
  if (drawn === nonces.length) {
    randomFillSync(nonces)
    drawn = 0
  }
  drawn += NONCE_BYTES
  return nonces.subarray(drawn - NONCE_BYTES, drawn)
}

const withTag = { authTagLength: TAG_BYTES }

/** Throws when the bytes were not sealed under this key and context, or were changed since. */
export function unseal(key: KeyObject, sealed: Uint8Array, context: Buffer): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
    throw new Error('These bytes are not in the sealed form.')
  }
  const tagAt = sealed.length - TAG_BYTES
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, withTag)
  decipher.setAAD(context)
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plain = decipher.update(sealed.subarray(1 + NONCE_BYTES, tagAt))
  decipher.final()
  return plain
}
