import { type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { keepNewest } from './keep-newest.ts'
import type { AccessClaims, Clock, Scope, TokenClaims } from './ports.ts'

/** What may be known of a token by whoever manages it; times in milliseconds since 1970. */
export type AccessToken = {
  id: string
  name: string
  scopes: readonly Scope[]
  createdAt: number
  expiresAt: number | undefined
  lastUsedAt: number | undefined
}

export type NewAccessToken = { name: string; scopes: readonly Scope[]; expiresAt?: number | undefined }

/** Tokens that live until they are revoked or expire. An owner is a person, or undefined: the operator. */
export interface AccessTokenVault {
  /** Gives the secret, which nobody can ask for again; undefined where the owner has `most` already. */
  keep(
    owner: string | undefined,
    token: NewAccessToken,
    most: number,
  ): Promise<(AccessToken & { token: string }) | undefined>
  /** The newest first. */
  of(owner: string | undefined): Promise<AccessToken[]>
  /** False where the owner has none of this id. From then on the token opens nothing. */
  revoke(owner: string | undefined, id: string): Promise<boolean>
  /** Whose this is and what it allows; undefined of an unknown one. An expired one says when it was. */
  find(token: string): Promise<TokenClaims | undefined>
  noteUse(id: string, usedAt: number): Promise<void>
}

type Place = Pick<AccessToken, 'createdAt' | 'id'>

export type AccessTokens = ReturnType<typeof createAccessTokens>

type Needs = {
  vault: AccessTokenVault
  /** The claims of the access token of a login. */
  authenticate: (accessToken: string) => Promise<AccessClaims | undefined>
  clock: Clock
}

export const accessTokenLimits = { most: 50, nameLength: 100 } as const

const LOGIN_SCOPES: readonly Scope[] = ['login', 'read', 'write']
const NOTED_EVERY_MILLISECONDS = 60_000
const REMEMBERED_USES = 10_000
// No access token of a login begins like this: those are three parts of base64url, and dots between.
const KEPT = /^rlo?_/

/** The tokens that people give to programs, and those of the operator. */
export function createAccessTokens({ vault, authenticate, clock }: Needs) {
  const noted = new Map<string, number>()

  return {
    /** The claims of a token of any kind. */
    async authenticate(token: string): Promise<TokenClaims | undefined> {
      if (KEPT.test(token)) return vault.find(token)
      const claims = await authenticate(token)
      return claims && { ...claims, scopes: LOGIN_SCOPES }
    },

    /** Keeps that a token was used, at most once a minute, as each time is a write; nobody waits for it. */
    noteUse({ tokenId, scopes }: Pick<TokenClaims, 'tokenId' | 'scopes'>) {
      if (scopes === LOGIN_SCOPES) return
      const now = clock.now()
      if (now - (noted.get(tokenId) ?? Number.NEGATIVE_INFINITY) < NOTED_EVERY_MILLISECONDS) return
      keepNewest(noted, tokenId, now, REMEMBERED_USES)
      // A full disk must not keep anybody from reading.
      vault.noteUse(tokenId, now).catch(() => {})
    },

    async make(owner: string | undefined, { name, scopes, expiresAt }: NewAccessToken) {
      if (expiresAt !== undefined && expiresAt <= clock.now()) {
        return refuseFields([
          { pointer: '/expiresAt', code: 'not-future', message: '`expiresAt` must lie in the future.' },
        ])
      }
      const { most } = accessTokenLimits
      const made = await vault.keep(owner, { name, scopes, expiresAt }, most)
      return (
        made ?? refuse('too-many-tokens', `There are ${most} tokens, expired ones too; delete one first.`)
      )
    },

    /** The newest first; `after` is what the page before ended with. */
    async list(owner: string | undefined, limit: number, after?: Place) {
      const tokens = await vault.of(owner)
      const left = after === undefined ? tokens : tokens.filter((token) => isBehind(token, after))
      const items = left.slice(0, limit)
      return { items, next: left.length > limit ? items.at(-1) : undefined }
    },

    async revoke(owner: string | undefined, id: string): Promise<Refusal | undefined> {
      const isRevoked = await vault.revoke(owner, id)
      return isRevoked ? undefined : refuse('not-found', 'There is no such token.')
    },
  }
}

function isBehind(one: Place, other: Place): boolean {
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt
}
