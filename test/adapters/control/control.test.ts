import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { askServer } from '../../../src/adapters/control/client.ts'
import { type Control, type Handle, listenForCommands } from '../../../src/adapters/control/server.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('the control socket')

const socketIn = (dataDir: string) => join(dataDir, 'control.sock')
const echo: Handle = async ({ command, arguments: given }) => ({ answer: { command, given } })

async function listening(handle: Handle = echo, dataDir = temporaryDirectory()) {
  return { dataDir, control: (await listenForCommands(dataDir, handle)) as Control }
}

/** What a socket is sent until it is closed. */
function said(dataDir: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(socketIn(dataDir), () => socket.write(text))
    socket.setEncoding('utf8').on('data', (more: string) => {
      heard += more
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', () => {})
  })
}

test('carries a command there and the answer back', async () => {
  const { dataDir, control } = await listening()
  const asked = { command: 'seed', arguments: { name: 'Анна\n' } }
  assert.equal(await askServer(dataDir, asked), { answer: { command: 'seed', given: { name: 'Анна\n' } } })
  await control.close()
})

test('tells how far the work is while it is done', async () => {
  const progress = [1, 2, 3].map((done) => ({ phase: 'Rebuilding', done, total: 3 }))
  const { dataDir, control } = await listening(async (_, onProgress) => {
    for (const one of progress) onProgress(one)
    return { hindrance: { hindrance: 'difference', detail: 'not the same' } }
  })
  const heard: Progress[] = []
  const reply = await askServer(dataDir, { command: 'replay', arguments: {} }, (one) => heard.push(one))
  assert.equal(reply, { hindrance: { hindrance: 'difference', detail: 'not the same' } })
  assert.equal(heard, progress)
  await control.close()
})

test('is for the owner of the files alone, and gone with the server', async () => {
  const { dataDir, control } = await listening()
  assert.is(statSync(socketIn(dataDir)).mode & 0o777, 0o600)
  await control.close()
  assert.not(existsSync(socketIn(dataDir)))
})

test('takes the place of one that a killed server left', async () => {
  const dataDir = temporaryDirectory()
  writeFileSync(socketIn(dataDir), '')
  const { control } = await listening(echo, dataDir)
  assert.ok(await askServer(dataDir, { command: 'seed', arguments: {} }))
  await control.close()
})

test('nobody answers where nobody listens, or whoever does hangs up', async () => {
  const dataDir = temporaryDirectory()
  const asked = { command: 'seed', arguments: {} }
  assert.is(await askServer(dataDir, asked), undefined)
  const rude = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => rude.listen(socketIn(dataDir), resolve))
  assert.is(await askServer(dataDir, asked), undefined)
  rude.close()
})

test('whoever speaks another language is hung up on', async () => {
  const { dataDir, control } = await listening()
  const words = ['GET / HTTP/1.1\r\n\r\n', 'null\n', '{"command":1}\n', 'x'.repeat(1024 * 1024 + 1)]
  for (const text of words) assert.is(await said(dataDir, text), '')
  assert.is(await said(dataDir, '{"command":"a"}\n'), '{"answer":{"command":"a"}}\n')
  await control.close()
})

test('what is under way is answered before it closes, and whoever only listens is sent away', async () => {
  const work = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const { dataDir, control } = await listening(async () => {
    begun.resolve()
    await work.promise
    return { answer: 'done' }
  })
  const idle = said(dataDir, '{"comm')
  const answer = askServer(dataDir, { command: 'seed', arguments: {} })
  await begun.promise
  const closed = control.close()
  assert.is(await idle, '')
  work.resolve()
  assert.equal(await answer, { answer: 'done' })
  await closed
})

test('an answer that nobody waits for any more hurts nobody', async () => {
  const work = Promise.withResolvers<void>()
  const { dataDir, control } = await listening(async (_, onProgress) => {
    await work.promise
    onProgress({ phase: 'late', done: 1, total: 1 })
    return { answer: 'late' }
  })
  const socket = connect(socketIn(dataDir), () => socket.end('{"command":"a"}\n', () => socket.destroy()))
  await new Promise((resolve) => socket.once('close', resolve))
  work.resolve()
  await control.close()
})

test('there is none where the path is too long, whichever way it is told', async () => {
  const dataDir = join(temporaryDirectory(), 'a'.repeat(120))
  mkdirSync(dataDir)
  assert.is(await listenForCommands(dataDir, echo), undefined)
  assert.is(await askServer(dataDir, { command: 'seed', arguments: {} }), undefined)
})

test('a path that is short from where the process is will do', async () => {
  const [before, parent] = [process.cwd(), temporaryDirectory()]
  const long = join(parent, 'a'.repeat(120))
  mkdirSync(long)
  process.chdir(long)
  const { control } = await listening(echo, long)
  assert.ok(await askServer(long, { command: 'seed', arguments: {} }))
  await control.close()
  process.chdir(before)
})

test.run()
