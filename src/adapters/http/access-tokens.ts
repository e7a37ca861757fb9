import Type from 'typebox'
import { type AccessToken, type AccessTokens, accessTokenLimits } from '../../application/access-tokens.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { page, positionOf } from './paging.ts'
import { type Route, route } from './route.ts'
import { DateTime, Id, ListOf, Nullable, OneOf, paging, Text } from './schemas.ts'

const common = { tag: 'Accounts', access: 'login' } as const

const Name = Text(1, accessTokenLimits.nameLength, {
  description: 'What the token is for, to tell it from the others.',
  examples: ['Spreadsheet at home'],
})

const Scopes = Type.Array(OneOf(['read', 'write']), {
  minItems: 1,
  maxItems: 2,
  uniqueItems: true,
  description:
    '`read` is for what is got, `write` for what is changed; neither contains the other. No token manages ' +
    'tokens, passwords or logins, or erases the account.',
  examples: [['read']],
})

const Expiry = { ...DateTime, description: 'When it ends; null for one that lives until it is revoked.' }

const facts = {
  id: Id,
  name: Name,
  scopes: Scopes,
  createdAt: { ...DateTime, description: 'When it was made.' },
  expiresAt: Nullable(Expiry),
  lastUsedAt: Nullable(DateTime, { description: 'To the minute; null for one that was never used.' }),
}

const Token = Type.Object(facts, { title: 'AccessToken' })
const NewToken = Type.Object(
  {
    ...facts,
    token: Type.String({
      description: 'The secret, to be sent as `Authorization: Bearer`. It is shown only now.',
      examples: ['rl_Xv0Yb3C4eJmPj1mQpA7n0m0C1qv1q3v8bqvQJm7l3AZ'],
    }),
  },
  { title: 'NewAccessToken' },
)

/** The personal access tokens of the one who asks. */
export function accessTokenRoutes(tokens: AccessTokens): Route[] {
  return [listRoute(tokens), makeRoute(tokens), revokeRoute(tokens)]
}

function listRoute(tokens: AccessTokens): Route {
  return route(
    'GET',
    '/v1/tokens',
    {
      ...common,
      summary: 'List personal access tokens',
      description: 'Newest first, those that have expired as well.',
      query: Type.Object(paging),
      answers: {
        200: {
          description: 'A page of tokens, without their secrets.',
          schema: ListOf(Token, { title: 'AccessTokens' }),
          headers: ['link'],
        },
      },
    },
    async ({ caller, query }) => {
      const position = positionOf('tokens', query.cursor)
      const after = position && { createdAt: Number(position[0]), id: String(position[1]) }
      const { items, next } = await tokens.list(caller.userId, query.limit, after)
      return page('tokens', '/v1/tokens', query, items.map(shown), next && [next.createdAt, next.id])
    },
  )
}

function makeRoute(tokens: AccessTokens): Route {
  return route(
    'POST',
    '/v1/tokens',
    {
      ...common,
      summary: 'Make a personal access token',
      description: `For a program that acts for the person; ${accessTokenLimits.most} at most, also expired.`,
      body: Type.Object(
        {
          name: Name,
          scopes: Scopes,
          expiresAt: Type.Optional({ ...DateTime, description: 'In the future; never, unless told.' }),
        },
        { title: 'WantedAccessToken', examples: [{ name: 'Spreadsheet at home', scopes: ['read'] }] },
      ),
      answers: { 201: { description: 'The token, with its secret.', schema: NewToken } },
      refusals: [409],
    },
    async ({ caller, body: { name, scopes, expiresAt } }) => {
      const asked = { name, scopes, ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }) }
      const made = await tokens.make(caller.userId, asked)
      if (isRefusal(made)) return made
      return { status: 201, body: { ...shown(made), token: made.token } }
    },
  )
}

function revokeRoute(tokens: AccessTokens): Route {
  return route(
    'DELETE',
    '/v1/tokens/{id}',
    {
      ...common,
      summary: 'Revoke a personal access token',
      description: 'It opens nothing from then on, and the streams that it opened end.',
      params: Type.Object({ id: Id }),
      answers: { 204: { description: 'Revoked.' } },
    },
    async ({ caller, params: { id } }) => (await tokens.revoke(caller.userId, id)) ?? { status: 204 },
  )
}

function shown({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: AccessToken) {
  const times = [createdAt, expiresAt, lastUsedAt].map((at) => at && new Date(at).toISOString())
  const [made, ends = null, used = null] = times
  return { id, name, scopes, createdAt: made, expiresAt: ends, lastUsedAt: used }
}
