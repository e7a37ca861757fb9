import Type from 'typebox'
import type { Tokens } from '../../application/ports.ts'
import type { LoggedIn, TokenPair, Users } from '../../application/users.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { examplePassword, GivenPassword, newPassword, phoneNumber, Told, User } from './me.ts'
import { type Route, route } from './route.ts'
import { Id } from './schemas.ts'
import { loginKey, type Throttle } from './throttle.ts'

const RefreshToken = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Good for one new pair of tokens.',
  examples: ['n2eJ0nWfPbq0o8nA1b1m7Yy1zv3L9m0kq2s5t8w1x4Y'],
})

const pair = {
  accessToken: Type.String({
    description: 'To be sent as `Authorization: Bearer`.',
    examples: ['eyJhbGciOi..'],
  }),
  tokenType: Type.Literal('Bearer', { description: 'How the access token is sent.' }),
  expiresIn: Type.Integer({ description: 'Seconds that the access token lives.', examples: [600] }),
  refreshToken: RefreshToken,
}
const Pair = Type.Object(pair, { title: 'TokenPair', description: 'A new pair of tokens.' })
const Login = Type.Object(
  { user: User, ...pair },
  { title: 'Login', description: 'Who has logged in, and their tokens.' },
)

const shared = { tag: 'Accounts', idempotent: false } as const

/** `passwordMin`: code points that a new password has at least. */
export function authRoutes(
  users: Users,
  tokens: Pick<Tokens, 'publicKeys'>,
  throttle: Throttle,
  passwordMin: number,
): Route[] {
  return [
    registerRoute(users, passwordMin),
    ...loginRoutes(users, throttle, passwordMin),
    logoutRoute(users),
    keysRoute(tokens),
  ]
}

function registerRoute(users: Users, passwordMin: number): Route {
  const { email, firstName, ...optional } = Told
  const Registration = Type.Object(
    {
      email,
      password: newPassword(passwordMin),
      firstName,
      ...Type.Partial(Type.Object(optional)).properties,
    },
    {
      title: 'Registration',
      examples: [
        {
          ...{ email: 'ada@example.org', password: examplePassword, firstName: 'Ada', lastName: 'Lovelace' },
          ...{ birthDate: '1990-12-31', units: 'metric', timeZone: 'Europe/Berlin' },
        },
      ],
    },
  )
  return route(
    'POST',
    '/v1/auth/register',
    {
      ...shared,
      summary: 'Register, and log in for the first time',
      access: 'nobody',
      body: Registration,
      answers: { 201: { description: 'Registered.', schema: Login, headers: ['location'] } },
      refusals: [409],
    },
    async ({ body, metadata }) => {
      const { age, phone, ...told } = body
      const loggedIn = await users.register(metadata, {
        ...told,
        ...(age !== undefined && { ageYears: age }),
        ...(phone !== undefined && { phone: await phoneNumber(phone) }),
      })
      if (isRefusal(loggedIn)) return loggedIn
      return { status: 201, body: loginOf(loggedIn), headers: { location: '/v1/me' } }
    },
  )
}

