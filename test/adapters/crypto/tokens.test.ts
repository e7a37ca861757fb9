import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTokens, type TokenKey } from '../../../src/adapters/crypto/tokens.ts'

const at = Date.parse('2025-06-15T12:00:00.900Z')
const pair = (kid: string, countsUntil = Number.POSITIVE_INFINITY): TokenKey => {
  return { kid, ...generateKeyPairSync('ed25519'), countsUntil }
}
const [old, current, strange] = [pair('old', at + 660_000), pair('current'), pair('strange')]
const tokensAt = (now: number, ...keys: TokenKey[]) => {
  const [first = current, ...more] = keys.length === 0 ? [current, old] : keys
  return createTokens({ keys: () => [first, ...more], clock: { now: () => now }, newId: () => 'token-1' })
}

const issuing = suite('tokens')

issuing('claim who, which login, and for how long', async () => {
  const { accessToken, expiresInSeconds } = await tokensAt(at).issue('ann', 'login-1')
  assert.is(expiresInSeconds, 600)
  assert.equal(decodeProtectedHeader(accessToken), { alg: 'EdDSA', typ: 'at+jwt', kid: 'current' })
  const iat = Math.floor(at / 1000)
  assert.equal(decodeJwt(accessToken), {
    iss: 'repledger',
    aud: 'repledger',
    sub: 'ann',
    sid: 'login-1',
    jti: 'token-1',
    iat,
    exp: iat + 600,
  })
  assert.equal(await tokensAt(at).verify(accessToken), {
    userId: 'ann',
    loginId: 'login-1',
    tokenId: 'token-1',
    expiresAt: Date.parse('2025-06-15T12:10:00.000Z'),
  })
})

issuing('are good for ten minutes', async () => {
  const { accessToken } = await tokensAt(at).issue('ann', 'login-1')
  const expiresAt = Date.parse('2025-06-15T12:10:00.000Z')
  assert.ok(await tokensAt(expiresAt - 1).verify(accessToken))
  assert.is(await tokensAt(expiresAt).verify(accessToken), undefined)
})

issuing('are good under a key that was replaced while that counts, and under no other', async () => {
  const { accessToken } = await tokensAt(at + 300_000, old).issue('ann', 'login-1')
  assert.ok(await tokensAt(at + 659_999).verify(accessToken))
  assert.is(await tokensAt(at + 660_000).verify(accessToken), undefined)
  assert.is(await tokensAt(at, current).verify(accessToken), undefined)
})

issuing('end with their key at the latest, for whoever keeps what they claim', async () => {
  const { accessToken } = await tokensAt(at + 300_000, old).issue('ann', 'login-1')
  assert.is((await tokensAt(at + 300_000).verify(accessToken))?.expiresAt, at + 660_000)
})

issuing('are signed by a new key from the moment that it is there', async () => {
  const keys: [TokenKey, ...TokenKey[]] = [old]
  const tokens = createTokens({ keys: () => keys, clock: { now: () => at }, newId: () => 'token-1' })
  const before = await tokens.issue('ann', 'login-1')
  keys.unshift(current)
  const after = await tokens.issue('ann', 'login-1')
  const kids = [before, after].map(({ accessToken }) => decodeProtectedHeader(accessToken).kid)
  assert.equal(kids, ['old', 'current'])
  assert.ok((await tokens.verify(before.accessToken)) && (await tokens.verify(after.accessToken)))
})

issuing('are good where the clock was set back a little since', async () => {
  const { accessToken } = await tokensAt(at).issue('ann', 'login-1')
  const issuedAt = Math.floor(at / 1000) * 1000
  assert.ok(await tokensAt(issuedAt - 10_000).verify(accessToken))
  assert.is(await tokensAt(issuedAt - 10_001).verify(accessToken), undefined)
})

issuing('carry the address that issued them, and are good there only', async () => {
  const there = createTokens({
    ...{ keys: () => [current], clock: { now: () => at }, newId: () => 'token-1' },
    issuer: 'https://gym.example.org',
  })
  const { accessToken } = await there.issue('ann', 'login-1')
  assert.is(decodeJwt(accessToken).iss, 'https://gym.example.org')
  assert.ok(await there.verify(accessToken))
  assert.is(await tokensAt(at).verify(accessToken), undefined)
})

