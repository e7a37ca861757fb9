import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sessionRoutes } from '../../../src/adapters/http/sessions.ts'
import type { GuideDocument } from '../../../src/domain/session/guide-document.ts'
import { asked, guidedSessions, press, standing } from '../../support/guide-scenarios.ts'
import { startHttp } from '../../support/http.ts'
import { ada, bob, must } from '../../support/memory-sessions.ts'
import { fields, type Json, problem, told } from '../../support/session-scenarios.ts'

const test = suite('guides over HTTP')

const memory = await guidedSessions()
const { call, close } = await startHttp(sessionRoutes(memory.sessions))
const { pass, recorded } = memory
let id = ''

// Each test has a session of its own.
test.before.each(async () => {
  if (id !== '') must(await memory.sessions.discard(asked, id))
  id = await memory.start()
})
test.after(close)

/** Asks something about the session; a body makes it a POST. */
function ask(path: string, body?: object, headers: Record<string, string> = {}, token = ada) {
  const method = body === undefined ? 'GET' : 'POST'
  return call<Json>(method, `/v1/sessions/${id}/${path}`, { headers, token, ...(body && { body }) })
}
const guide = (headers = {}) => ask('guide', undefined, headers)

const warmup = { stepId: '1', reps: 8, weight: 60 }
const shown = (body: unknown) => standing(body as GuideDocument).slice(0, 2)

test('the guide is shown, with a tag that follows all that it shows', async () => {
  const first = await guide()
  assert.equal([first.status, first.headers['content-language']], [200, 'en'])
  assert.match(first.headers.vary as string, /accept-language/i)
  const tag = first.headers.etag as string
  assert.match(tag, /^"1\..+"$/)
  assert.is((await guide({ 'if-none-match': tag })).status, 304)
  const russian = await guide({ 'accept-language': 'ru', 'if-none-match': tag })
  assert.equal([russian.status, russian.headers['content-language']], [200, 'ru'])
  await ask('sets', warmup)
  const resting = await guide()
  pass(120)
  const rested = await guide({ 'if-none-match': resting.headers.etag as string })
  assert.equal([rested.status, rested.body.version, rested.body.rest], [200, resting.body.version, null])
})

test('each move answers the guide as it is then, with the version of the session', async () => {
  const moves: [path: string, body: object, steps: string, current: string][] = [
    ['skip', { stepId: '1', reason: ' Late. ' }, '-oooo', '2'],
    ['adjust', { stepId: '2', note: 'Knee.', target: { repsMin: 4, repsMax: 6 } }, '-oooo', '2'],
    ['swap', { stepId: '2', exerciseId: press.toUpperCase() }, '-oooo', '2.1'],
    ['rest', { seconds: 60 }, '-oooo', '2.1'],
    ['skip', { stepId: '2.1', whole: true }, '---oo', '4'],
  ]
  for (const [index, [path, body, steps, current]] of moves.entries()) {
    const { status, headers, body: guide } = await ask(`guide/${path}`, body)
    assert.equal([status, headers.etag, headers['content-language']], [200, `"${index + 2}"`, 'en'])
    assert.equal(shown(guide), [steps, current])
  }
})

test('a set of the step says which, and several are told at once', async () => {
  const { body } = await ask('sets', warmup)
  assert.equal((body.set as Json).stepId, '1')
  const several = await ask('sets', { sets: [2, 3].map((n) => ({ stepId: `${n}`, reps: 5, weight: 100 })) })
  assert.equal(several.status, 201)
  assert.equal(shown((await guide()).body), ['xxxoo', '4'])
})

test('who names a step that is not the current one is told where the guide stands', async () => {
  const late = { stepId: '2', reps: 5, weight: 100 }
  for (const [path, body] of [
    ['sets', late],
    ['sets', { sets: [late] }],
    ['sets', { ...warmup, exerciseId: press }],
    ['guide/skip', { stepId: '9' }],
    ['guide/swap', { stepId: '2', exerciseId: press }],
    ['guide/adjust', { stepId: '2', note: 'n' }],
  ] as const) {
    const { status, body: found } = await ask(path, body)
    assert.equal(
      [status, found.type, found.title],
      [409, 'urn:repledger:problem:step-not-current', 'The step is not the current one'],
    )
    assert.equal(shown(found.guide), ['ooooo', '1'])
  }
})

