import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import packageJson from '../../package.json' with { type: 'json' }
import { follow } from '../support/event-client.ts'
import { measureStreams } from '../support/many-streams.ts'
import { startServer } from '../support/process.ts'
import { day, postingTo, tellStreamStory } from '../support/stream-story.ts'

const test = suite<{ dataDir: string }>('session stream of the whole program')

const account = { email: 'stream@example.com', password: 'a long enough phrase' }
/** As `npm start` has it; otherwise room for what is soon thrown away outweighs what is kept. */
const asStarted = {
  NODE_OPTIONS: packageJson.scripts.start
    .split(' ')
    .filter((word) => /^--/.test(word))
    .join(' '),
}

test.before.each(async (context) => {
  context.dataDir = await mkdtemp(join(tmpdir(), 'repledger-stream-'))
})

test.after.each(async ({ dataDir }) => {
  await rm(dataDir, { recursive: true, force: true })
})

async function registered(url: string) {
  const { accessToken: token } = await postingTo(url, '')('POST', '/v1/auth/register', {
    ...account,
    firstName: 'Sam',
  })
  return { url, token: String(token), post: postingTo(url, String(token)) }
}

/** A person in a session that is done by a day of a plan. */
async function training(url: string) {
  const person = await registered(url)
  const plan = await person.post('POST', '/v1/plans', day)
  const { id } = await person.post('POST', '/v1/sessions', { planId: plan.id, planDay: 0 })
  return { ...person, path: `/v1/sessions/${id}` }
}

test('two clients are told the same, whatever is done and however often one is cut off', async (context) => {
  const server = await startServer(context.dataDir)
  try {
    const person = await registered(server.url)
    await tellStreamStory(async () => person, { runs: 150, seed: Number(process.env.SEED ?? Date.now()) })
  } finally {
    await server.stop('SIGTERM')
  }
})

test('kill -9 in mid-rest: the same step, the same rest, and the stream goes on', async (context) => {
  let server = await startServer(context.dataDir)
  try {
    const { path, token, post } = await training(server.url)
    const stream = await follow(`${server.url}${path}/stream`, { token })
    // The last of a round, behind which there is a rest.
    for (const [stepId, facts] of [['1', { reps: 5, weight: 100 }] as const, ['2', { reps: 8 }] as const]) {
      await post('POST', `${path}/sets`, { stepId, ...facts })
    }
    const before = await post('GET', `${path}/guide`)
    await stream.reached(3)
    await server.stop('SIGKILL')
    assert.equal([await stream.over, stream.received.at(-1)?.id], ['cut', 3])
    server = await startServer(context.dataDir)
    const again = postingTo(server.url, token)
    const after = await again('GET', `${path}/guide`)
    assert.equal([after.step.id, after.rest.endsAt.length > 0], ['3', true])
    assert.equal(after, before)
    const resumed = await follow(`${server.url}${path}/stream`, { token, lastEventId: 3 })
    const whole = await follow(`${server.url}${path}/stream`, { token, lastEventId: 1 })
    await again('POST', `${path}/guide/skip`, { stepId: '3' })
    await Promise.all([resumed.reached(4), whole.reached(4)])
    assert.equal(
      [...stream.received, ...resumed.received].map(({ id }) => id),
      [1, 2, 3, 4],
    )
    assert.equal(whole.received, [...stream.received, ...resumed.received].slice(1))
    await server.stop('SIGTERM')
    assert.is(await resumed.over, 'ended')
  } finally {
    await server.stop('SIGKILL')
  }
})

test('to log out ends the streams of that login, to log out everywhere those of all', async (context) => {
  const server = await startServer(context.dataDir)
  try {
    const { path, token, post } = await training(server.url)
    const login = async () => String((await post('POST', '/v1/auth/login', account)).accessToken)
    const tokens = [token, await login(), await login()]
    const streams = await Promise.all(
      tokens.map((one) => follow(`${server.url}${path}/stream`, { token: one })),
    )
    const [first, second, third] = streams as [(typeof streams)[0], (typeof streams)[0], (typeof streams)[0]]
    await postingTo(server.url, tokens[1] as string)('POST', '/v1/auth/logout', {})
    assert.equal([await second.over, first.isOver(), third.isOver()], ['ended', false, false])
    await post('POST', '/v1/auth/logout', { everywhere: true })
    assert.equal(await Promise.all([first.over, third.over]), ['ended', 'ended'])
  } finally {
    await server.stop('SIGTERM')
  }
})

test('who never reads is dropped, and hinders nobody', async (context) => {
  const server = await startServer(context.dataDir)
  try {
    const { path, token, post } = await training(server.url)
    const { hostname, port } = new URL(server.url)
    const deaf = connect(Number(port), hostname)
    const closed = new Promise((resolve) => deaf.on('close', resolve))
    deaf.on('error', () => undefined)
    deaf.pause()
    deaf.write(`GET ${path}/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n\r\n`)
    const stream = await follow(`${server.url}${path}/stream`, { token })
    await stream.reached(1)
    // More than the system keeps on the way, and 128 messages beyond that.
    const changes = 2500
    for (let change = 1; change <= changes; change++) {
      const { version } = await post('PATCH', path, { notes: `${change} ${'\u{1F4AA}'.repeat(1990)}` })
      assert.is(version, change + 1)
    }
    await stream.reached(changes + 1)
    assert.is(stream.received.length, changes + 1)
    // What was dropped ends before all of it has come: only what the system kept for it is left to be read.
    let bytes = 0
    deaf.on('data', (chunk) => {
      bytes += chunk.length
    })
    deaf.resume()
    await closed
    assert.ok(bytes < changes * 7960, `${bytes} bytes`)
  } finally {
    await server.stop('SIGTERM')
  }
})

test('a thousand streams are small, and leave nothing behind', async (context) => {
  const server = await startServer(context.dataDir, asStarted)
  try {
    const { kilobytesAStream, latencies, descriptors } = await measureStreams(server, 1000)
    assert.is(latencies.length, 20_000)
    assert.ok(kilobytesAStream < 30, `${kilobytesAStream} KB a stream`)
    assert.ok(descriptors.open >= descriptors.before + 1000, JSON.stringify(descriptors))
    assert.ok(descriptors.after <= descriptors.before, JSON.stringify(descriptors))
  } finally {
    assert.is(await server.stop('SIGTERM'), 0)
  }
})

test.run()