type Forged = { header?: object; claims?: object; key?: KeyObject | Uint8Array }

function forge({ header = {}, claims = {}, key = current.privateKey }: Forged) {
  const iat = Math.floor(at / 1000)
  const all = {
    iss: 'repledger',
    aud: 'repledger',
    sub: 'ann',
    sid: 'login-1',
    jti: 'token-1',
    iat,
    exp: iat + 600,
  }
  return new SignJWT({ ...all, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'current', ...header })
    .sign(key)
}

const refusing = suite('a token that is not ours')

refusing('is refused, as this one here shows that only the forgery is why', async () => {
  assert.ok(await tokensAt(at).verify(await forge({})))
})

const forgeries: Record<string, Forged> = {
  'signed by another key': { key: strange.privateKey },
  'signed by an unknown key': { key: strange.privateKey, header: { kid: 'strange' } },
  'without the name of its key': { header: { kid: undefined } },
  'of another type': { header: { typ: 'JWT' } },
  'without a type': { header: { typ: undefined } },
  'signed with a secret that is the public key': {
    header: { alg: 'HS256' },
    key: current.publicKey.export({ type: 'spki', format: 'der' }),
  },
  'of another issuer': { claims: { iss: 'somebody' } },
  'for another audience': { claims: { aud: 'somebody' } },
  'without a person': { claims: { sub: undefined } },
  'without a login': { claims: { sid: undefined } },
  'without an end': { claims: { exp: undefined } },
  'that lives longer than ours do': { claims: { exp: Math.floor(at / 1000) + 601 } },
}

for (const [name, forgery] of Object.entries(forgeries)) {
  refusing(`is refused: ${name}`, async () => {
    assert.is(await tokensAt(at).verify(await forge(forgery)), undefined)
  })
}

refusing('is refused: not signed at all', async () => {
  const unsigned = new UnsecuredJWT({ sid: 'login-1' }).setSubject('ann').setIssuer('repledger').encode()
  for (const token of [unsigned, '', 'a.b.c', 'nonsense']) {
    assert.is(await tokensAt(at).verify(token), undefined)
  }
})

refusing('is refused: one letter changed', async () => {
  const { accessToken } = await tokensAt(at).issue('ann', 'login-1')
  const [header, claims, signature] = accessToken.split('.') as [string, string, string]
  const other = Buffer.from(claims, 'base64url').toString().replace('ann', 'bob')
  const changed = [header, Buffer.from(other).toString('base64url'), signature].join('.')
  assert.is(await tokensAt(at).verify(changed), undefined)
})

refusing('is refused: the same bytes, spelled in another way', async () => {
  const token = await forge({})
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = letters.indexOf(token.at(-1) as string)
  const respelled = `${token.slice(0, -1)}${letters[last ^ 1]}`
  const [one, other] = [token, respelled].map((text) => Buffer.from(text.split('.')[2] ?? '', 'base64url'))
  assert.equal(other, one)
  assert.is(await tokensAt(at).verify(respelled), undefined)
})

refusing('is not what a failure of our own looks like', async () => {
  const broken = createTokens({
    keys: () => [current],
    clock: {
      now() {
        throw new Error('no time')
      },
    },
    newId: () => 'token-1',
  })
  const failed = await broken.verify(await forge({})).catch((error: Error) => error.message)
  assert.is(failed, 'no time')
})

issuing.run()
refusing.run()

const publishing = suite('publicKeys')

publishing('shows what checks the tokens, and nothing of what signs them', async () => {
  const shown = await tokensAt(at).publicKeys()
  const expected = [current, old].map(({ kid, publicKey }) => {
    const { x } = publicKey.export({ format: 'jwk' })
    return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
  })
  assert.equal(shown, { keys: expected })
})

publishing('shows a key that was replaced for as long as tokens live under it', async () => {
  const kidsAt = async (now: number) => (await tokensAt(now).publicKeys()).keys.map(({ kid }) => kid)
  assert.equal(await kidsAt(at + 659_999), ['current', 'old'])
  assert.equal(await kidsAt(at + 660_000), ['current'])
})

publishing.run()
