import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  gone,
  lift,
  other,
  path,
  reading,
  served,
  set,
  squatted,
  squatting,
  told,
} from '../../support/goals-http.ts'

const more = suite('goals over HTTP, request after request')

more('are for who is logged in', async () => {
  const { call, close } = await served()
  for (const [method, to] of [set, told, gone, ['GET', path], ['GET', '/v1/goals']] as const) {
    assert.is((await call(method, to)).status, 401)
  }
  await close()
})

more('have a tag that holds until something is logged', async () => {
  const { ask, close } = await served()
  const { headers } = await ask(lift)
  assert.match(headers.etag as string, /^"1\.\d+\.2025-03-01"$/)
  assert.is(headers.location, path)
  const held = ['GET', path, undefined, { 'if-none-match': headers.etag as string }] as const
  assert.is((await ask(held)).status, 304)
  await ask(['POST', '/v1/sessions', squatted(120)])
  const { status, body } = await ask<{ current: number }>(held)
  assert.equal([status, body.current], [200, 120])
  const tag = (await ask(['GET', path])).headers.etag as string
  assert.is((await ask(['PATCH', path, { target: 150 }, { 'if-match': tag }])).status, 200)
  await close()
})

more('answer again what an idempotency key brought about, under a tag that nothing has', async () => {
  const { ask, close, recorded } = await served()
  const once = [...lift, { 'idempotency-key': 'once' }] as const
  const first = await ask(once)
  await ask(['POST', '/v1/sessions', squatted(120)])
  const again = await ask(once)
  assert.equal([again.status, again.body, again.headers['idempotency-replayed']], [201, first.body, 'true'])
  assert.is.not(again.headers.etag, (await ask(['GET', path])).headers.etag)
  assert.equal(recorded(), ['GoalSet', 'SessionLogged'])
  await close()
})

more('are listed newest first, by status, in pages', async () => {
  const { ask, close } = await served()
  await ask(['POST', '/v1/sessions', squatted(120)])
  await ask(lift)
  await ask(['POST', '/v1/goals', { ...squatting, id: other, title: 'Done', target: 120 }])
  for (const title of ['A', 'B', 'C']) await ask(['POST', '/v1/goals', { ...reading, id: undefined, title }])
  const last = await ask<{ items: { id: string }[] }>(['GET', '/v1/goals?limit=1'])
  await ask(['PATCH', `/v1/goals/${last.body.items[0]?.id}`, { status: 'abandoned' }])
  const titles = async (query: string) => {
    const found: string[][] = []
    for (let to = `/v1/goals?limit=2${query}`; ; ) {
      const { body, headers } = await ask<{ items: { title: string }[]; next?: string }>(['GET', to])
      found.push(body.items.map(({ title }) => title))
      if (body.next === undefined) return found
      to = /<(.+)>/.exec(headers.link as string)?.[1] as string
    }
  }
  assert.equal(await titles(''), [['C', 'B'], ['A', 'Done'], ['Squat']])
  assert.equal(await titles('&status=active'), [['B', 'A'], ['Squat']])
  assert.equal(await titles('&status=achieved'), [['Done']])
  assert.equal(await titles('&status=abandoned'), [['C']])
  assert.is((await ask(['GET', '/v1/goals?cursor=made-up'])).status, 400)
  assert.is((await ask(['GET', '/v1/goals?status=won'])).status, 422)
  await close()
})

more('take nothing with them that was logged', async () => {
  const { ask, close } = await served()
  const { body, headers } = await ask<{ id: string }>(['POST', '/v1/sessions', squatted(120)])
  const session = ['GET', `/v1/sessions/${body.id}`] as const
  await ask(lift)
  await ask(['PATCH', path, { target: 100, unit: 'lb' }])
  await ask(gone)
  const after = await ask(session)
  assert.equal([after.body, after.headers.etag], [body, headers.etag])
  await close()
})

more.run()
