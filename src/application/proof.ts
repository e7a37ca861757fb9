import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Passwords, Vault } from './ports.ts'

export type ProofNeed = {
  passwords: Passwords
  vault: Pick<Vault, 'passwordHash' | 'renewPasswordHash'>
}

/**
 * The hash as it is kept when the password is right, else undefined, after the same work for somebody who is
 * not known. Refuses `contended` when too busy. A hash that guessing is too easy with is made anew.
 */
export async function provenHash(
  { passwords, vault }: ProofNeed,
  userId: string | undefined,
  password: string,
): Promise<string | undefined | Refusal> {
  const hash = userId === undefined ? undefined : await vault.passwordHash(userId)
  const right = await passwords.verify(password, hash).catch(refusalThrown)
  if (isRefusal(right)) return right
  if (!right || userId === undefined || hash === undefined) return undefined
  if (!passwords.isOutdated(hash)) return hash
  const renewed = await passwords.hash(password).catch(refusalThrown)
  // Whoever is right is not sent away because renewing has to wait.
  if (isRefusal(renewed)) return hash
  await vault.renewPasswordHash(userId, { from: hash, to: renewed })
  return renewed
}

/** A queue that is full throws a refusal; any other failure goes on as it is. */
export function refusalThrown(error: unknown): Refusal {
  if (isRefusal(error)) return refuse(error.refusal, error.detail)
  throw error
}
