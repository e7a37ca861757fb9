import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLogins } from '../../../src/adapters/sqlite/logins.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { masterKey, start, temporaryDirectory } from '../../support/writer.ts'

const SECOND = 1000
const DAY = 24 * 60 * 60 * SECOND

type Vault = {
  vault: Database
  logins: ReturnType<typeof createLogins>
  at: (later: number) => void
} & ReturnType<typeof requests>
const test = suite<Vault>('logins')

function requests(logins: ReturnType<typeof createLogins>, now: () => number) {
  return {
    startLogin: (userId = 'ada') =>
      logins.carryOut({ kind: 'start login', userId }, now()).login as {
        loginId: string
        refreshToken: string
      },
    spend: (refreshToken: string) => logins.carryOut({ kind: 'spend', refreshToken }, now()),
  }
}

test.before.each((context) => {
  const vault = openVault(temporaryDirectory())
  const logins = createLogins(vault, masterKey)
  let now = start
  const at = (later: number) => {
    now = start + later
  }
  for (const userId of ['ada', 'bob']) {
    logins.carryOut({ kind: 'create subject', userId, passwordHash: 'x' }, now)
  }
  Object.assign(context, { vault, logins, at, ...requests(logins, () => now) })
})

test.after.each(({ vault }) => {
  vault.close()
})

test('a refresh token is 32 random bytes of which only the hash is kept', ({ vault, startLogin }) => {
  const { refreshToken } = startLogin()
  assert.match(refreshToken, /^[\w-]{43}$/)
  const kept = vault.prepare('SELECT token_hash FROM refresh_tokens').pluck().all()
  assert.equal(kept, [hash('sha256', refreshToken, 'buffer')])
})

test('spending a token gives another of the same login', ({ startLogin, spend }) => {
  const first = startLogin()
  const second = spend(first.refreshToken).login
  assert.equal([second?.loginId, second?.userId], [first.loginId, 'ada'])
  assert.is.not(second?.refreshToken, first.refreshToken)
  assert.is(spend(second?.refreshToken as string).login?.loginId, first.loginId)
})

test('an unknown token gives nothing and ends nothing', ({ startLogin, spend }) => {
  const { refreshToken } = startLogin()
  assert.equal(spend('unknown'), { ended: [] })
  assert.ok(spend(refreshToken).login)
})

test('a spent token still works for 10 s, as its answer may have been lost', ({ startLogin, spend, at }) => {
  const { loginId, refreshToken } = startLogin()
  spend(refreshToken)
  at(10 * SECOND)
  const again = spend(refreshToken).login
  assert.is(again?.loginId, loginId)
  assert.ok(spend(again?.refreshToken as string).login)
})

test('a spent token gives ten tokens at most within its 10 s, each of them good', (context) => {
  const { startLogin, spend, at } = context
  const { loginId, refreshToken } = startLogin()
  const answers = Array.from({ length: 20 }, () => spend(refreshToken))
  const given = answers.flatMap(({ login }) => login?.refreshToken ?? [])
  assert.equal([given.length, new Set(given).size], [10, 10])
  assert.equal(answers.slice(10), Array(10).fill({ ended: [] }))
  at(10 * SECOND)
  for (const token of given) assert.is(spend(token).login?.loginId, loginId)
  at(10 * SECOND + 1)
  assert.equal(spend(refreshToken), { ended: [loginId] })
})

test('a spent token that comes back later ends the whole family', ({ startLogin, spend, at }) => {
  const { loginId, refreshToken } = startLogin()
  const other = startLogin()
  const second = spend(refreshToken).login?.refreshToken as string
  at(10 * SECOND)
  spend(refreshToken)
  at(10 * SECOND + 1)
  assert.equal(spend(refreshToken), { ended: [loginId] })
  assert.equal(spend(second), { ended: [] })
  assert.equal(spend(refreshToken), { ended: [] })
  assert.ok(spend(other.refreshToken).login)
})

test('a token that lay idle for 7 days is dead, one that was used goes on', ({ startLogin, spend, at }) => {
  const { refreshToken } = startLogin()
  at(7 * DAY - 1)
  const second = spend(refreshToken).login?.refreshToken as string
  at(14 * DAY - 2)
  const third = spend(second).login?.refreshToken as string
  at(21 * DAY - 2)
  assert.equal(spend(third), { ended: [] })
})

test('a login is over 30 days after it began, however often it was used', ({ startLogin, spend, at }) => {
  let { refreshToken } = startLogin()
  for (let day = 5; day < 30; day += 5) {
    at(day * DAY)
    refreshToken = spend(refreshToken).login?.refreshToken as string
  }
  at(30 * DAY - 1)
  const last = spend(refreshToken).login?.refreshToken as string
  at(30 * DAY)
  assert.equal(spend(last), { ended: [] })
})

test('an ended login takes its tokens with it and no others', ({ logins, startLogin, spend }) => {
  const [one, two, bobs] = [startLogin(), startLogin(), startLogin('bob')]
  assert.equal(logins.carryOut({ kind: 'end login', loginId: one.loginId }, start), { ended: [one.loginId] })
  assert.equal(spend(one.refreshToken), { ended: [] })
  assert.ok(spend(two.refreshToken).login)
  assert.equal(logins.carryOut({ kind: 'end every login', userId: 'ada' }, start), { ended: [two.loginId] })
  assert.equal(spend(two.refreshToken), { ended: [] })
  assert.ok(spend(bobs.refreshToken).login)
})

test('what no token can carry on is removed', ({ vault, logins, startLogin, spend, at }) => {
  startLogin()
  const kept = startLogin()
  at(6 * DAY)
  spend(kept.refreshToken)
  assert.is(logins.removeExpired(start + 9 * DAY), 1)
  assert.equal(vault.prepare('SELECT login_id FROM logins').pluck().all(), [kept.loginId])
  assert.is(logins.removeExpired(start + 32 * DAY), 1)
  assert.is(vault.prepare('SELECT count(*) FROM refresh_tokens').pluck().get(), 0)
})

test('a person is made once, and nobody unknown logs in', ({ logins }) => {
  assert.throws(
    () => logins.carryOut({ kind: 'create subject', userId: 'ada', passwordHash: 'y' }, start),
    /UNIQUE/,
  )
  assert.equal(logins.carryOut({ kind: 'start login', userId: 'nobody' }, start), { ended: [] })
})

test.run()
