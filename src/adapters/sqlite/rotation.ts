import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { RotatedKeys } from '../../application/audit.ts'
import { type Checkpoints, publishedPair, publishKeys } from './checkpoints.ts'
import { createJointTransaction } from './joint-transaction.ts'
import { keyPairs, makeKeyPair, removeReplacedTokenKeys, tokenKeys } from './key-pairs.ts'

export type RotationParts = {
  vault: Database
  log: Database
  masterKey: KeyObject
  checkpoints: Checkpoints
}

/** Makes the keys that sign from then on, and publishes the one of the checkpoints in the log. */
export function createRotation({ vault, log, masterKey, checkpoints }: RotationParts) {
  const transaction = createJointTransaction([vault, log])
  const commit = [vault, log].map((file) => file.prepare('COMMIT'))

  return (now: number): RotatedKeys => {
    const at = new Date(now).toISOString()
    const signing = publishedPair(log, keyPairs(vault, masterKey, 'checkpoint'))
    try {
      transaction.begin()
      makeKeyPair(vault, masterKey, 'token', at)
      makeKeyPair(vault, masterKey, 'checkpoint', at)
      removeReplacedTokenKeys(vault, now)
      publishKeys(log, keyPairs(vault, masterKey, 'checkpoint'))
      // The vault first: a key that it alone knows is published by the next start, the other way round it
      // would be a key that nobody has.
      for (const statement of commit) statement.run()
    } finally {
      transaction.rollBack()
    }
    const [token, replaced] = tokenKeys(vault, masterKey)
    const next = publishedPair(log, keyPairs(vault, masterKey, 'checkpoint'))
    checkpoints.signWith(next)
    return {
      tokens: {
        keyId: token.kid,
        replaced: (replaced as typeof token).kid,
        until: new Date((replaced as typeof token).countsUntil).toISOString(),
      },
      checkpoints: { keyId: next.kid, replaced: signing.kid },
    }
  }
}
