import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ada, ben, own } from '../../support/exercises.ts'
import { servedExercises } from '../../support/exercises-http.ts'

type Exercise = { id: string; name: string; archived: boolean; custom: boolean }
type Refused = { type: string; errors: { pointer: string; code: string }[] }
type Page = { items: Exercise[] }

const path = `/v1/exercises/${own}`
const problem = (code: string) => `urn:repledger:problem:${code}`

async function withLogPress() {
  const served = await servedExercises()
  const { body } = await served.post<Exercise>({
    ...{ id: own, name: 'Log Press', metric: 'weight-reps', level: 'beginner', force: 'push' },
    ...{ primaryMuscles: ['front-delts'], secondaryMuscles: ['triceps'] },
  })
  const { call, recorded } = served
  const patch = <B = Exercise>(change: unknown, headers: Record<string, string> = {}, at = path) =>
    call<B>('PATCH', at, { token: ada, body: change, headers })
  const remove = <B = string>(headers: Record<string, string> = {}, at = path) =>
    call<B>('DELETE', at, { token: ada, headers })
  return { ...served, created: body, patch, remove, recorded: () => recorded().slice(1) }
}

const changing = suite('PATCH /v1/exercises/{id}')

changing('changes what is named, clears what is null, and shows what it has become', async () => {
  const { get, patch, close, created, recorded } = await withLogPress()
  const change = { name: ' Axle Press ', equipment: ['barbell'], level: null, unilateral: true }
  const expected = { ...created, ...change, name: 'Axle Press' }
  const { status, headers, body } = await patch(change)
  assert.equal([status, headers.etag, body], [200, '"2"', expected])
  assert.equal((await get(path)).body, expected)
  assert.equal((await patch(change)).headers.etag, '"2"')
  assert.is((await get<Page>('/v1/exercises?q=axle')).body.items.length, 1)
  assert.is((await get<Page>('/v1/exercises?q=log%20press')).body.items.length, 0)
  assert.is(recorded().length, 1)
  await close()
})

changing('refuses the metric and all else that does not pass, by name and all at once', async () => {
  const { patch, close, recorded } = await withLogPress()
  const rows: [unknown, string[]][] = [
    [{ metric: 'reps' }, ['/metric']],
    [{ metric: 'weight-reps', name: 'A' }, ['/metric']],
    [{ id: own, custom: true, archived: true }, ['/archived', '/custom', '/id']],
    [{ name: null, description: null, category: null }, ['/category', '/description', '/name']],
    [{ name: ' ', level: 'hard', equipment: ['sword'] }, ['/equipment/0', '/level', '/name']],
    [{ primaryMuscles: ['triceps'] }, ['/primaryMuscles']],
  ]
  for (const [change, pointers] of rows) {
    const { status, body } = await patch<Refused>(change)
    assert.is(status, 422)
    assert.equal(body.errors.map(({ pointer }) => pointer).toSorted(), pointers)
  }
  assert.equal(recorded(), [])
  await close()
})

changing('refuses a name that another live one has', async () => {
  const { post, patch, close, recorded } = await withLogPress()
  await post({ name: 'Axle Press', metric: 'reps' })
  const { status, body } = await patch<Refused>({ name: 'AXLE  press' })
  assert.equal([status, body.type], [409, problem('name-taken')])
  assert.is((await patch({ name: 'Plank' })).status, 200)
  assert.is(recorded().length, 2)
  await close()
})

changing.run()

const archiving = suite('DELETE /v1/exercises/{id}')

archiving('archives: listed no more unless asked for, readable by id, once', async () => {
  const { get, patch, post, remove, close, created, recorded } = await withLogPress()
  const { status, headers, body } = await remove()
  assert.equal([status, headers.etag, body], [204, '"2"', ''])
  assert.equal([(await remove()).status, recorded().length], [204, 1])
  const shown = await get<Exercise>(path)
  assert.equal([shown.body, shown.headers.etag], [{ ...created, archived: true }, '"2"'])
  assert.equal((await get<Page>('/v1/exercises?custom=true')).body.items, [])
  assert.equal((await get<Page>('/v1/exercises?archived=true')).body.items, [shown.body])
  assert.equal((await get<Page>('/v1/exercises?archived=false&custom=true')).body.items, [])
  const refused = await patch<Refused>({ name: 'Axle Press' })
  assert.equal([refused.status, refused.body.type], [409, problem('archived')])
  assert.is((await post({ name: 'Log Press', metric: 'reps' })).status, 201)
  await close()
})

archiving.run()

const both = suite('PATCH and DELETE of an exercise')

both('honour If-Match', async () => {
  const { patch, remove, close, recorded } = await withLogPress()
  const stale = { 'if-match': '"2"' }
  assert.equal([(await patch({ name: 'A' }, stale)).status, (await remove(stale)).status], [412, 412])
  assert.equal(recorded(), [])
  assert.is((await patch({ name: 'A' }, { 'if-match': '"1"' })).status, 200)
  assert.is((await remove({ 'if-match': '"2"' })).status, 204)
  await close()
})

both('are forbidden on the catalogue, and find nothing of somebody else’s', async () => {
  const { call, patch, remove, close, recorded } = await withLogPress()
  const plank = '/v1/exercises/plank'
  for (const answer of [await patch<Refused>({ name: 'A' }, {}, plank), await remove<Refused>({}, plank)]) {
    assert.equal([answer.status, answer.body.type], [403, problem('catalogue-read-only')])
  }
  for (const at of [`/v1/exercises/${ben}`, '/v1/exercises/nothing']) {
    assert.equal([(await patch({ name: 'A' }, {}, at)).status, (await remove({}, at)).status], [404, 404])
  }
  assert.is((await call('PATCH', path, { token: ben, body: { name: 'A' } })).status, 404)
  assert.is((await call('DELETE', path, { token: ben })).status, 404)
  assert.is((await call('DELETE', path)).status, 401)
  assert.equal(recorded(), [])
  await close()
})

both.run()
