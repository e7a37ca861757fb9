import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { NewPlanDay, StreamMessage } from '../../client/api.ts'
import { createClient } from '../../client/client.ts'
import { RefusedError } from '../../client/problem.ts'
import { memoryStore } from '../support/api-client.ts'
import { type Document, schemasOf } from '../support/contract.ts'
import { planId, squat } from '../support/guide-scenarios.ts'
import { serve } from '../support/served.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { clientTypes, type Document as Described, target } from '../tools/client-types.ts'

const test = suite('a journey with the client, and the whole program')

const dataDir = temporaryDirectory()
const { url, close } = await serve(dataDir)
const document = await fetch(`${url}/openapi.json`).then((answer) => answer.json())
const ada = { email: 'ada@example.org', password: 'correct horse battery staple' }
const days: NewPlanDay[] = [
  {
    name: 'Legs',
    exercises: [
      { exerciseId: squat, restSeconds: 120, sets: [{ kind: 'warmup', reps: 8, weight: 60 }, { reps: 5 }] },
    ],
  },
]
const store = memoryStore()
const api = createClient({ url: `${url}/`, store })

async function refusalOf(call: Promise<unknown>): Promise<RefusedError> {
  const refused = await call.catch((error: unknown) => error)
  if (refused instanceof RefusedError) return refused
  throw new Error('It was not refused.', { cause: refused })
}

test('client/api.ts is what `npm run client` makes of the document', () => {
  assert.ok(readFileSync(target, 'utf8') === clientTypes(document as Described), 'Run `npm run client`.')
})

test('somebody registers, and from then on is known', async () => {
  assert.is((await refusalOf(api.get('/v1/me'))).status, 401)
  const { status, body } = await api.post('/v1/auth/register', {
    body: { ...ada, firstName: 'Ada', timeZone: 'Europe/Berlin' },
  })
  assert.equal([status, body.user.firstName], [201, 'Ada'])
  assert.is(store.saved.at(-1)?.refreshToken, body.refreshToken)
  assert.is((await api.get('/v1/me')).body.email, ada.email)
})

test('what is refused says why, and by which rule', async () => {
  const { status, code, message, details } = await refusalOf(
    api.post('/v1/plans', { body: { id: planId, name: '', days } }),
  )
  assert.equal([status, code, details.errors?.length], [422, 'invalid-fields', 1])
  assert.is(message, details.errors?.[0]?.message)
  const missing = await refusalOf(api.get('/v1/plans/{id}', { params: { id: planId } }))
  assert.equal([missing.status, missing.code], [404, 'not-found'])
})

test('a list is read page after page', async () => {
  for (const name of ['Legs', 'Push', 'Pull']) await api.post('/v1/plans', { body: { name, days: [] } })
  const names: string[] = []
  for await (const { name } of api.each('/v1/plans', { query: { limit: 2 } })) names.push(name)
  assert.equal(names.toSorted(), ['Legs', 'Pull', 'Push'])
})

test('a change that names an old ETag is refused', async () => {
  const { headers } = await api.get('/v1/me')
  const ifMatch = headers.get('etag') ?? ''
  const changed = await api.patch('/v1/me', { body: { lastName: 'Lovelace' }, ifMatch })
  assert.is(changed.body.lastName, 'Lovelace')
  assert.is((await refusalOf(api.patch('/v1/me', { body: { lastName: null }, ifMatch }))).status, 412)
})