function loginRoutes(users: Users, throttle: Throttle, passwordMin: number): Route[] {
  const login = route(
    'POST',
    '/v1/auth/login',
    {
      ...shared,
      summary: 'Log in',
      description:
        'After 5 wrong attempts at an e-mail, whether somebody has it or not, each further one doubles ' +
        'the time until the next, from 1 s to 15 min: 429 with `Retry-After`. An address from which ' +
        'somebody logged in before is counted by itself, so that others cannot keep them out. 100 wrong ' +
        'attempts from one address within an hour slow that address down, to one in a minute at worst.',
      access: 'nobody',
      body: Type.Object({ email: Told.email, password: GivenPassword }, { title: 'Credentials' }),
      answers: { 200: { description: 'Logged in.', schema: Login } },
      refusals: [401],
    },
    async ({ body: { email, password }, address }) => {
      const attempt = { account: loginKey(email), address }
      const loggedIn = await throttle.attempt(attempt, () => users.login(email, password))
      return isRefusal(loggedIn) ? loggedIn : { status: 200, body: loginOf(loggedIn) }
    },
  )

  const refresh = route(
    'POST',
    '/v1/auth/refresh',
    {
      ...shared,
      summary: 'A new pair of tokens for a refresh token',
      description:
        'A refresh token is good once. Sent again within 10 s, as after an answer that was lost, it gives ' +
        'another pair; later it ends the login, since somebody else may have it.',
      access: 'nobody',
      body: Type.Object({ refreshToken: RefreshToken }),
      answers: { 200: { description: 'The new pair.', schema: Pair } },
      refusals: [401],
    },
    async ({ body: { refreshToken } }) => {
      const renewed = await users.refresh(refreshToken)
      return isRefusal(renewed) ? renewed : { status: 200, body: pairOf(renewed) }
    },
  )

  const claim = route(
    'POST',
    '/v1/auth/claim',
    {
      ...shared,
      summary: 'Give an account of an older client its password, and log in',
      description:
        'From then on its `id` opens nothing alone: the endpoints under `/user` ask for the access token.',
      access: 'nobody',
      body: Type.Object(
        {
          id: { ...Id, description: 'The id that the account was made with.' },
          password: newPassword(passwordMin),
        },
        { title: 'Claim' },
      ),
      answers: { 200: { description: 'Claimed, and logged in.', schema: Login } },
      refusals: [404, 409],
    },
    async ({ body: { id, password }, metadata, address }) => {
      const loggedIn = await throttle.attempt({ address }, () => users.claim(metadata, id, password))
      return isRefusal(loggedIn) ? loggedIn : { status: 200, body: loginOf(loggedIn) }
    },
  )

  return [login, refresh, claim]
}

function logoutRoute(users: Users): Route {
  const everywhere = Type.Boolean({
    description: 'Ends every login of the person, not only this one.',
    examples: [false],
  })
  return route(
    'POST',
    '/v1/auth/logout',
    {
      ...shared,
      summary: 'End this login, or every one',
      description: 'Access and refresh token are dead from then on.',
      access: 'login',
      body: Type.Object({ everywhere: Type.Optional(everywhere) }),
      answers: { 204: { description: 'Ended.' } },
    },
    async ({ caller, body }) => {
      await users.logout(caller, body.everywhere ?? false)
      return { status: 204 }
    },
  )
}

function keysRoute(tokens: Pick<Tokens, 'publicKeys'>): Route {
  const Key = Type.Object(
    {
      kty: Type.Literal('OKP', { description: 'The family of keys.' }),
      crv: Type.Literal('Ed25519', { description: 'The curve.' }),
      x: Type.String({
        description: 'The public key, base64url.',
        examples: ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'],
      }),
      kid: Type.String({
        description: 'The `kid` in the header of the tokens that it checks.',
        examples: ['9f86d081884c7d659a2feaa0c55ad015'],
      }),
      alg: Type.Literal('EdDSA', { description: 'How tokens are signed.' }),
      use: Type.Literal('sig', { description: 'For signatures alone.' }),
    },
    { title: 'PublicKey' },
  )
  const Keys = Type.Object({ keys: Type.Array(Key, { description: 'The current one first.' }) })
  return route(
    'GET',
    '/.well-known/jwks.json',
    {
      summary: 'The public keys that check access tokens',
      description:
        'As a JSON Web Key Set: the current key, and those before it under which tokens still live. Ask ' +
        'again for a `kid` that is not here: keys change without notice.',
      tag: 'Accounts',
      access: 'nobody',
      answers: { 200: { description: 'The keys.', schema: Keys } },
    },
    async () => ({
      status: 200,
      body: await tokens.publicKeys(),
      headers: { 'cache-control': 'public, max-age=60' },
    }),
  )
}

function pairOf({ accessToken, expiresInSeconds, refreshToken }: TokenPair) {
  return { accessToken, tokenType: 'Bearer', expiresIn: expiresInSeconds, refreshToken }
}

function loginOf({ person, ...tokens }: LoggedIn) {
  return { user: person, ...pairOf(tokens) }
}
