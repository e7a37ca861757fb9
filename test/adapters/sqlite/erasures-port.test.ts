import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createErasures } from '../../../src/adapters/sqlite/erasures-port.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import { appendTo, failureOf, openLogForTests, race } from '../../support/opened-log.ts'
import { metadata, registered, renamed } from '../../support/writer.ts'

const test = suite('erasures')

const erasedAt = '2026-03-01T10:01:00.000Z'

test('every memory is told before the erasure is answered', async () => {
  const { erasures, log, vault, close } = await openLogForTests()
  const login = await vault.startLogin('ada', 'hash of Ada')
  const told: string[] = []
  erasures.whenErased((userId) => told.push(userId))
  assert.equal(await erasures.erase('ada', erasedAt, metadata), { done: true })
  assert.equal(told, ['ada'])
  assert.ok(await vault.loginHasEnded(login?.loginId as string))
  assert.is(await vault.passwordHash('ada'), undefined)
  const left = await log.readStream('user-ada')
  assert.equal(
    left.map(({ type, data }) => [type, data]),
    [['UserErased', { erasedAt }]],
  )
  await close()
})

test('among many who write at once, nothing of the person comes after the end', async () => {
  const { erasures, log, vault, dataDir, close } = await openLogForTests()
  await vault.createSubject('ben', undefined)
  const remember = { userId: 'ada', key: 'key', request: '{}', outcome: {} }
  const [results] = await Promise.all([
    race(40, async (racer) => {
      if (racer === 20) return erasures.erase('ada', erasedAt, metadata)
      if (racer % 5 === 0) return vault.startLogin('ada', 'hash of Ada')
      const session = appendTo(`session-ada-${racer}`, 'any', [renamed('Grace')])
      return racer % 2 === 0 ? log.append([session], metadata, remember) : log.append([session], metadata)
    }),
    log.append([{ ...appendTo('user-ben', 'no stream', [registered('ben')]), subject: 'ben' }], metadata),
  ])
  const late = await race(3, (racer) =>
    log.append([appendTo(`session-ada-late-${racer}`, 'any', [renamed('Grace')])], metadata),
  )
  assert.ok(late.every((result) => isRefusal(result) && result.refusal === 'not-found'))
  assert.is(results.filter((result) => typeof result === 'object' && 'done' in result).length, 1)
  const file = openLog(dataDir, { readonly: true })
  const events = pageOfEvents(file, 0, 1000)
  const last = events.findLast(({ stream }) => stream.includes('ada'))
  assert.is(last?.type, 'UserErased')
  assert.is(file.prepare('SELECT count(*) FROM idempotency').pluck().get(), 0)
  file.close()
  await close()
})

test('where it is not done it is asked for again, until patience ends', async () => {
  const asked = { times: 0, doneAt: 3 }
  const writer = { erase: async () => ({ done: ++asked.times >= asked.doneAt }) }
  assert.equal(await createErasures(writer, () => {}).erase('ada', erasedAt, metadata), { done: true })
  assert.is(asked.times, 3)
  Object.assign(asked, { times: 0, doneAt: 100 })
  assert.equal(await createErasures(writer, () => {}, 150).erase('ada', erasedAt, metadata), { done: false })
  assert.ok(asked.times < 5)
})

test('a file that refuses is a failure, and the memories are spared', async () => {
  const writer = { erase: () => Promise.reject(new Error('full')) }
  const failing = createErasures(writer, () => {})
  assert.is(await failureOf(failing.erase('ada', erasedAt, metadata)), 'Error: full')
})

test.run()
