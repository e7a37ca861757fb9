import type { KeyObject } from 'node:crypto'
import { errors, exportJWK, jwtVerify, SignJWT } from 'jose'
import type { Clock, NewId, Tokens } from '../../application/ports.ts'

const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const AUDIENCE = 'repledger'
const LIFE_SECONDS = 600

/** An Ed25519 pair, known by its `kid`. */
export type TokenKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject }

export type TokensNeed = {
  /** The current one signs; tokens signed by the one before it are still good. */
  keys: { current: TokenKey; previous?: TokenKey }
  /** The address that the world knows us by, or undefined for `repledger`. */
  issuer?: string | undefined
  clock: Clock
  newId: NewId
}

/** Access tokens as JSON Web Tokens of RFC 9068. */
export function createTokens({ keys, issuer = 'repledger', clock, newId }: TokensNeed): Tokens {
  const { current, previous } = keys
  const known = previous === undefined ? [current] : [current, previous]
  const publicKeys = new Map(known.map(({ kid, publicKey }) => [kid, publicKey]))

  return {
    async issue(userId, loginId) {
      const issuedAt = Math.floor(clock.now() / 1000)
      const accessToken = await new SignJWT({ sid: loginId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: current.kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(newId())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFE_SECONDS)
        .sign(current.privateKey)
      return { accessToken, expiresInSeconds: LIFE_SECONDS }
    },

    async verify(accessToken) {
      try {
        const { payload } = await jwtVerify(accessToken, ({ kid }) => keyOf(publicKeys, kid), {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
          currentDate: new Date(clock.now()),
        })
        const { sub: userId, sid: loginId, jti: tokenId, exp } = payload as SignedClaims
        return { userId, loginId, tokenId, expiresAt: exp * 1000 }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },

    async publicKeys() {
      const exported = known.map(async ({ kid, publicKey }) => {
        return { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }
      })
      return { keys: await Promise.all(exported) }
    },
  }
}

/** Only we sign, so what the signature covers has the types that we gave it. */
type SignedClaims = { sub: string; sid: string; jti: string; exp: number }

function keyOf(publicKeys: ReadonlyMap<string, KeyObject>, kid: string | undefined) {
  const key = publicKeys.get(kid ?? '')
  if (key === undefined) throw new errors.JWKSNoMatchingKey()
  return key
}
