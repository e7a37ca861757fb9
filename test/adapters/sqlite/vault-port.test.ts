import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Login } from '../../../src/application/ports.ts'
import { failureOf, type LogForTests, openLogForTests, race } from '../../support/opened-log.ts'

type Context = LogForTests & { ada: string }

const test = suite<Context>('vault')
let people = 0

test.before(async (context) => {
  Object.assign(context, await openLogForTests())
})

// One vault is enough for all who are somebody else each time.
test.before.each(async (context) => {
  context.at(0)
  context.ada = `ada-${++people}`
  await context.vault.createSubject(context.ada, 'hash of Ada')
})

test.after(({ close }) => close())

test('a login lasts until it is ended, and memory knows at once that it is over', async ({
  vault,
  ada,
  at,
}) => {
  const [one, two, three] = await race(3, () => vault.startLogin(ada, 'hash of Ada'))
  assert.ok(one && two && three)
  const ended = () =>
    race(3, async (index) => vault.loginHasEnded([one, two, three][index]?.loginId as string))
  assert.equal(await ended(), [false, false, false])
  await vault.endLogin(one.loginId)
  assert.equal(await ended(), [true, false, false])
  const next = await vault.spendRefreshToken(two.refreshToken)
  assert.equal([next?.loginId, next?.userId], [two.loginId, ada])
  at(11_000)
  assert.is(await vault.spendRefreshToken(two.refreshToken), undefined)
  assert.equal(await ended(), [true, true, false])
  await vault.endEveryLogin(ada)
  assert.equal(await ended(), [true, true, true])
  assert.ok(await vault.loginHasEnded('never there'))
})

test('whether a login has ended is asked of the file once', async ({ vault, ada, dataDir }) => {
  const { loginId } = (await vault.startLogin(ada, 'hash of Ada')) as Login
  assert.not(await vault.loginHasEnded(loginId))
  const file = new Sqlite(join(dataDir, 'vault.db'))
  file.exec('DELETE FROM logins')
  file.close()
  assert.not(await vault.loginHasEnded(loginId))
  assert.match(await failureOf(vault.createSubject(ada, 'again')), 'UNIQUE')
  assert.ok(await vault.loginHasEnded(loginId))
})

test('a login is of the person who began it, until it has ended', async ({ vault, ada }) => {
  const { loginId } = (await vault.startLogin(ada, 'hash of Ada')) as Login
  assert.is(await vault.userOfLogin(loginId), ada)
  assert.is(await vault.userOfLogin('never there'), undefined)
  await vault.endLogin(loginId)
  assert.is(await vault.userOfLogin(loginId), undefined)
})

test('whoever is not there cannot log in', async ({ vault }) => {
  assert.is(await vault.startLogin('nobody', 'hash'), undefined)
})

test('the password hash is that of the person', async ({ vault, ada }) => {
  assert.is(await vault.passwordHash(ada), 'hash of Ada')
  assert.is(await vault.passwordHash('nobody'), undefined)
})

test('a person may have no password at first, and a new one later', async ({ vault, ada }) => {
  await vault.createSubject('bob', undefined)
  assert.is(await vault.passwordHash('bob'), undefined)
  await vault.setPassword('bob', 'hash of Bob')
  assert.is(await vault.passwordHash('bob'), 'hash of Bob')
  assert.is(await vault.passwordHash(ada), 'hash of Ada')
  assert.match(await failureOf(vault.setPassword('nobody', 'hash')), 'nobody to have a password')
})

test.run()
