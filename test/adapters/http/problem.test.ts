import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Problem, problemDetails, problemOf } from '../../../src/adapters/http/problem.ts'
import { type RefusalCode, refuse, refuseFields } from '../../../src/domain/refusal.ts'

const test = suite('problem')

const statuses: Record<RefusalCode, number> = {
  'invalid-fields': 422,
  'not-found': 404,
  'not-empty': 409,
  'no-guide': 404,
  'id-taken': 409,
  'email-taken': 409,
  'phone-taken': 409,
  'name-taken': 409,
  'catalogue-read-only': 403,
  archived: 409,
  'live-session-exists': 409,
  'session-not-active': 409,
  'session-discarded': 409,
  'step-not-current': 409,
  'too-many-sets': 422,
  'too-many-tokens': 409,
  'goal-follows-log': 409,
  'stale-version': 412,
  'idempotency-key-reused': 422,
  'wrong-credentials': 401,
  'token-needed': 401,
  'account-claimed': 409,
  'statistics-exist': 409,
  'login-ended': 401,
  'reset-ticket-ended': 401,
  contended: 503,
  'erasure-under-way': 503,
}

test('every rule of the domain has its status', () => {
  const codes = Object.keys(statuses) as RefusalCode[]
  assert.equal(Object.fromEntries(codes.map((code) => [code, problemOf(refuse(code, '')).status])), statuses)
})

test('what the caller needs to go on stands beside the details, and never in place of them', () => {
  const about = { sessionId: 'one', status: 'hidden' }
  const problem = problemOf(refuse('live-session-exists', 'Session one is live.', about))
  assert.equal(JSON.parse(problemDetails(problem, 'request')), {
    sessionId: 'one',
    type: 'urn:repledger:problem:live-session-exists',
    title: 'A session is live already',
    status: 409,
    detail: 'Session one is live.',
    instance: 'request',
  })
})

test('a 422 always names a place', () => {
  const errors = [{ pointer: '/a', code: 'required', message: '`a` is required.' }]
  assert.equal(problemOf(refuseFields(errors)).errors, errors)
  const reused = problemOf(refuse('idempotency-key-reused', 'Used before.'))
  assert.equal(reused.errors, [
    { pointer: '/Idempotency-Key', code: 'idempotency-key-reused', message: 'Used before.' },
  ])
  const many = problemOf(refuse('too-many-sets', 'A thousand at most.'))
  assert.equal(many.errors, [{ pointer: '', code: 'too-many-sets', message: 'A thousand at most.' }])
})

test('a 401 says how to authenticate and a 503 when to come again', () => {
  assert.equal(problemOf(refuse('wrong-credentials', '')).headers, {
    'www-authenticate': 'Bearer realm="repledger"',
  })
  assert.equal(problemOf(refuse('contended', '')).headers, { 'retry-after': '1' })
  assert.equal(new Problem('failure', '').headers, {})
})

test.run()
