import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { type AccessTokens, createAccessTokens } from '../../../src/application/access-tokens.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import { type LogForTests, openLogForTests, race } from '../../support/opened-log.ts'
import { metadata, start } from '../../support/writer.ts'

type Context = LogForTests & { tokens: AccessTokens; ada: string; now: () => number }

const test = suite<Context>('access tokens')
const login = { userId: 'ada', loginId: 'login', tokenId: 'jwt', expiresAt: start + 600_000 }
let people = 0

test.before(async (context) => {
  Object.assign(context, await opened())
})

// One log is enough for all who are somebody else each time.
test.before.each(async (context) => {
  const { vault, at } = context
  at(0)
  context.ada = `ada-${++people}`
  await vault.createSubject(context.ada, 'hash of Ada')
  context.tokens = tokensOf(context)
})

test.after(({ close }) => close())

async function opened() {
  const log = await openLogForTests()
  let now = start
  const at = (later: number) => {
    now = start + later
    log.at(later)
  }
  return { ...log, at, now: () => now }
}

const tokensOf = ({ accessTokens, now }: Pick<Context, 'accessTokens' | 'now'>) =>
  createAccessTokens({
    vault: accessTokens,
    authenticate: async (token) => (token === 'jwt' ? login : undefined),
    clock: { now },
  })

async function made(tokens: AccessTokens, owner: string | undefined, expiresAt?: number) {
  const token = await tokens.make(owner, { name: 'Spreadsheet', scopes: ['read'], expiresAt })
  if (isRefusal(token)) throw new Error(token.detail)
  return token
}

/** A write that waits until those before it are done. */
const settled = ({ tokens, ada }: Context) => tokens.revoke(ada, 'none')

test('a token is what its owner said, and opens what its scopes say', async ({ tokens, ada }) => {
  const { id, token, ...facts } = await made(tokens, ada, start + 1)
  assert.equal(facts, {
    ...{ name: 'Spreadsheet', scopes: ['read'], createdAt: start, expiresAt: start + 1 },
    lastUsedAt: undefined,
  })
  assert.match(token, /^rl_[\w-]{43}$/)
  const claims = { userId: ada, loginId: id, tokenId: id, scopes: ['read'], expiresAt: start + 1 }
  assert.equal(await tokens.authenticate(token), claims)
  assert.is(await tokens.authenticate(`${token.slice(0, -1)}!`), undefined)
})

test('a token of the operator is nobody’s, and lives until it is revoked', async ({ tokens, ada }) => {
  const { id, token } = await made(tokens, undefined)
  assert.match(token, /^rlo_[\w-]{43}$/)
  const ends = { scopes: ['read'], expiresAt: Number.POSITIVE_INFINITY }
  assert.equal(await tokens.authenticate(token), { userId: id, loginId: id, tokenId: id, ...ends })
  assert.equal((await tokens.list(ada, 50)).items, [])
  assert.is((await tokens.revoke(ada, id))?.refusal, 'not-found')
  assert.is(await tokens.revoke(undefined, id), undefined)
  assert.is(await tokens.authenticate(token), undefined)
})

test('the access token of a login allows everything of its person', async ({ tokens }) => {
  assert.equal(await tokens.authenticate('jwt'), { ...login, scopes: ['login', 'read', 'write'] })
  assert.is(await tokens.authenticate('no jwt'), undefined)
})

test('only the hash of a secret is kept', async ({ tokens, ada, dataDir }) => {
  const { token } = await made(tokens, ada)
  for (const file of ['vault.db', 'vault.db-wal', 'log.db', 'log.db-wal']) {
    assert.not(readFileSync(join(dataDir, file)).includes(token.slice(3)), file)
  }
})

test('an end in the past is refused', async ({ tokens, ada }) => {
  const refused = await tokens.make(ada, { name: 'one', scopes: ['read'], expiresAt: start })
  assert.equal(isRefusal(refused) && refused.errors?.[0]?.pointer, '/expiresAt')
})

