import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { GENESIS, hashEvent } from '../../../src/adapters/sqlite/hash-chain.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { decodeEvent } from '../../../src/adapters/sqlite/read-log.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import { masterKey, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('killed in mid-load')
const child = fileURLToPath(new URL('../../support/appending-child.ts', import.meta.url))

/** Starts the process, kills it with -9 after so many acknowledgements, and gives all that it had told. */
async function acknowledgedUntilKilled(dataDir: string, life: string, acknowledgements: number) {
  const running = spawn(process.execPath, [child, dataDir, life], { stdio: ['ignore', 'pipe', 'inherit'] })
  const told: string[] = []
  for await (const line of createInterface({ input: running.stdout })) {
    told.push(line)
    if (told.length === acknowledgements) running.kill('SIGKILL')
  }
  return told
}

test('loses nothing that was acknowledged and starts again with whole files', async () => {
  const dataDir = temporaryDirectory()
  const acknowledged: string[] = []
  for (const [life, acknowledgements] of [37, 150].entries()) {
    const told = await acknowledgedUntilKilled(dataDir, `life${life}`, acknowledgements)
    assert.ok(told.length >= acknowledgements)
    acknowledged.push(...told)

    const log = openLog(dataDir)
    const vault = openVault(dataDir)
    const keyring = createKeyring(vault, masterKey)
    const events = pageOfEvents(log, 0, 100_000)
    const stored = new Set(events.map(({ position, stream, version }) => `${position} ${stream} ${version}`))
    assert.equal(
      acknowledged.filter((line) => !stored.has(line)),
      [],
    )
    let previousHash: Buffer = GENESIS
    for (const event of events) {
      assert.equal(event.previousHash, previousHash)
      assert.equal(event.hash, hashEvent(event))
      assert.is(decodeEvent(event, keyring).position, event.position)
      previousHash = event.hash
    }
    log.close()
    vault.close()
  }
  const writer = writerOn(dataDir, { views })
  assert.not(writer.isBehind())
  writer.close(start)
})

test.run()
