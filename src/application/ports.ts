import type { Metadata } from './event-log.ts'

/** The time, as milliseconds since 1970 UTC. */
export interface Clock {
  now(): number
}

/** Thrown where nothing can be written for now, as on a full disk; later the same may work. */
export class CannotWrite extends Error {
  override name = 'CannotWrite'
}

/** A new random UUID, version 4 or 7, in lower case. */
export type NewId = () => string

/** A random whole number from 0 to 2^32 - 1, for what must be repeatable to begin with. */
export type NewSeed = () => number

export interface Passwords {
  /** The hash to keep, in PHC form. Refuses nothing; waits its turn, as only a few run at a time. */
  hash(password: string): Promise<string>
  /** Takes the same time where there is no hash to compare with, and is then false. */
  verify(password: string, hash: string | undefined): Promise<boolean>
  /** Whether new hashes are harder to guess from than this one. */
  isOutdated(hash: string): boolean
}

/** The secrets that open accounts which have no password. */
export interface ClassicIds {
  /** A new random UUID of version 4: 122 bits that nobody can guess. */
  make(): string
  /** The keyed hash that such an id is kept and found by, in hex. */
  hmacOf(classicId: string): string
}

/** How long an access token lives. */
export const ACCESS_TOKEN_SECONDS = 600

/**
 * What a token allows: `login` is to manage the account and its credentials, `read` and `write` all else of
 * its person; the others are of operators.
 */
export type Scope = 'login' | 'read' | 'write' | 'audit' | 'metrics'

export type AccessClaims = { userId: string; loginId: string; tokenId: string; expiresAt: number }

/** Of any token. One that is no login's has its own id in place of the login's, an operator's everywhere. */
export type TokenClaims = AccessClaims & { scopes: readonly Scope[] }

export interface Tokens {
  /** A signed access token that lives for `expiresInSeconds`. */
  issue(userId: string, loginId: string): Promise<{ accessToken: string; expiresInSeconds: number }>
  /**
   * The claims of a token that we signed and that has not expired; whether its login has ended is not asked.
   */
  verify(accessToken: string): Promise<AccessClaims | undefined>
  /** Public keys as a JSON Web Key Set. */
  publicKeys(): Promise<{ keys: readonly Record<string, unknown>[] }>
}

export type Login = { loginId: string; userId: string }

export type HashChange = { from: string; to: string }

/** What can be destroyed: keys, password hashes, logins. All of it durable before the promise resolves. */
export interface Vault {
  /**
   * Makes the person's data key and keeps the password hash, where there is one yet. The person's first event
   * comes after.
   */
  createSubject(userId: string, passwordHash: string | undefined): Promise<void>
  /** Throws for somebody whose key was never made. */
  setPassword(userId: string, passwordHash: string): Promise<void>
  passwordHash(userId: string): Promise<string | undefined>
  /** The same password, hashed anew; nothing happens where it is another one by now. */
  renewPasswordHash(userId: string, change: HashChange): Promise<void>
  /**
   * A new password, which ends every other login and any ticket for a reset. False, and nothing happens,
   * where it is another one by now.
   */
  changePassword(login: Login, change: HashChange): Promise<boolean>
  /** A secret, good once until then, in place of any older one; undefined of nobody with a password. */
  giveResetTicket(userId: string, expiresAt: number): Promise<string | undefined>
  /** Whom this ticket lets in, until when. */
  resetTicket(ticket: string): Promise<{ userId: string; expiresAt: number } | undefined>
  /**
   * Spends a ticket, which ends every login and every personal access token. False, and nothing happens,
   * where it holds no longer.
   */
  resetPassword(ticket: string, passwordHash: string): Promise<boolean>
  /**
   * Starts a login, a family of refresh tokens of which this is the first; undefined of nobody, and where
   * the password is another by now than the one of this hash.
   */
  startLogin(userId: string, passwordHash: string): Promise<(Login & { refreshToken: string }) | undefined>
  /**
   * Spends a refresh token. Undefined when it is unknown, expired, or its login has ended; a token that was
   * spent more than 10 s ago ends its login, as somebody else has it.
   */
  spendRefreshToken(refreshToken: string): Promise<(Login & { refreshToken: string }) | undefined>
  endLogin(loginId: string): Promise<void>
  endEveryLogin(userId: string): Promise<void>
  /** Whose login this is; undefined for one that has ended or was never there. */
  userOfLogin(loginId: string): Promise<string | undefined>
  /** Answered from memory after the first question; true for a login that has ended or was never there. */
  loginHasEnded(loginId: string): Promise<boolean>
}

/** Asks to be told of everybody who is erased, so that no memory goes on holding what they did. */
export type WhenErased = (forget: (userId: string) => void) => void

/** Takes people out of everything that is kept, for good. */
export interface Erasures {
  /**
   * Appends the person's last event and deletes whatever opens or tells what they did; nothing of them is
   * appended from then on. `done` once no file holds a readable byte of it. Where that takes long, because
   * others still read the files, `done` is false and it is finished by itself. Asked again it goes on.
   */
  erase(userId: string, erasedAt: string, metadata: Metadata): Promise<{ done: boolean }>
  whenErased: WhenErased
}
