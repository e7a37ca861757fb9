import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamMessage } from '../../client/api.ts'
import { RefusedError } from '../../client/problem.ts'
import { ann, startClient } from '../support/api-client.ts'
import { type GuideServer, startGuideServer } from '../support/guide-server.ts'
import { bench, withServer } from '../support/trainee.ts'

const test = suite('a stream that a client follows')
const token = 'secret'

/** What is followed until it ends, by version; `onMessage` does what is to happen meanwhile. */
async function versions(
  messages: AsyncIterable<StreamMessage>,
  onMessage: (message: StreamMessage) => void = () => {},
): Promise<number[]> {
  const heard: number[] = []
  for await (const message of messages) {
    assert.is(message.id, String(message.data.version))
    heard.push(message.data.version)
    onMessage(message)
  }
  return heard
}

const opened = ({ asked }: GuideServer) => asked.filter(({ what }) => what.endsWith('/stream')).length

test(
  'goes on where it was each time that it breaks off, and loses none',
  withServer([bench], async (server) => {
    server.change('start')
    server.change('rest', { seconds: 1 })
    const { api, pauses } = startClient(server, { token })
    const faults = ['lost', { status: 500 }, { status: 429 }, { status: 503 }] as const
    const heard = await versions(api.follow('one'), ({ data: { version } }) => {
      const fault = faults[version % 5]
      if (fault !== undefined) server.fail(/stream$/, fault)
      if (version % 3 === 0) server.cut()
      if (version === 30) server.change('finish')
      else if (version < 30) for (const seconds of [version, 2]) server.change('rest', { seconds })
    })
    assert.equal(
      heard,
      Array.from({ length: heard.length }, (_, index) => index + 2),
    )
    assert.is(heard.length, server.told.length - 1)
    assert.ok(pauses.length >= 10)
  }),
)

test(
  'begins behind the message that is known',
  withServer([bench], async (server) => {
    server.change('start')
    for (const seconds of [1, 2, 3]) server.change('rest', { seconds })
    server.change('finish')
    const { api } = startClient(server, { token })
    assert.equal(await versions(api.follow('one', { lastEventId: '2' })), [3, 4, 5])
    assert.equal(await versions(api.follow('one')), [5])
    server.fail(/stream$/, { status: 204 })
    assert.equal(await versions(api.follow('one', { lastEventId: '5' })), [])
  }),
)

test(
  'is begun anew where it says nothing for longer than its heartbeats',
  withServer([bench], async (server) => {
    server.change('start')
    const { api } = startClient(server, { token })
    const heard = await versions(api.follow('one', { silenceMs: 50 }), ({ data: { version } }) => {
      server.mute()
      if (version < 3) server.change(version === 1 ? 'adjust' : 'finish')
    })
    assert.equal([heard, opened(server)], [[1, 2, 3], 3])
  }),
)

test(
  'is begun anew with another token where its own has ended, and after a refresh that was lost',
  withServer([bench], async (server) => {
    server.change('start')
    const { api } = startClient(server, { credentials: () => ann, attempts: 1 })
    const heard = await versions(api.follow('one'), ({ data: { version } }) => {
      if (version > 1) return
      server.expire()
      server.fail(/refresh$/, 'lost')
      server.cut()
      server.change('finish')
    })
    assert.equal(heard, [1, 2])
  }),
)

test(
  'ends where nobody wants it any more',
  withServer([bench], async (server) => {
    server.change('start')
    const leaving = new AbortController()
    const { api } = startClient(server, { token })
    for await (const { id } of api.follow('one')) {
      assert.is(id, '1')
      break
    }
    const following = versions(api.follow('one', { signal: leaving.signal }), () => leaving.abort('left'))
    assert.is(await following.catch((error: unknown) => error), 'left')
    const other = startClient(server, { token, signal: AbortSignal.abort('gone') })
    assert.is(await versions(other.api.follow('one')).catch((error: unknown) => error), 'gone')
  }),
)

test(
  'that is refused for good, or makes no sense, is a failure',
  withServer([bench], async (server) => {
    const { api } = startClient(server, { token })
    server.fail(/stream$/, { status: 404 })
    const refused = await versions(api.follow('one')).catch((error: unknown) => error as RefusedError)
    assert.ok(refused instanceof RefusedError)
    assert.equal([refused.call, refused.status], ['get /v1/sessions/{id}/stream', 404])
    server.fail(/stream$/, { status: 200, body: 'event: progress\ndata: {\n\n' })
    assert.instance(await versions(api.follow('one')).catch((error: unknown) => error), SyntaxError)
  }),
)

test('waits for a server that is away', async () => {
  const closed = await startGuideServer([])
  closed.close()
  const leaving = new AbortController()
  let pauses = 0
  const { api } = startClient(closed, {
    token,
    signal: leaving.signal,
    async wait() {
      pauses += 1
      if (pauses === 9) leaving.abort('left')
    },
  })
  assert.is(await versions(api.follow('one')).catch((error: unknown) => error), 'left')
})

test.run()
