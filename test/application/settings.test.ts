import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createAct } from '../../src/application/event-log.ts'
import { settingsBy } from '../../src/application/users.ts'
import { user } from '../../src/domain/user/user.ts'
import { memoryLog } from '../support/memory-log.ts'
import { metadata, now } from '../support/memory-sessions.ts'

const test = suite('settings')

test('follow what a person changes, and are nobody’s who is not there', async () => {
  const { act, load } = createAct(memoryLog([]).log)
  const { settingsOf } = settingsBy(load)
  const told = async () => {
    const { units, timeZone } = await settingsOf('ann')
    return `${units} ${timeZone}`
  }
  assert.is(await told().catch(({ message }) => message), 'There is no such person')
  const person = { userId: 'ann', email: 'ann@example.org', firstName: 'Ann', registeredAt: now }
  const registered = { ...person, units: 'metric', timeZone: 'UTC' } as const
  const changes = [
    { type: 'UserRegistered', data: registered },
    { type: 'UserProfileChanged', data: { units: 'imperial' } },
  ] as const
  const seen: string[] = []
  for (const change of changes) {
    const target = { stream: 'user-ann', aggregate: user, decide: () => [change] }
    await act({ userId: 'ann', metadata }, [target], () => undefined)
    seen.push(await told())
  }
  assert.equal(seen, ['metric UTC', 'imperial UTC'])
})

test.run()
