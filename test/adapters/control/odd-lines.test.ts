import { connect } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { askServer } from '../../../src/adapters/control/client.ts'
import { serve } from '../../support/served.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('odd lines on the control socket')

const name = fc.oneof(
  fc.constantFrom('erase', 'import', '__proto__', 'constructor', 'toString', ''),
  fc.string(),
)
// A file that is named by a number would be one that the process has open.
const given = fc.oneof(
  fc.jsonValue(),
  fc.record({ name: fc.jsonValue() }),
  fc.record({
    person: fc.jsonValue(),
    file: fc.oneof(fc.constantFrom('', '/', 'nowhere', null), fc.object()),
  }),
)
const line = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => `${text}\n`),
  fc.jsonValue().map((value) => `${JSON.stringify(value)}\n`),
  fc.jsonValue().map((value) => JSON.stringify({ command: value })),
  fc.constantFrom('\n', '{"command":"erase"', `{"command":"${'x'.repeat(1_100_000)}"}\n`, '['.repeat(50_000)),
)

/** Says it, and waits until the other side hangs up or has nothing to say. */
function say(dataDir: string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(join(dataDir, 'control.sock'), () => socket.end(text))
    socket.on('error', () => {}).resume()
    socket.on('close', () => resolve())
  })
}

test('hurt nobody, and change nothing', async () => {
  const dataDir = temporaryDirectory()
  const served = await serve(dataDir)
  const head = async () => (await fetch(`${served.url}/v1/audit/head`)).json()
  const before = await head()
  await fc.assert(
    fc.asyncProperty(line, (text) => say(dataDir, text)),
    { numRuns: 20 },
  )
  await fc.assert(
    fc.asyncProperty(name, given, async (command, told) => {
      const reply = await askServer(dataDir, { command, arguments: told })
      assert.ok(reply !== undefined && !('answer' in reply), JSON.stringify(reply))
    }),
    { numRuns: 20 },
  )
  assert.equal(await head(), before)
  await served.close()
})

test.run()
