import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Fields one after the other, each led by its length, so that no two lists of fields give the same bytes. */
export function lengthPrefixed(fields: readonly (string | number | Uint8Array)[]): Buffer {
  const bytes = fields.map(asBytes)
  const whole = Buffer.allocUnsafe(bytes.reduce((total, field) => total + 4 + field.length, 0))
  let offset = 0
  for (const field of bytes) {
    offset = whole.writeUInt32BE(field.length, offset)
    whole.set(field, offset)
    offset += field.length
  }
  return whole
}

function asBytes(field: string | number | Uint8Array): Uint8Array {
  if (typeof field === 'string') return Buffer.from(field)
  if (typeof field !== 'number') return field
  const eight = Buffer.allocUnsafe(8)
  eight.writeBigInt64BE(BigInt.asIntN(64, BigInt(field)))
  return eight
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
  return Buffer.concat([Buffer.of(FORMAT), nonce, text, cipher.getAuthTag()])
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

/** Throws when the bytes were not sealed under this key and context, or were changed since. */
export function unseal(key: KeyObject, sealed: Uint8Array, context: Buffer): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
    throw new Error('These bytes are not in the sealed form.')
  }
  const tagAt = sealed.length - TAG_BYTES
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(context)
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plain = decipher.update(sealed.subarray(1 + NONCE_BYTES, tagAt))
  decipher.final()
  return plain
}
