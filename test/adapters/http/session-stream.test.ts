import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { follow, type Json } from '../../support/event-client.ts'
import { ada, bob, metadata, must } from '../../support/memory-sessions.ts'
import { startStreams } from '../../support/memory-streams.ts'
import { tellStreamStory } from '../../support/stream-story.ts'

const test = suite('session stream')
const server = await startStreams()
const squat = { exerciseId: 'barbell-back-squat', reps: 5, weight: 100 }

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.call<Json>(method, path, { token: ada, headers, ...(body !== undefined && { body }) })

/** A live session of its own, and its path. */
async function started() {
  const live = await call('GET', '/v1/sessions/live')
  if (live.status === 200) await call('DELETE', `/v1/sessions/${live.body.id}`)
  const { body } = await call('POST', '/v1/sessions', {})
  const path = `/v1/sessions/${body.id}`
  return { path, url: `${server.url}${path}/stream`, id: String(body.id) }
}

const log = (path: string) => call('POST', `${path}/sets`, squat)
const idsOf = ({ received }: { received: readonly { id: number }[] }) => received.map(({ id }) => id)

test('a stream begins with a snapshot, and tells each version once, as it comes', async () => {
  const { path, url, id } = await started()
  await log(path)
  const stream = await follow(url, { token: ada, language: 'ru' })
  assert.equal(
    ['content-type', 'cache-control', 'x-accel-buffering', 'content-language', 'x-frame-options'].map(
      (name) => stream.headers[name],
    ),
    ['text/event-stream', 'no-store', 'no', 'ru', 'DENY'],
  )
  await log(path)
  await call('PATCH', path, { title: 'Legs' })
  await stream.reached(4)
  const [snapshot, set, change] = stream.received
  const { data } = snapshot as NonNullable<typeof snapshot>
  assert.equal([stream.retry(), idsOf(stream)], [1000, [2, 3, 4]])
  assert.equal([snapshot?.event, data.session.id, data.guide, data.version], ['snapshot', id, null, 2])
  assert.equal([set?.event, set?.data.type, set?.data.set.reps], ['progress', 'SetLogged', 5])
  assert.equal(change?.data.session, { title: 'Legs' })
  stream.cut()
})

test('who comes back is told what was missed, in the very same words', async () => {
  const { path, url } = await started()
  const stream = await follow(url, { token: ada, lastEventId: 0 })
  for (let set = 0; set < 70; set++) await log(path)
  await stream.reached(71)
  const again = await follow(`${url}?lastEventId=9`, { token: ada })
  const byHeader = await follow(`${url}?lastEventId=9`, { token: ada, lastEventId: 60 })
  await Promise.all([again.reached(71), byHeader.reached(71)])
  assert.equal(
    idsOf(stream),
    Array.from({ length: 71 }, (_, index) => index + 1),
  )
  assert.equal(again.received, stream.received.slice(9))
  assert.equal(byHeader.received, stream.received.slice(60))
  for (const one of [stream, again, byHeader]) one.cut()
})

test('an id ahead of the session, or none, gets a snapshot; the last one only what follows', async () => {
  const { path, url } = await started()
  for (const lastEventId of [2, 'x', '-1', '1.5', '99999999999']) {
    const stream = await follow(url, { token: ada, lastEventId })
    await stream.reached(1)
    assert.equal([stream.received[0]?.event, idsOf(stream)], ['snapshot', [1]], `${lastEventId}`)
    stream.cut()
  }
  const stream = await follow(url, { token: ada, lastEventId: 1 })
  await log(path)
  await stream.reached(2)
  assert.equal(idsOf(stream), [2])
  stream.cut()
})

test('more than a thousand versions behind is one snapshot, a thousand are told each', async () => {
  const { url, id } = await started()
  for (let change = 1; change <= 1001; change++) {
    must(await server.memory.sessions.change({ userId: ada, metadata }, id, { title: `Title ${change}` }))
  }
  const [behind, further] = [
    await follow(url, { token: ada, lastEventId: 2 }),
    await follow(url, { token: ada, lastEventId: 1 }),
  ]
  await Promise.all([behind.reached(1002), further.reached(1002)])
  assert.is(behind.received.length, 1000)
  assert.equal([further.received[0]?.event, idsOf(further)], ['snapshot', [1002]])
  behind.cut()
  further.cut()
})

for (const [end, method] of [['finish', 'POST'] as const, ['', 'DELETE'] as const]) {
  test(`the end of a session ends its streams: ${method}`, async () => {
    const { path, url } = await started()
    const stream = await follow(url, { token: ada })
    await stream.reached(1)
    await call(method, end === '' ? path : `${path}/${end}`, method === 'POST' ? {} : undefined)
    assert.is(await stream.over, 'ended')
    assert.equal([stream.received.at(-1)?.event, idsOf(stream)], ['finished', [1, 2]])
    const late = await follow(url, { token: ada, lastEventId: 1 })
    assert.equal([await late.over, late.received], ['ended', stream.received.slice(1)])
    const whole = await follow(url, { token: ada })
    assert.equal([await whole.over, whole.received.map(({ event }) => event)], ['ended', ['snapshot']])
    assert.is((await call('GET', `${path}/stream?lastEventId=2`)).status, 204)
  })
}

test('a HEAD is told what it is and opens nothing', async () => {
  const { url } = await started()
  const stream = await follow(url, { token: ada, method: 'HEAD' })
  assert.equal([stream.status, stream.headers['content-type']], [200, 'text/event-stream'])
  assert.equal([await stream.over, stream.text()], ['ended', ''])
  assert.equal(server.streaming.count(), { streams: 0, channels: 0 })
})

test('nobody follows what is not theirs', async () => {
  const { path, id } = await started()
  assert.is((await server.call('GET', `${path}/stream`)).status, 401)
  assert.is((await server.call('GET', `${path}/stream`, { token: bob })).status, 404)
  assert.is((await server.call('POST', `${path}/stream-ticket`, { token: bob })).status, 404)
  assert.is((await call('GET', `/v1/sessions/${id.replaceAll(/./g, '0')}/stream`)).status, 404)
  const accept = 'application/json'
  assert.is((await call('GET', `${path}/stream`, undefined, { accept })).status, 406)
})

test('a ticket opens the stream of its session once, for a client that cannot send a header', async () => {
  const { path, url } = await started()
  const ticketFor = async () =>
    (await call('POST', `${path}/stream-ticket`, undefined, { 'idempotency-key': 'k' })).body.ticket as string
  const ticket = await ticketFor()
  const stream = await follow(`${url}?ticket=${ticket}`)
  await stream.reached(1)
  stream.cut()
  assert.is((await follow(`${url}?ticket=${ticket}`)).status, 401)
  const old = await ticketFor()
  server.pass(60)
  assert.is((await server.call('GET', `${path}/stream?ticket=${old}`)).status, 401)
  const ofLogin = await ticketFor()
  server.ended.add(`login ${ada}`)
  const refused = await server.call<Json>('GET', `${path}/stream?ticket=${ofLogin}`)
  server.ended.clear()
  assert.equal([refused.status, refused.headers['www-authenticate']], [401, 'Bearer realm="repledger"'])
})

test('who is cut off again and again is told what the other is told, each version once', async () => {
  await tellStreamStory(async () => ({ url: server.url, token: ada }), { runs: 8, seed: 5 })
})

test('nothing is left of streams that are closed', async () => {
  await server.close()
  assert.equal(server.streaming.count(), { streams: 0, channels: 0 })
  assert.equal([server.failures, server.isTicking(), server.memory.followed()], [[], false, 0])
})

test.run()
