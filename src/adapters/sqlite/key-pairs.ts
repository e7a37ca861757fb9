import type { KeyObject } from 'node:crypto'
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { ACCESS_TOKEN_SECONDS } from '../../application/ports.ts'
import { keyIdOf } from './hash-chain.ts'
import { unwrap, wrap } from './vault.ts'

export type KeyPurpose = 'token' | 'checkpoint'
export type KeyPair = { kid: string; privateKey: KeyObject; publicKey: KeyObject; createdAt: string }

// The life of the last token, and a minute for clocks that are set.
const OVERLAP_MILLISECONDS = (ACCESS_TOKEN_SECONDS + 60) * 1000

type Row = { keyId: string; privateKey: Buffer; createdAt: string }

/** The Ed25519 key pairs of a purpose, the newest first. */
export function keyPairs(vault: Database, masterKey: KeyObject, purpose: KeyPurpose): KeyPair[] {
  const select = `SELECT key_id AS keyId, private_key AS privateKey, created_at AS createdAt
    FROM key_pairs WHERE purpose = ? ORDER BY number DESC`
  return vault
    .prepare<[string], Row>(select)
    .all(purpose)
    .map(({ keyId, privateKey: wrapped, createdAt }) => {
      const key = unwrap(masterKey, wrapped, 'private key', purpose, keyId)
      const privateKey = createPrivateKey({ key, type: 'pkcs8', format: 'der' })
      // Made from what only the master key opens: a public half kept in the clear could be exchanged.
      return { kid: keyId, createdAt, privateKey, publicKey: createPublicKey(privateKey) }
    })
}

/** `countsUntil`: when the last token that it signed is over; never for the one that signs. */
export type TokenKeyPair = KeyPair & { countsUntil: number }

/** The pairs that access tokens may be signed with, the newest first, which signs. */
export function tokenKeys(vault: Database, masterKey: KeyObject): [TokenKeyPair, ...TokenKeyPair[]] {
  const [current, ...replaced] = keyPairs(vault, masterKey, 'token')
  if (current === undefined) throw new Error('The vault holds no key for access tokens.')
  let successor = current
  const counting = replaced.map((pair) => {
    const countsUntil = Date.parse(successor.createdAt) + OVERLAP_MILLISECONDS
    successor = pair
    return { ...pair, countsUntil }
  })
  return [{ ...current, countsUntil: Number.POSITIVE_INFINITY }, ...counting]
}

/** Forgets the pairs under which no access token can count any more. */
export function removeReplacedTokenKeys(vault: Database, now: number) {
  const before = new Date(now - OVERLAP_MILLISECONDS).toISOString()
  const remove = `DELETE FROM key_pairs WHERE purpose = 'token' AND number <
    (SELECT max(number) FROM key_pairs WHERE purpose = 'token' AND created_at <= ?)`
  vault.prepare(remove).run(before)
}

export function makeKeyPair(vault: Database, masterKey: KeyObject, purpose: KeyPurpose, createdAt: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const keyId = keyIdOf(publicKey)
  const wrapped = wrap(
    masterKey,
    privateKey.export({ type: 'pkcs8', format: 'der' }),
    'private key',
    purpose,
    keyId,
  )
  vault
    .prepare('INSERT INTO key_pairs (purpose, key_id, private_key, created_at) VALUES (?, ?, ?, ?)')
    .run(purpose, keyId, wrapped, createdAt)
}

/** What the vault holds one secret each for. */
export const secretPurposes = ['idempotency', 'classic id'] as const

export function makeSecret(vault: Database, masterKey: KeyObject, purpose: string) {
  vault
    .prepare('INSERT INTO secrets VALUES (?, ?)')
    .run(purpose, wrap(masterKey, randomBytes(32), 'secret', purpose))
}

export function secretOf(vault: Database, masterKey: KeyObject, purpose: string): KeyObject {
  const sealed = vault
    .prepare<[string], Buffer>('SELECT sealed FROM secrets WHERE purpose = ?')
    .pluck()
    .get(purpose)
  if (sealed === undefined) throw new Error(`The vault holds no secret for ${purpose}.`)
  return createSecretKey(unwrap(masterKey, sealed as Buffer, 'secret', purpose))
}
