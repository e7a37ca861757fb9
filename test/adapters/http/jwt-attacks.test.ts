import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../../src/adapters/cli/operations.ts'
import { type TokenKeyPair, tokenKeys } from '../../../src/adapters/sqlite/key-pairs.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { ask, password } from '../../support/canaries.ts'
import { serve } from '../../support/served.ts'
import { masterKey, temporaryDirectory } from '../../support/writer.ts'

type Person = { token: string; claims: Record<string, unknown> }
type Context = { served: Serving; key: TokenKeyPair; ann: Person; bob: Person }
type Json = Record<string, unknown>
/** What is changed of a token that is good but for that. `undefined` leaves a field out. */
type Forged = { header?: Json; claims?: Json; by?: KeyObject; signature?: Buffer | string }

const test = suite<Context>('a token that somebody else made')

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64url')
const parts = (token: string) => token.split('.') as [string, string, string]
const claimsOf = (token: string) => JSON.parse(Buffer.from(parts(token)[1], 'base64url').toString())
const now = () => Math.floor(Date.now() / 1000)
const attacker = generateKeyPairSync('ed25519')
const attackersJwk = { ...attacker.publicKey.export({ format: 'jwk' }), kid: 'mine', alg: 'EdDSA' }

test.before(async (context) => {
  const dataDir = temporaryDirectory()
  const served = await serve(dataDir)
  const registered = async (name: string): Promise<Person> => {
    const account = { email: `${name}@example.org`, password, firstName: name }
    const token = String((await ask(served.url, 'POST', '/v1/auth/register', account)).accessToken)
    return { token, claims: claimsOf(token) }
  }
  const vault = openVault(dataDir, { readonly: true })
  const [key] = tokenKeys(vault, masterKey)
  vault.close()
  Object.assign(context, { served, key, ann: await registered('Ann'), bob: await registered('Bob') })
})

test.after(({ served }) => served.close())

function forge({ key, ann }: Context, { header, claims, by = key.privateKey, signature }: Forged = {}) {
  const head = JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })
  return sealed(head, JSON.stringify({ ...ann.claims, ...claims }), by, signature)
}

function sealed(header: string, claims: string, by: KeyObject, signature?: Buffer | string) {
  const content = `${base64(header)}.${base64(claims)}`
  const digest = by.asymmetricKeyType?.startsWith('ed') ? null : 'sha256'
  return `${content}.${base64(signature ?? sign(digest, Buffer.from(content), by))}`
}

async function answerTo({ url }: Serving, token: string) {
  const { status, headers } = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  return [status, headers.get('www-authenticate')]
}

const REFUSED = [401, 'Bearer realm="repledger", error="invalid_token"']

test('is taken when it is ours in all, so that below only what is said is why', async (context) => {
  assert.equal(await answerTo(context.served, context.ann.token), [200, null])
  assert.equal(await answerTo(context.served, forge(context)), [200, null])
})

type Attack = Forged | ((context: Context) => Forged | string)

function hmac(alg: string, secretOf: (key: KeyObject) => Buffer | string): Attack {
  return ({ key, ann }) => {
    const content = [{ alg, typ: 'at+jwt', kid: key.kid }, ann.claims].map((part) =>
      base64(JSON.stringify(part)),
    )
    const mac = createHmac(alg.replace('HS', 'sha'), secretOf(key.publicKey))
      .update(content.join('.'))
      .digest()
    return `${content.join('.')}.${base64(mac)}`
  }
}

const rawOf = (key: KeyObject) => Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url')
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' })
const derOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const jwkOf = (key: KeyObject) => JSON.stringify(key.export({ format: 'jwk' }))
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const edwards448 = generateKeyPairSync('ed448').privateKey
const ours = 'signed with our own key'