test('what does not pass is named, all of it', async () => {
  const rows: [path: string, body: object, errors: ReturnType<typeof fields>][] = [
    ['sets', {}, fields(['/exerciseId', 'required'])],
    ['sets', { stepId: '1', reps: 1.5 }, fields(['/reps', 'wrong-type'])],
    ['sets', { sets: [{ ...warmup, weight: -1 }] }, fields(['/sets/0/weight', 'too-small'])],
    [
      'guide/skip',
      { reason: '', whole: 1 },
      fields(
        ...([
          ['/stepId', 'required'],
          ['/reason', 'too-short'],
          ['/whole', 'wrong-type'],
        ] as const),
      ),
    ],
    ['guide/swap', { stepId: '1', exerciseId: 'nothing' }, fields(['/exerciseId', 'unknown-exercise'])],
    ['guide/adjust', { stepId: '1', note: ' ' }, fields(['/note', 'too-short'])],
    [
      'guide/adjust',
      { stepId: '1', note: 'n', target: { reps: 5, distance: 1 } },
      fields(['/target/distance', 'not-applicable']),
    ],
    ['guide/rest', { seconds: 3601 }, fields(['/seconds', 'too-large'])],
    ['guide/rest', { seconds: 0.5 }, fields(['/seconds', 'wrong-type'])],
  ]
  for (const [path, body, expected] of rows) {
    const answer = await ask(path, body)
    assert.equal([answer.status, told(answer.body, expected)], [422, expected], path)
  }
})

test('a move may name the version that it is based on, by either tag', async () => {
  const skip = (stepId: string, tag: string) => ask('guide/skip', { stepId }, { 'if-match': tag })
  const { headers } = await guide()
  assert.is((await skip('1', headers.etag as string)).status, 200)
  const stale = await skip('2', headers.etag as string)
  assert.equal([stale.status, told(stale.body, problem('stale-version'))], [412, problem('stale-version')])
  assert.is((await skip('2', '"2"')).status, 200)
  assert.is((await ask('guide/rest', { seconds: 9 }, { 'if-match': '"2"' })).status, 412)
})

test('a move told again under its key is answered again', async () => {
  const skip = () => ask('guide/skip', { stepId: '1' }, { 'idempotency-key': 'once' })
  const first = await skip()
  const count = recorded().length
  const again = await skip()
  assert.equal([again.status, again.body], [200, first.body])
  assert.equal([again.headers['idempotency-replayed'], again.headers.etag], ['true', '"2"'])
  assert.is(recorded().length, count)
})

test('nobody else, and no other session, is guided', async () => {
  const moves: [path: string, body?: object][] = [
    ['guide'],
    ['guide/skip', { stepId: '1' }],
    ['guide/swap', { stepId: '1', exerciseId: press }],
    ['guide/adjust', { stepId: '1', note: 'n' }],
    ['guide/rest', { seconds: 5 }],
    ['sets', warmup],
  ]
  const count = recorded().length
  for (const [path, body] of moves) {
    const { status, body: found } = await ask(path, body, {}, bob)
    assert.equal([status, told(found, problem('not-found'))], [404, problem('not-found')])
    const nobody = await call(body === undefined ? 'GET' : 'POST', `/v1/sessions/${id}/${path}`, { body })
    assert.is(nobody.status, 401)
  }
  const { body: plain } = await call<Json>('POST', '/v1/sessions', {
    ...{ token: bob, body: { startedAt: '2025-03-01T17:00:00Z' } },
  })
  const none = await call<Json>('GET', `/v1/sessions/${plain.id}/guide`, { token: bob })
  assert.equal([none.status, told(none.body, problem('no-guide'))], [404, problem('no-guide')])
  assert.is(recorded().length, count + 1)
})

test.run()
