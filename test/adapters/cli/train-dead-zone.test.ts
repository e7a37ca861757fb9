import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type GuideServer, startGuideServer } from '../../support/guide-server.ts'
import { bench, bodies, logging, pullUp, startTrainee, withServer } from '../../support/trainee.ts'

const ann = { REPLEDGER_EMAIL: 'ann@example.com', REPLEDGER_PASSWORD: 'right' }
const upper = { plan: 'upper', day: 'upper' }

const asked = (server: GuideServer, what: RegExp) => server.asked.filter((each) => what.test(each.what))

test(
  'a set whose answers get lost is sent under the same key until one arrives, and logged once',
  withServer([bench, bench], async (server) => {
    const { done, enter, shown } = startTrainee(server, upper)
    server.fail(/sets$/, 'lost')
    server.fail(/sets$/, 'answer lost', 2)
    server.fail(/sets$/, { status: 503, headers: { 'retry-after': '1' } })
    enter('8x80', 'f e')
    assert.is(await done, 0)
    const attempts = asked(server, /sets$/)
    assert.is(attempts.length, 5)
    assert.is(new Set(attempts.map(({ key }) => key)).size, 1)
    assert.equal(bodies(server, logging).length, 5)
    assert.is(server.sets.length, 1)
    assert.match(shown(), 'offline, trying again; 2 entries wait to be sent\n')
    assert.equal(bodies(server, 'POST /v1/sessions/one/finish'), [{ effort: 'easy' }])
  }),
)

test(
  'a stream that breaks off goes on where it was, and tells what was missed once',
  withServer([bench, bench, pullUp], async (server) => {
    const { done, enter, shown, sees } = startTrainee(server, upper)
    await sees('set 1 of 2')
    server.fail(/stream$/, 'lost')
    server.fail(/stream$/, { status: 500 })
    server.fail(/stream$/, { status: 429 })
    server.cut()
    server.change('log', { id: 'x', stepId: '1', reps: 6 })
    await sees('Another device logged Bench Press: 6 reps\n')
    server.cut()
    server.change('skip', { stepId: '2' })
    await sees('Another device skipped Bench Press, set 2 of 2\n')
    enter('q')
    await done
    assert.is(shown().split('Another device logged').length, 2)
    assert.match(shown(), 'offline, trying again\n')
  }),
)

test(
  'a stream that says nothing for too long is left, and an answer that is ahead of it counts',
  withServer([bench, bench, bench], async (server) => {
    const { done, enter, sees, shown } = startTrainee(server, upper)
    await sees('set 1 of 3')
    server.mute()
    enter('')
    await sees('set 2 of 3\n')
    enter('', 'u', 'q')
    await done
    assert.equal(server.sets.length, 1)
    assert.match(shown(), 'Deleted Bench Press: 8 x 80 kg\n')
    assert.ok(asked(server, /GET .*guide$/).length >= 1)
  }),
)

test(
  'the login is refreshed before it ends, and done anew where that comes too late',
  withServer([bench, bench, bench, bench], async (server) => {
    const { done, enter, sees, pass } = startTrainee(server, { ...upper, environment: ann })
    await sees('set 1 of 4')
    pass(580_000)
    enter('')
    await sees('set 2 of 4\n')
    assert.equal(
      asked(server, /auth/).map(({ what }) => what),
      ['POST /v1/auth/login', 'POST /v1/auth/refresh'],
    )
    server.expire()
    enter('')
    await sees('set 3 of 4\n')
    server.expire()
    server.spend()
    enter('')
    await sees('set 4 of 4\n')
    server.expire()
    server.cut()
    server.change('skip', { stepId: '4' })
    await sees('Another device skipped')
    enter('q')
    await done
    assert.equal(
      asked(server, /auth/).map(({ what }) => what.slice('POST /v1/auth/'.length)),
      ['login', 'refresh', 'refresh', 'refresh', 'login', 'refresh'],
    )
    assert.is(server.sets.length, 3)
  }),
)

/** What the failure says of a client that begins like this. */
async function failure(server: GuideServer, setting: Parameters<typeof startTrainee>[1]) {
  const { done, hangUp } = startTrainee(server, setting)
  hangUp()
  return done.then(
    () => 'none',
    (error: Error) => error.message,
  )
}

test(
  'what cannot begin says why',
  withServer([bench], async (server) => {
    const closed = await startGuideServer([])
    closed.close()
    assert.match(await failure(server, { url: closed.url }), /cannot be reached: connect ECONNREFUSED/)
    const wrong = { ...ann, REPLEDGER_PASSWORD: 'wrong' }
    assert.is(await failure(server, { environment: wrong }), 'The login failed: Wrong password.')
    assert.is(
      await failure(server, { environment: { REPLEDGER_TOKEN: 'old' } }),
      'The token in REPLEDGER_TOKEN is not good, or no longer.',
    )
    assert.is(
      await failure(server, { environment: { REPLEDGER_EMAIL: 'ann' } }),
      'There is no terminal to ask for a password: set REPLEDGER_PASSWORD.',
    )
    assert.is(
      await failure(server, { environment: { REPLEDGER_PASSWORD: 'right' } }),
      'Give e-mail and password, or a token in REPLEDGER_TOKEN.',
    )
    assert.is(await failure(server, { plan: 'dance' }), 'There is no plan "dance".')
    assert.is(await failure(server, { plan: 'up' }), 'There is more than one plan "up".')
    assert.is(await failure(server, { plan: '8' }), 'The plan Ups and Downs has no days.')
    assert.is(await failure(server, { plan: 'upper' }), 'No day was chosen.')
    server.fail(/me$/, { status: 200, body: '<p>Welcome</p>' })
    assert.is(await failure(server, {}), 'This server does not speak as RepLedger does.')
    for (const path of [/me$/, /live$/, /plans/, /sessions$/]) {
      server.fail(path, { status: 500 })
      assert.is(await failure(server, upper), 'The server answered with 500.')
    }
    server.fail(/plans/, { status: 200, headers: json, body: '{"items":[]}' })
    assert.is(await failure(server, upper), 'There is no plan yet: POST /v1/plans makes one.')
    server.fail(/stream$/, { status: 404 })
    assert.is(
      await failure(server, upper),
      'The stream of the session cannot be read: the server answered with 404.',
    )
    server.fail(/stream$/, { status: 200, body: 'event: progress\ndata: {\n\n' })
    assert.match(await failure(server, upper), /JSON/)
  }),
)

const json = { 'content-type': 'application/json' }

test(
  'another device may begin, or end, the session at the same moment',
  withServer([bench], async (server) => {
    server.fail(/POST .*sessions$/, { status: 409, headers: json, body: '{"title":"A session is live"}' })
    assert.is(await failure(server, upper), 'A session is live')
    server.change('start')
    server.fail(/live$/, { status: 404 })
    server.fail(/POST .*sessions$/, { status: 409 })
    server.fail(/plans\/plan$/, { status: 404 })
    const first = startTrainee(server, upper)
    await first.sees('(by a plan): carrying on with it.\n')
    first.hangUp()
    await first.done
    server.fail(/stream$/, { status: 204 })
    const second = startTrainee(server, upper)
    await second.done
    assert.match(second.shown(), 'The session is over already.\n')
  }),
)

test(
  'a live session that follows no plan is left alone',
  withServer([], async (server) => {
    assert.is(
      await failure(server, upper),
      'The live session follows no plan: finish or discard it, and then begin one that does.',
    )
    const { done, shown } = startTrainee(server, upper)
    await done.catch(() => {})
    assert.not.match(shown(), 'sets')
  }),
)

test.run()
