import { hash } from 'node:crypto'
import { keepNewest } from '../../application/keep-newest.ts'
import type { Scope, WhenErased } from '../../application/ports.ts'
import { Problem } from './problem.ts'
import type { Caller } from './route.ts'

export type Authentication = {
  /** The claims of a token that holds, or undefined. Asked once for each token. */
  authenticate: (token: string) => Promise<Caller | undefined>
  /** Asked at every request. */
  loginHasEnded: (loginId: string) => Promise<boolean>
  /** Told at every request of a token that holds. */
  onUse?: (caller: Caller) => void
  /** Milliseconds since 1970. */
  now: () => number
  whenErased?: WhenErased
  /** Asked only after a failure: whether somebody who was there is there no more. */
  isGone?: (userId: string) => Promise<boolean>
}

const CREDENTIALS = /^Bearer +([\w\-.~+/]+=*) *$/i
const REFUSED = { 'www-authenticate': 'Bearer realm="repledger", error="invalid_token"' }
const KEPT_TOKENS = 10_000

/** Who bears the token of an Authorization header; throws a 401 for whoever does not. */
export function createBearer({ authenticate, loginHasEnded, now, onUse, whenErased }: Authentication) {
  const known = new Map<string, Caller>()
  whenErased?.((userId) => {
    for (const [digest, claims] of known) if (claims.userId === userId) known.delete(digest)
  })

  return async (authorization: string | undefined): Promise<Caller> => {
    const token = CREDENTIALS.exec(authorization ?? '')?.[1]
    if (token === undefined)
      throw new Problem('unauthenticated', 'Send an access token as `Authorization: Bearer`.')
    const digest = hash('sha256', token, 'base64')
    const claims = known.get(digest) ?? (await authenticate(token))
    if (claims === undefined || claims.expiresAt <= now() || (await loginHasEnded(claims.loginId))) {
      known.delete(digest)
      throw new Problem('unauthenticated', 'The access token has expired or is not valid.', {
        headers: REFUSED,
      })
    }
    keepNewest(known, digest, claims, KEPT_TOKENS)
    onUse?.(claims)
    return claims
  }
}

/** Throws a 403 for a token that does not allow this. */
export function demandScope({ scopes }: Caller, scope: Scope | undefined): void {
  if (scope === undefined || scopes.includes(scope)) return
  const challenge = `Bearer realm="repledger", error="insufficient_scope", scope="${scope}"`
  throw new Problem('insufficient-scope', `This needs a token of the scope \`${scope}\`.`, {
    headers: { 'www-authenticate': challenge },
  })
}
