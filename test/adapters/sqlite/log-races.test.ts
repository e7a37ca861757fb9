import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GENESIS, hashEvent } from '../../../src/adapters/sqlite/hash-chain.ts'
import { headReport } from '../../../src/adapters/sqlite/log.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { createAct } from '../../../src/application/event-log.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import {
  appendTo,
  type LogForTests,
  openLogForTests,
  race,
  registerAnother,
} from '../../support/opened-log.ts'
import { metadata, registered, renamed } from '../../support/writer.ts'

type Context = LogForTests & { user: string; end: number }

const test = suite<Context>('event log under races')

test.before(async (context) => {
  Object.assign(context, await openLogForTests())
})

// One log is enough for races about streams of their own.
test.before.each(async (context) => {
  const { stream, head } = await registerAnother(context)
  Object.assign(context, { user: stream, end: head })
})

test.after(({ close }) => close())

for (const expected of [1, 'no stream'] as const) {
  test(`of 20 who append at once expecting ${expected} one lands and 19 conflict`, async ({
    log,
    user,
    end,
  }) => {
    const stream = expected === 1 ? user : 'session-new'
    const answers = await race(20, (racer) =>
      log.append([appendTo(stream, expected, [renamed(`Racer ${racer}`)])], metadata),
    )
    const landed = answers.filter((answer) => 'lastPosition' in answer)
    const lost = answers.filter((answer) => 'conflict' in answer)
    const conflict = { conflict: { stream, expected, actual: expected === 1 ? 2 : 1 } }
    assert.equal(landed, [{ lastPosition: end + 1 }])
    assert.equal(lost, Array(19).fill(conflict))
    assert.is((await log.readStream(stream)).length, expected === 1 ? 2 : 1)
  })
}

test('of 20 who append at once and expect nothing all land', async ({ log, user, end }) => {
  const answers = await race(20, (racer) =>
    log.append([appendTo(user, 'any', [renamed(`${racer}`)])], metadata),
  )
  const positions = answers.map((answer) => ('lastPosition' in answer ? answer.lastPosition : 0))
  assert.equal(
    positions.toSorted((one, other) => one - other),
    Array.from({ length: 20 }, (_, index) => end + index + 1),
  )
  assert.is((await log.readStream(user)).length, 21)
})

test('50 requests at once under one idempotency key bring about one event and one answer', async ({
  log,
  user,
}) => {
  const aggregate = { initial: 0, evolve: (count: number) => count + 1 }
  const command = { userId: 'ada', metadata, idempotency: { key: 'POST /x key', request: '{}' } }
  const answers = await race(50, (racer) =>
    createAct(log).act(
      command,
      [{ stream: user, aggregate, decide: () => [renamed(`Racer ${racer}`)] }],
      () => ({ racer }),
    ),
  )
  assert.is((await log.readStream(user)).length, 2)
  const acted = answers.map((answer) => (isRefusal(answer) ? assert.unreachable(answer.detail) : answer))
  assert.is(acted.filter((answer) => answer?.replayed === false).length, 1)
  assert.is(new Set(acted.map((answer) => answer?.outcome.racer)).size, 1)
})

test('of 10 who register one e-mail at once one lands and 9 are refused', async ({ log, vault }) => {
  const answers = await race(10, async (racer) => {
    const userId = `racer-${racer}`
    await vault.createSubject(userId, 'x')
    const events = [registered(userId, 'same@example.org')]
    return log.append(
      [{ stream: `user-${userId}`, subject: userId, expected: 'no stream', events }],
      metadata,
    )
  })
  assert.is(answers.filter((answer) => 'lastPosition' in answer).length, 1)
  const refused = answers.filter(isRefusal).map(({ refusal }) => refusal)
  assert.equal(refused, Array(9).fill('email-taken'))
})

test('what was appended from many sides stands in one chain', async ({ log, dataDir, end }) => {
  await race(200, (racer) =>
    log.append([appendTo(`session-${racer % 7}`, 'any', [renamed(`${racer}`)])], metadata),
  )
  const file = openLog(dataDir, { readonly: true })
  let previousHash: Buffer = GENESIS
  for (const event of pageOfEvents(file, 0, 1000)) {
    assert.equal([event.previousHash, event.hash], [previousHash, hashEvent(event)])
    previousHash = event.hash
  }
  assert.is(headReport(file).position, end + 200)
  file.close()
})

test('a multi-stream append lands whole or not at all among others', async ({ log, user }) => {
  const answers = await race(20, (racer) =>
    log.append(
      [appendTo(`session-of-${racer}`, 'no stream', [renamed('x')]), appendTo(user, 1, [renamed('y')])],
      metadata,
    ),
  )
  assert.is(answers.filter((answer) => 'lastPosition' in answer).length, 1)
  const sessions = await race(20, (racer) => log.readStream(`session-of-${racer}`))
  assert.is(sessions.flat().length, 1)
})

test.run()