const attacks: Record<string, Attack> = {
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => [
      [`alg "${alg}" with no signature`, { header: { alg }, signature: '' }],
      [`alg "${alg}" with the signature left on`, { header: { alg } }],
    ]),
  ),
  'no alg at all': { header: { alg: undefined } },
  'EdDSA with no signature': { signature: '' },
  'EdDSA with a signature of zeros': { signature: Buffer.alloc(64) },
  'HS256, the secret being the raw public key': hmac('HS256', rawOf),
  'HS256, the secret being the public key as PEM': hmac('HS256', pemOf),
  'HS256, the secret being the public key as DER': hmac('HS256', derOf),
  'HS256, the secret being the public key as JWK': hmac('HS256', jwkOf),
  'HS256, the secret being empty': hmac('HS256', () => ''),
  'HS512, the secret being the public key as PEM': hmac('HS512', pemOf),
  'RS256 under the name of our key': { header: { alg: 'RS256' }, by: rsa },
  'PS256 under the name of our key': { header: { alg: 'PS256' }, by: rsa },
  'ES256 under the name of our key': { header: { alg: 'ES256' }, by: elliptic },
  'ES256 of zeros': { header: { alg: 'ES256' }, signature: Buffer.alloc(64) },
  'Ed448 under the name of our key': { by: edwards448 },
  'another Ed25519 key under the name of ours': { by: attacker.privateKey },
  [`typ JWT, ${ours}`]: { header: { typ: 'JWT' } },
  [`no typ, ${ours}`]: { header: { typ: undefined } },
  [`typ of another kind of token, ${ours}`]: { header: { typ: 'logout+jwt' } },
  [`another iss, ${ours}`]: { claims: { iss: 'https://evil.example' } },
  [`several iss, ${ours}`]: { claims: { iss: ['repledger'] } },
  [`another aud, ${ours}`]: { claims: { aud: 'somebody' } },
  [`several aud that are not us, ${ours}`]: { claims: { aud: ['somebody', 'repledger2'] } },
  [`an aud of none, ${ours}`]: { claims: { aud: [] } },
  [`expired, ${ours}`]: () => ({ claims: { iat: now() - 601, exp: now() - 1 } }),
  [`an exp that is a text, ${ours}`]: () => ({ claims: { exp: String(now() + 600) } }),
  [`an exp in ten years, ${ours}`]: () => ({ claims: { exp: now() + 10 * 365 * 86_400 } }),
  [`not good before tomorrow, ${ours}`]: () => ({ claims: { nbf: now() + 86_400 } }),
  [`issued in a minute, ${ours}`]: () => ({ claims: { iat: now() + 60, exp: now() + 600 } }),
  [`an iat that is a text, ${ours}`]: () => ({ claims: { iat: String(now()) } }),
  ...Object.fromEntries(
    ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'exp'].map((name) => [
      `no ${name}, ${ours}`,
      { claims: { [name]: undefined } },
    ]),
  ),
  [`the person being another, ${ours}`]: ({ bob }) => ({ claims: { sub: bob.claims.sub } }),
  [`the login being another's, ${ours}`]: ({ bob }) => ({ claims: { sid: bob.claims.sid } }),
  [`a login that never was, ${ours}`]: { claims: { sid: '00000000-0000-4000-8000-000000000000' } },
  ...Object.fromEntries(
    [
      undefined,
      null,
      7,
      'unknown',
      '',
      '../../../../dev/null',
      "x' OR '1'='1",
      '__proto__',
      'constructor',
    ].map((kid) => [`the kid ${JSON.stringify(kid)}`, { header: { kid } }]),
  ),
  'its own key embedded as jwk': { header: { jwk: attackersJwk }, by: attacker.privateKey },
  'its own key embedded and named': { header: { jwk: attackersJwk, kid: 'mine' }, by: attacker.privateKey },
  'its own certificate as x5c': {
    header: { x5c: [base64(derOf(attacker.publicKey))], kid: undefined },
    by: attacker.privateKey,
  },
  'its own address of keys as jku': {
    header: { jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/key', kid: 'mine' },
    by: attacker.privateKey,
  },
  [`crit of what nobody knows, ${ours}`]: { header: { crit: ['unheard-of'], 'unheard-of': true } },
  [`crit of nothing, ${ours}`]: { header: { crit: [] } },
  [`an unencoded payload, ${ours}`]: { header: { b64: false, crit: ['b64'] } },
  'alg given twice, the last one being ours': ({ key, ann }) =>
    sealed(
      `{"alg":"none","typ":"at+jwt","kid":"${key.kid}","alg":"EdDSA"}`,
      JSON.stringify(ann.claims),
      attacker.privateKey,
    ),
  'alg given twice, the last one being none': ({ key, ann }) =>
    sealed(
      `{"alg":"EdDSA","typ":"at+jwt","kid":"${key.kid}","alg":"none"}`,
      JSON.stringify(ann.claims),
      key.privateKey,
      '',
    ),
  'claims changed under a signature of ours': ({ ann, bob }) => {
    const [header, , signature] = parts(ann.token)
    return [header, parts(bob.token)[1], signature].join('.')
  },
  'our token with a letter more': ({ ann }) => `${ann.token}A`,
  'our token with a part more': ({ ann }) => `${ann.token}.e30`,
  'our token with padding': ({ ann }) => `${ann.token}==`,
  'our token without its signature': ({ ann }) => ann.token.slice(0, ann.token.lastIndexOf('.') + 1),
  'our token within an unsigned one': ({ ann }) =>
    `${base64('{"alg":"none","cty":"JWT"}')}.${base64(ann.token)}.`,
  'an unsigned token within one of five parts': ({ ann }) =>
    `${base64('{"alg":"dir","enc":"A256GCM"}')}..${base64('iv')}.${parts(ann.token)[1]}.${base64('tag')}`,
  'claims that are no object': ({ key }) =>
    sealed(`{"alg":"EdDSA","typ":"at+jwt","kid":"${key.kid}"}`, '[]', key.privateKey),
  'a header that is no object': ({ key, ann }) => sealed('null', JSON.stringify(ann.claims), key.privateKey),
  'ten thousand letters': () => 'a'.repeat(10_000),
  'ten thousand dots': () => '.'.repeat(10_000),
}

for (const [name, attack] of Object.entries(attacks)) {
  test(`is refused: ${name}`, async (context) => {
    const forged = typeof attack === 'function' ? attack(context) : attack
    const token = typeof forged === 'string' ? forged : forge(context, forged)
    assert.equal(await answerTo(context.served, token), REFUSED)
    assert.equal(await answerTo(context.served, token), REFUSED, 'asked again')
  })
}

test('is not even read where it is longer than headers may be', async ({ served }) => {
  assert.is((await answerTo(served, 'a'.repeat(100_000)))[0], 431)
})

test.run()