test('a guided workout is followed by header and by ticket, message for message as described', async () => {
  await api.post('/v1/plans', { body: { id: planId, name: 'Legs', days } })
  const { body: session } = await api.post('/v1/sessions', { body: { planId, planDay: 0 } })
  const params = { id: session.id }
  const told: StreamMessage[][] = [[], []]
  const following = [false, true].map(async (byTicket, index) => {
    for await (const message of api.follow(session.id, { byTicket, lastEventId: '0' }))
      told[index]?.push(message)
  })
  const snapshots = api.follow(session.id)
  assert.is((await snapshots.next()).value?.event, 'snapshot')

  await api.post('/v1/sessions/{id}/sets', { params, body: { stepId: '1', reps: 8, weight: 60 } })
  const stale = await refusalOf(
    api.post('/v1/sessions/{id}/sets', { params, body: { stepId: '1', reps: 8, weight: 60 } }),
  )
  assert.equal([stale.status, stale.details.guide?.step?.id], [409, '2'])
  const { body } = await api.post('/v1/sessions/{id}/sets', {
    params,
    body: { exerciseId: squat, reps: 5, weight: 100 },
  })
  const setId = 'set' in body ? body.set.id : ''
  await api.patch('/v1/sessions/{id}/sets/{setId}', { params: { ...params, setId }, body: { reps: 6 } })
  await api.delete('/v1/sessions/{id}/sets/{setId}', { params: { ...params, setId } })
  await api.post('/v1/sessions/{id}/guide/rest', { params, body: { seconds: 60 } })
  assert.is((await snapshots.next()).value?.event, 'progress')
  await snapshots.return(undefined)
  await api.post('/v1/sessions/{id}/finish', { params, body: { effort: 'heavy' } })

  await Promise.all(following)
  assert.equal(told[0], told[1])
  assert.equal(
    told[0]?.map(({ id, data }) => [id, 'type' in data && data.type]),
    [
      ['1', 'SessionStarted'],
      ['2', 'SetLogged'],
      ['3', 'SetLogged'],
      ['4', 'SetCorrected'],
      ['5', 'SetDeleted'],
      ['6', 'RestSet'],
      ['7', 'SessionFinished'],
    ],
  )
  const schemas = schemasOf(document as Document)
  const fits = schemas.at('components', 'schemas', 'StreamMessage')
  const over = await Array.fromAsync(api.follow(session.id))
  assert.equal(
    [...(told[0] ?? []), ...over].map((message) => fits?.(message) || schemas.errorsText(fits?.errors)),
    Array(8).fill(true),
  )
})

test('20 calls at once with a token that has ended are all answered', async () => {
  const last = store.saved.at(-1)
  if (last === undefined) throw new Error('Nothing was kept.')
  const stale = memoryStore({ ...last, endsAt: 0 })
  const other = createClient({ url, store: stale })
  const answers = await Promise.all(Array.from({ length: 20 }, () => other.get('/v1/me')))
  assert.equal(
    answers.map(({ status }) => status),
    Array(20).fill(200),
  )
  assert.is(stale.saved.length, 2)
})

test('nobody is known any more who has logged out', async () => {
  await api.post('/v1/auth/login', { body: ada })
  await api.post('/v1/auth/logout', { body: { everywhere: true } })
  assert.is(store.saved.at(-1), undefined)
  assert.is((await refusalOf(api.get('/v1/me'))).status, 401)
})

test('the first program of client/README.md prints what is written there', async () => {
  const readme = readFileSync(new URL('../../client/README.md', import.meta.url), 'utf8')
  const [, program = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
  const [, printed] = /prints:\n\n```\n(.*?)```/s.exec(readme) ?? []
  const path = join(dataDir, 'first.ts')
  await writeFile(path, program.replaceAll("'./client/", `'${new URL('../../client/', import.meta.url)}`))
  const { stdout } = await promisify(execFile)(process.execPath, [path, url])
  assert.is(stdout, printed)
})

test('what the document does not tell of does not compile', async () => {
  // @ts-expect-error: there is no such path
  assert.is((await refusalOf(api.get('/v1/moon'))).status, 404)
  // @ts-expect-error: the session is not named
  assert.is((await refusalOf(api.get('/v1/sessions/{id}'))).status, 404)
  // @ts-expect-error: a log in needs a password
  assert.is((await refusalOf(api.post('/v1/auth/login', { body: { email: 'ada' } }))).status, 422)
  // @ts-expect-error: one person is no list
  assert.is((await refusalOf(api.each('/v1/me').next())).status, 401)
  // @ts-expect-error: a name is a text
  assert.is((await refusalOf(api.patch('/v1/me', { body: { firstName: 7 } }))).status, 401)
})

test.after(close)

test.run()
