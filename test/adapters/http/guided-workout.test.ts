import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { GuideDocument } from '../../../src/domain/session/guide-document.ts'
import { contractOf, type Document } from '../../support/contract.ts'
import { days, planId, press, squat, standing } from '../../support/guide-scenarios.ts'
import { serve } from '../../support/served.ts'
import { temporaryDirectory } from '../../support/writer.ts'

type Json = Record<string, ReturnType<typeof JSON.parse>>

const test = suite('a guided workout with the whole program')

const { url, close } = await serve(temporaryDirectory())
const document = await fetch(`${url}/openapi.json`).then((answer) => answer.json())
const conforms = contractOf(document as Document)
let token = ''
let at = ''

async function call(method: string, path: string, body?: object, more: Record<string, string> = {}) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...more }
  const answer = await fetch(url + path, { method, headers, body: body ? JSON.stringify(body) : null })
  const text = await answer.text()
  const reply = {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (text === '' ? '' : JSON.parse(text)) as Json,
  }
  conforms(method, path, reply)
  return reply
}

const guide = async () => (await call('GET', `${at}/guide`)).body as unknown as GuideDocument
const log = (body: object, key?: string) =>
  call('POST', `${at}/sets`, body, key === undefined ? {} : { 'idempotency-key': key })

test.before(async () => {
  const told = { email: 'ada@example.org', password: 'correct horse battery staple', firstName: 'Ada' }
  token = (await call('POST', '/v1/auth/register', told)).body.accessToken
  await call('POST', '/v1/plans', { id: planId, name: 'Legs', days })
})

// Each test has a session of its own by a day of a plan; what is discarded counts nowhere.
test.before.each(async () => {
  if (at !== '') await call('DELETE', at)
  at = `/v1/sessions/${(await call('POST', '/v1/sessions', { planId, planDay: 0 })).body.id}`
})

const racers = Array.from({ length: 20 }, (_, racer) => racer)
const idOf = (racer: number) => `00000000-0000-4000-8000-0000000000${String(racer + 10)}`
const warmup = { stepId: '1', reps: 8, weight: 60 }
const byStatus = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b)

test('of 20 devices that log the current step at once one does, and 19 see where it stands', async () => {
  const answers = await Promise.all(racers.map((racer) => log({ ...warmup, id: idOf(racer) })))
  assert.equal(byStatus(answers), [201, ...Array(19).fill(409)])
  const now = await guide()
  assert.equal(standing(now).slice(0, 2), ['xoooo', '2'])
  for (const { body } of answers.filter(({ status }) => status === 409)) {
    assert.is(body.type, 'urn:repledger:problem:step-not-current')
    assert.equal(body.guide, now)
  }
  assert.is((await call('GET', at)).body.exercises[0].sets.length, 1)
})

test('20 that tell the same set of it are all told the same', async () => {
  const answers = await Promise.all(racers.map(() => log({ ...warmup, id: idOf(0) })))
  assert.equal(byStatus(answers), Array(20).fill(201))
  for (const { body } of answers) assert.equal(body, answers[0]?.body)
  assert.equal(standing(await guide()).slice(0, 2), ['xoooo', '2'])
})

test('20 under one Idempotency-Key are one, and 19 of them are told so', async () => {
  const answers = await Promise.all(racers.map(() => log(warmup, 'once')))
  assert.equal(byStatus(answers), Array(20).fill(201))
  for (const { body } of answers) assert.equal(body, answers[0]?.body)
  assert.is(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 19)
  assert.equal(standing(await guide()).slice(0, 2), ['xoooo', '2'])
})

test('a set, a skip, a swap and a note at once are each decided on what the one before left', async () => {
  const answers = await Promise.all([
    log(warmup),
    call('POST', `${at}/guide/skip`, { stepId: '1' }),
    call('POST', `${at}/guide/swap`, { stepId: '1', exerciseId: press }),
    call('POST', `${at}/guide/adjust`, { stepId: '1', note: 'Knee.' }),
  ])
  const done = answers.filter(({ status }) => status < 300).length
  assert.ok(done >= 1 && answers.every(({ status }) => status < 300 || status === 409))
  assert.is((await guide()).version, 1 + done)
})

test('what was planned, swapped, skipped, adjusted and done is told apart ever after', async () => {
  const move = (name: string, body: object) => call('POST', `${at}/guide/${name}`, body)
  await move('skip', { stepId: '1', reason: 'Warm already.' })
  await log({ stepId: '2', reps: 5, weight: 100 })
  await move('swap', { stepId: '3', exerciseId: press })
  await log({ stepId: '3.1', reps: 5, weight: 140 })
  await move('adjust', { stepId: '4', note: 'Tired.', target: { durationSeconds: 40 } })
  await log({ stepId: '4', durationSeconds: 45 })
  await move('skip', { stepId: '5' })
  assert.equal(standing(await guide()).slice(0, 2), ['-xxx-', true])
  await call('POST', `${at}/finish`, {})

  const { items } = (await call('GET', `${at}/history`)).body
  assert.equal(
    items.map((revision: Json) => [revision.version, revision.type]),
    [
      [1, 'SessionStarted'],
      [2, 'StepsSkipped'],
      [3, 'SetLogged'],
      [4, 'StepsSwapped'],
      [5, 'SetLogged'],
      [6, 'StepAdjusted'],
      [7, 'SetLogged'],
      [8, 'StepsSkipped'],
      [9, 'SessionFinished'],
    ],
  )
  assert.equal(items[1].data, {
    ...{ stepIds: ['1'], exerciseId: squat, workingSets: 0, reason: 'Warm already.' },
  })
  assert.equal([items[3].data.swappedExerciseId, items[3].data.exerciseId], [squat, press])
  assert.equal(
    [items[5].data.note, items[5].data.target],
    ['Tired.', { kind: 'working', durationSeconds: 40 }],
  )
  const { adherence } = (await call('GET', '/v1/statistics')).body
  assert.equal(adherence, {
    ...{ planned: 4, done: 3, ratio: 0.75, skipped: 1, swapped: 1, adjusted: 1 },
    sessions: null,
  })
})

test('a correction after the end changes the records and the guide, as ever', async () => {
  await log(warmup)
  const { body } = await log({ stepId: '2', reps: 5, weight: 100 })
  await call('POST', `${at}/finish`, {})
  const heaviest = async () => {
    const { items } = (await call('GET', `/v1/statistics/records?exerciseId=${squat}`)).body
    return items.find(({ kind }: Json) => kind === 'max-weight')?.value
  }
  assert.is(await heaviest(), 100)
  const corrected = await call('PATCH', `${at}/sets/${body.set.id}`, { weight: 110 })
  assert.equal([corrected.status, corrected.body.stepId], [200, '2'])
  assert.is(await heaviest(), 110)
  assert.is((await guide()).steps[1]?.set?.weight, 110)
  assert.is((await call('DELETE', `${at}/sets/${body.set.id}`)).status, 204)
  assert.is(await heaviest(), undefined)
})

test.after(close)

test.run()
