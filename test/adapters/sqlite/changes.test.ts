import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Moment } from '../../../src/application/changes.ts'
import { afterOne } from '../../../src/application/changes.ts'
import { appendTo, openLogForTests } from '../../support/opened-log.ts'
import { metadata } from '../../support/writer.ts'

const test = suite('changes of people')

test('an append is one change of its person, and whoever is erased is a stranger', async () => {
  const { log, changes, erasures, close } = await openLogForTests()
  const [ada, bob] = [changes.momentOf('ada') as Moment, changes.momentOf('bob') as Moment]
  const isNow = () => [
    changes.isNow('ada', ada),
    changes.isNow('ada', afterOne(ada)),
    changes.isNow('bob', bob),
  ]
  assert.equal(isNow(), [true, false, true])
  const change = { type: 'UserProfileChanged', data: { firstName: 'Countess' } } as const
  await log.append([appendTo('user-ada', 1, [change])], metadata)
  assert.equal(isNow(), [false, true, true])
  await log.append([appendTo('user-ada', 1, [change])], metadata)
  assert.equal(isNow(), [false, false, true])
  const again = changes.momentOf('ada') as Moment
  await erasures.erase('ada', '2026-01-01T00:00:00.000Z', metadata)
  assert.is(changes.isNow('ada', again), false)
  await close()
})

test('no moment outlasts a switch to other views', async () => {
  const { rebuild, changes, close } = await openLogForTests()
  const ada = changes.momentOf('ada') as Moment
  await rebuild(() => {})
  assert.is(changes.isNow('ada', ada), false)
  await close()
})

test.run()
