import type { KeyObject } from 'node:crypto'
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { keyIdOf } from './hash-chain.ts'
import { unwrap, wrap } from './vault.ts'

export type KeyPurpose = 'token' | 'checkpoint'
export type KeyPair = { kid: string; privateKey: KeyObject; publicKey: KeyObject; createdAt: string }

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

/** The pair that access tokens are signed with, and the one before it, whose tokens still count. */
export function tokenKeys(vault: Database, masterKey: KeyObject): { current: KeyPair; previous?: KeyPair } {
  const [current, previous] = keyPairs(vault, masterKey, 'token')
  if (current === undefined) throw new Error('The vault holds no key for access tokens.')
  return previous === undefined ? { current } : { current, previous }
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
