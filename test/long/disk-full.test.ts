import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runProgram, type ServerProcess, startServer } from '../support/process.ts'

const test = suite('a full disk')

type Json = Record<string, ReturnType<typeof JSON.parse>>

/** Runs a tool of the system, and says what the machine lacks where that cannot be done. */
function tool(command: string, ...args: string[]) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  const why = error?.message ?? stderr.trim()
  assert.is(status, 0, `This test needs to be root, and to run \`${command} ${args[0]}\`: ${why}`)
}

function clientOf({ url }: ServerProcess) {
  let headers: Record<string, string> = { 'content-type': 'application/json' }
  const ask = async (path: string, body?: unknown) => {
    const method = body === undefined ? 'GET' : 'POST'
    const response = await fetch(url + path, {
      ...{ method, headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return {
      status: response.status,
      retry: response.headers.get('retry-after'),
      body: (await response.json()) as Json,
    }
  }
  const session = () =>
    ask('/v1/sessions', {
      startedAt: '2025-03-01T17:00:00Z',
      finishedAt: '2025-03-01T18:00:00Z',
      notes: 'x'.repeat(1900),
      exercises: [{ exerciseId: 'barbell-back-squat', sets: Array(20).fill({ reps: 5, weight: 60 }) }],
    })
  return {
    ask,
    session,
    async register() {
      const person = { email: 'full@example.com', password: 'a long enough phrase', firstName: 'Kim' }
      const { body } = await ask('/v1/auth/register', person)
      headers = { ...headers, authorization: `Bearer ${body.accessToken}` }
    },
  }
}

test('is answered 503, loses nothing acknowledged, and writing goes on when there is room', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-full-'))
  const size = (size: string, ...options: string[]) =>
    tool('mount', '-t', 'tmpfs', '-o', [...options, `size=${size}`].join(), 'tmpfs', dataDir)
  size('6m')
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  try {
    const { ask, session, register } = clientOf(server)
    await register()
    const acknowledged: string[] = []
    const refusals = new Set<string>()
    for (let refused = 0; refused < 200; ) {
      const answers = await Promise.all(Array.from({ length: 8 }, session))
      for (const { status, retry, body } of answers) {
        if (status === 201) acknowledged.push(body.id)
        else refused += refusals.add(`${status} ${retry} ${body.type}`).size
      }
    }
    assert.equal([...refusals], ['503 1 urn:repledger:problem:cannot-write'])
    size('60m', 'remount')
    for (let more = 0; more < 20; more++) acknowledged.push((await session()).body.id)
    assert.is((await ask('/v1/statistics')).body.sessions, acknowledged.length)
    for (const id of acknowledged) assert.is((await ask(`/v1/sessions/${id}`)).status, 200)

    // Stopped on a full disk it cannot sign the end, says so, and the next start does.
    size('20m', 'remount')
    try {
      writeFileSync(join(dataDir, 'ballast'), Buffer.alloc(50_000_000))
    } catch (error) {
      assert.is((error as NodeJS.ErrnoException).code, 'ENOSPC')
    }
    assert.is(await server.stop('SIGTERM'), 1)
    rmSync(join(dataDir, 'ballast'))
    const verified = await runProgram(dataDir, 'verify')
    assert.is(verified.code, 0, verified.output + verified.errors)
    const next = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    assert.is(await next.stop('SIGTERM'), 0)
    const { checkpoint, position } = JSON.parse((await runProgram(dataDir, 'head', '--json')).output)
    assert.is(checkpoint.position, position)
  } finally {
    await server.stop('SIGKILL')
    tool('umount', dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('leaves the views that serve alone in a rebuild, which ends when there is room', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-full-'))
  const size = (size: string, ...options: string[]) =>
    tool('mount', '-t', 'tmpfs', '-o', [...options, `size=${size}`].join(), 'tmpfs', dataDir)
  size('200m')
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  try {
    const { ask, session, register } = clientOf(server)
    await register()
    for (let logged = 0; logged < 200; logged++) assert.is((await session()).status, 201)
    let sessions = 200
    // More than is left to those who write, and less than it takes.
    for (const spareMebibytes of [20, 33]) {
      const { bavail, bsize } = statfsSync(dataDir)
      writeFileSync(join(dataDir, 'ballast'), Buffer.alloc(bavail * bsize - spareMebibytes * 2 ** 20))
      const replayed = runProgram(dataDir, 'replay')
      for (let more = 0; more < 20; more++) assert.is((await session()).status, 201)
      sessions += 20
      assert.is((await ask('/v1/statistics')).body.sessions, sessions)
      const { code, errors } = await replayed
      assert.is(code, 1)
      assert.match(
        errors,
        'The disk has hardly any room left: the views are not built anew, the old ones serve.',
      )
      assert.equal(viewsIn(dataDir), ['views.1.db'])
      rmSync(join(dataDir, 'ballast'))
    }
    assert.is((await runProgram(dataDir, 'replay')).code, 0)
    assert.equal(viewsIn(dataDir), ['views.2.db'])
    assert.is((await ask('/v1/statistics')).body.sessions, sessions)
    assert.is(await server.stop('SIGTERM'), 0)
  } finally {
    await server.stop('SIGKILL')
    tool('umount', dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
})

function viewsIn(dataDir: string) {
  return readdirSync(dataDir).filter((name) => /^views.*\.db$/.test(name))
}

test.run()
