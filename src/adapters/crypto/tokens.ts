import type { KeyObject } from 'node:crypto'
import { errors, exportJWK, jwtVerify, SignJWT } from 'jose'
import { ACCESS_TOKEN_SECONDS, type Clock, type NewId, type Tokens } from '../../application/ports.ts'

const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const AUDIENCE = 'repledger'
/** By so much the clock may have been set back since a token was issued. */
const LEEWAY_SECONDS = 10

/** An Ed25519 pair, known by its `kid`; the tokens that it signed are good until a time. */
export type TokenKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject; countsUntil: number }

export type TokensNeed = {
  /** The keys as they are now: the first one signs, those that it replaced are good for a while. */
  keys: () => readonly [TokenKey, ...TokenKey[]]
  /** The address that the world knows us by, or undefined for `repledger`. */
  issuer?: string | undefined
  clock: Clock
  newId: NewId
}

/** Access tokens as JSON Web Tokens of RFC 9068. */
export function createTokens({ keys, issuer = 'repledger', clock, newId }: TokensNeed): Tokens {
  const counting = () => keys().filter(({ countsUntil }) => countsUntil > clock.now())

  function keyOf(kid: string | undefined): TokenKey {
    const key = counting().find((known) => known.kid === kid)
    if (key === undefined) throw new errors.JWKSNoMatchingKey()
    return key
  }

  return {
    async issue(userId, loginId) {
      const [current] = keys()
      const issuedAt = Math.floor(clock.now() / 1000)
      const accessToken = await new SignJWT({ sid: loginId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: current.kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(newId())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
        .sign(current.privateKey)
      return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS }
    },

    async verify(accessToken) {
      try {
        const { payload, protectedHeader } = await jwtVerify(accessToken, ({ kid }) => keyOf(kid).publicKey, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
          currentDate: new Date(clock.now()),
        })
        const { sub: userId, sid: loginId, jti: tokenId, iat, exp } = payload as SignedClaims
        const isOfNow = iat <= clock.now() / 1000 + LEEWAY_SECONDS && exp <= iat + ACCESS_TOKEN_SECONDS
        if (!isOfNow || !isCanonical(accessToken)) return undefined
        const { countsUntil } = keyOf(protectedHeader.kid)
        return { userId, loginId, tokenId, expiresAt: Math.min(exp * 1000, countsUntil) }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },

    async publicKeys() {
      const exported = counting().map(async ({ kid, publicKey }) => {
        return { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }
      })
      return { keys: await Promise.all(exported) }
    },
  }
}

/** False of another spelling of the same bytes, which base64 has room for behind the last whole byte. */
function isCanonical(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}

/** Only we sign, so what the signature covers has the types that we gave it. */
type SignedClaims = { sub: string; sid: string; jti: string; iat: number; exp: number }
