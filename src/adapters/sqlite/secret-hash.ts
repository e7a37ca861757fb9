import { hash } from 'node:crypto'

/** What is kept of a secret that is shown once. It is random, so that one round of hashing is enough. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