test('fifty at a time, however many are asked for at once', async ({ tokens, ada }) => {
  const asked = await race(55, () => tokens.make(ada, { name: 'one', scopes: ['write'] }))
  const refused = asked.filter(isRefusal).map(({ refusal }) => refusal)
  assert.equal(
    refused,
    Array.from({ length: 5 }, () => 'too-many-tokens'),
  )
  const [first] = (await tokens.list(ada, 1)).items
  await tokens.revoke(ada, first?.id as string)
  await made(tokens, ada)
  await made(tokens, undefined)
})

test('a list is the newest first, page by page, also where the last of a page is gone', async (context) => {
  const { tokens, ada, at } = context
  const ids: string[] = []
  for (const later of [0, 1, 1, 2, 3]) {
    at(later)
    ids.unshift((await made(tokens, ada)).id)
  }
  const all = (await tokens.list(ada, 50)).items.map(({ id }) => id)
  assert.equal([all[0], all[1], all[4], all.length], [ids[0], ids[1], ids[4], 5])
  const first = await tokens.list(ada, 2)
  await tokens.revoke(ada, all[1] as string)
  const second = await tokens.list(ada, 2, first.next)
  const third = await tokens.list(ada, 2, second.next)
  assert.equal(
    [...second.items, ...third.items].map(({ id }) => id),
    all.slice(2),
  )
  assert.is(third.next, undefined)
})

test('a use is noted once a minute and is there after it is written', async (context) => {
  const { tokens, ada, at } = context
  const { id, token } = await made(tokens, ada)
  const claims = await tokens.authenticate(token)
  assert.ok(claims)
  tokens.noteUse(claims)
  at(59_999)
  tokens.noteUse(claims)
  await settled(context)
  assert.is((await tokens.list(ada, 1)).items[0]?.lastUsedAt, start)
  at(60_000)
  tokens.noteUse(claims)
  await settled(context)
  assert.equal(
    (await tokens.list(ada, 1)).items.map(({ id, lastUsedAt }) => [id, lastUsedAt]),
    [[id, start + 60_000]],
  )
})

test('the use of a login is not noted, and a disk that takes no note keeps nobody out', async () => {
  const noted: string[] = []
  const vault = {
    async noteUse(id: string) {
      noted.push(id)
      throw new Error('the disk is full')
    },
  }
  const tokens = createAccessTokens({
    ...{ vault: vault as never, authenticate: async () => login, clock: { now: () => start } },
  })
  const claims = await tokens.authenticate('jwt')
  assert.ok(claims)
  tokens.noteUse(claims)
  for (let token = 0; token <= 10_000; token++) tokens.noteUse({ tokenId: `${token}`, scopes: ['read'] })
  tokens.noteUse({ tokenId: '10000', scopes: ['read'] })
  assert.is(noted.length, 10_001)
  tokens.noteUse({ tokenId: '0', scopes: ['read'] })
  assert.is(noted.at(-1), '0')
})

test('a revoked token has ended for whatever it opened', async ({ tokens, ada, vault }) => {
  const { id } = await made(tokens, ada)
  assert.not(await vault.loginHasEnded(id))
  await tokens.revoke(ada, id)
  assert.ok(await vault.loginHasEnded(id))
})

test('whoever is erased has no tokens, and what they opened has ended', async () => {
  const { vault, erasures, dataDir, close, ...log } = await opened()
  const tokens = tokensOf(log)
  const ada = 'ada'
  const { id, token } = await made(tokens, ada)
  assert.not(await vault.loginHasEnded(id))
  await erasures.erase('ada', new Date(start).toISOString(), metadata)
  assert.ok(await vault.loginHasEnded(id))
  assert.is(await tokens.authenticate(token), undefined)
  assert.ok(isRefusal(await tokens.make(ada, { name: 'one', scopes: ['read'] })))
  assert.equal((await tokens.list(ada, 50)).items, [])
  assert.not(readFileSync(join(dataDir, 'vault.db')).includes('Spreadsheet'))
  await close()
})

test('a vault that was made before there were tokens takes them from the next start on', async () => {
  const { dataDir, close } = await openLogForTests()
  await close()
  const path = join(dataDir, 'vault.db')
  const file = new Sqlite(path)
  file.exec('DROP TABLE access_tokens')
  file.close()
  const vault = openVault(dataDir)
  assert.is(vault.prepare('SELECT count(*) FROM access_tokens').pluck().get(), 0)
  vault.close()
})

test.run()
