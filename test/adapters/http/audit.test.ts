import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { auditRoutes } from '../../../src/adapters/http/audit.ts'
import type { HeadReport, OnProgress, Verifying, VerifyReport } from '../../../src/application/audit.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { startHttp } from '../../support/http.ts'

const test = suite('audit')

const head = { position: 7, hash: 'ab'.repeat(32) }
const signed = { signedAt: '2026-03-01T10:00:00.000Z', keyId: 'cd'.repeat(16), signature: 'ef'.repeat(64) }
const report: VerifyReport = {
  ...{ events: 7, head, checkpoints: 1, notes: [], findingsTotal: 1 },
  findings: [{ kind: 'changed', position: 3, detail: 'The event is not as it was written.' }],
}

const beginning = { progress: { phase: 'Opening the files', done: 0, total: 1 } }
const linesOf = (body: unknown) =>
  String(body)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** A check that the test moves on; one at a time. */
async function given(lastHead: HeadReport = { ...head, checkpoint: null }) {
  const failures: unknown[] = []
  const ranges: object[] = []
  const stopped = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<OnProgress>()
  const done = Promise.withResolvers<VerifyReport | undefined>()
  let isRunning = false
  const verifying: Verifying = {
    start(range, onProgress) {
      if (isRunning) return refuse('contended', 'The log is being verified already.')
      isRunning = true
      ranges.push(range)
      begun.resolve(onProgress)
      return { report: done.promise, stop: stopped.resolve }
    },
  }
  const http = await startHttp(
    auditRoutes({ head: async () => lastHead, verifying, onFailure: (error) => failures.push(error) }),
    {
      authentication: {
        authenticate: async (token) => ({
          ...{ userId: token, loginId: token, tokenId: token, expiresAt: Number.POSITIVE_INFINITY },
          scopes: token === 'auditor' ? ['audit'] : ['login', 'read', 'write'],
        }),
        ...{ loginHasEnded: async () => false, now: () => 0 },
        isGone: async () => true,
      },
    },
  )
  const verify = (query = '') => http.call('GET', `/v1/audit/verify${query}`, { token: 'auditor' })
  return { ...http, failures, ranges, stopped, begun, done, verify }
}

test('anybody may ask where the log ends, and gets the last signed word about it', async () => {
  const reports: HeadReport[] = [
    { ...head, checkpoint: null },
    { ...head, checkpoint: { position: 5, hash: '12'.repeat(32), ...signed } },
  ]
  for (const expected of reports) {
    const http = await given(expected)
    const { status, headers, body } = await http.call('GET', '/v1/audit/head')
    assert.equal([status, headers['cache-control'], body], [200, 'no-store', expected])
    await http.close()
  }
})

test('a check tells how far it is, line by line, and its report last', async () => {
  const { begun, done, ranges, stopped, close, verify } = await given()
  const answer = verify('?from=2&to=7')
  const onProgress = await begun.promise
  const progress = { phase: 'Verifying', done: 2, total: 5 }
  onProgress(progress)
  done.resolve(report)
  const { status, headers, body } = await answer
  assert.equal(
    [status, headers['content-type'], headers['cache-control']],
    [200, 'application/x-ndjson', 'no-store'],
  )
  assert.equal(linesOf(body), [beginning, { progress }, { report }])
  assert.equal(ranges, [{ from: 2, to: 7 }])
  await stopped.promise
  await close()
})

test('a second check is refused while one runs', async () => {
  const { begun, done, close, verify } = await given()
  const first = verify()
  await begun.promise
  const { status, headers } = await verify()
  assert.equal([status, headers['retry-after']], [503, '1'])
  done.resolve(report)
  assert.is((await first).status, 200)
  await close()
})

test('a check that fails says so in its last line, and the log knows why', async () => {
  const { begun, done, failures, close, verify } = await given()
  const answer = verify()
  await begun.promise
  const reason = new Error('no such table')
  done.reject(reason)
  assert.equal(linesOf((await answer).body), [beginning, { failure: 'The check could not be finished.' }])
  assert.equal(failures, [reason])
  await close()
})

test('a check that the service ends as it goes down says so in its last line', async () => {
  const { begun, done, failures, close, verify } = await given()
  const answer = verify()
  await begun.promise
  done.resolve(undefined)
  assert.equal(linesOf((await answer).body), [beginning, { failure: 'The check was ended.' }])
  assert.equal(failures, [])
  await close()
})

test('a client that goes away ends the check', async () => {
  const { begun, done, failures, stopped, url, close } = await given()
  const leaving = new AbortController()
  const headers = { authorization: 'Bearer auditor' }
  await fetch(`${url}/v1/audit/verify`, { headers, signal: leaving.signal })
  const onProgress = await begun.promise
  leaving.abort()
  await stopped.promise
  onProgress({ phase: 'Verifying', done: 2, total: 5 })
  done.resolve(undefined)
  await close()
  assert.equal(failures, [])
})

test('no check is begun by HEAD, by a wrong range, or for a person', async () => {
  const { call, ranges, close, verify } = await given()
  assert.is((await call('HEAD', '/v1/audit/verify', { token: 'auditor' })).status, 200)
  const wrong = await verify('?from=3&to=2')
  assert.equal([wrong.status, (await verify('?from=0')).status], [422, 422])
  const refused = await call('GET', '/v1/audit/verify', { token: 'ada' })
  assert.equal(
    [refused.status, refused.headers['www-authenticate']],
    [403, 'Bearer realm="repledger", error="insufficient_scope", scope="audit"'],
  )
  assert.equal(ranges, [])
  await close()
})

test.run()
