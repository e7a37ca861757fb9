import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { secondOpinion } from '../support/exports.ts'
import { tamper } from '../support/tampering.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

const test = suite('the commands of an audit')

const environmentOf = (dataDir: string) => ({
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
})
const EVENTS = 171

const dataDir = temporaryDirectory()
const folder = temporaryDirectory()
const head = join(folder, 'head.json')
const log = join(folder, 'log.jsonl')
const program = (words: string) => run(words, operations, environmentOf(dataDir))

async function serving(): Promise<Serving> {
  const served = await operations.serve(readSettings(environmentOf(dataDir)) as Settings)
  assert.not(isHindrance(served))
  return served as Serving
}

test('beside a running server the head is signed, the log written, and all of it verified', async () => {
  const { url, close } = await serving()
  assert.is((await program(`head --sign --output ${head}`)).exitCode, 0)
  const written = await program(`export --log ${log}`)
  assert.equal([written.exitCode, written.output], [0, `${EVENTS} events written to ${log}\n`])
  assert.is((await program(`verify --against ${head}`)).exitCode, 0)
  assert.is((await program(`verify ${log} --against ${head}`)).exitCode, 0)
  const answer = await fetch(`${url}/v1/audit/head`)
  const published = (await answer.json()) as { position: number; hash: string }
  const kept = JSON.parse(readFileSync(head, 'utf8'))
  assert.equal([answer.status, published.position, published.hash], [200, EVENTS, kept.hash])
  const answered = join(folder, 'answer.json')
  writeFileSync(answered, JSON.stringify(published))
  assert.is((await program(`verify --against ${answered}`)).exitCode, 0)
  assert.is((await secondOpinion(log, kept))[0], 0)
  await close()
})

test('the output takes the same as a file, and nothing besides', async () => {
  const { exitCode, output, complaints } = await program('export --log -')
  const events = (text: string) => text.split('\n').filter((line) => line.includes('"kind":"event"'))
  assert.is(events(output).length, EVENTS)
  assert.ok(events(output).join() === events(readFileSync(log, 'utf8')).join())
  const progress = 'Exporting the log 100 % (171 of 171)\n'
  assert.equal([exitCode, complaints, output.startsWith('{"format":"repledger log 1"')], [0, progress, true])
})

test('a folder with the log alone is checked, and what could not be is told', async () => {
  const backup = temporaryDirectory()
  cpSync(join(dataDir, 'log.db'), join(backup, 'log.db'))
  const { exitCode, output } = await program(`verify ${backup} --against ${head}`)
  assert.is(exitCode, 0)
  assert.equal(
    output
      .split('\n')
      .filter((line) => line.startsWith('note: '))
      .map((line) => line.slice(0, 25)),
    ['note: There is no vault.d', 'note: There are no views '],
  )
})

test('what is no log, no folder of one, and no head is told in a sentence', async () => {
  const complaint = async (words: string) => {
    const { exitCode, complaints } = await program(words)
    return [exitCode, complaints.replaceAll(folder, 'FOLDER').replace(/^repledger: /, '')]
  }
  assert.equal(await complaint(`verify ${folder}`), [1, 'There is no log.db in FOLDER.\n'])
  const noExport = 'FOLDER/head.json is no export of a log: its first line does not say repledger log 1.\n'
  assert.equal(await complaint(`verify ${head}`), [1, noExport])
  assert.equal(await complaint(`verify --against ${log}`), [
    1,
    'The file holds no head that was kept: see `head --sign`.\n',
  ])
  assert.match(String(await complaint(`verify ${folder}/none`)), 'ENOENT')
  assert.match(String(await complaint(`verify --against ${folder}/none`)), 'none cannot be read: ENOENT')
  assert.match(String(await complaint(`export --log ${folder}/none/log.jsonl`)), 'ENOENT')
})

test('a head is not signed with a key that is not there', async () => {
  const copy = temporaryDirectory()
  cpSync(dataDir, copy, { recursive: true })
  const vault = new Sqlite(join(copy, 'vault.db'))
  vault.exec("DELETE FROM key_pairs WHERE purpose = 'checkpoint'")
  vault.close()
  const { exitCode, complaints } = await run('head --sign', operations, environmentOf(copy))
  assert.equal([exitCode, complaints], [1, 'repledger: vault.db holds no key to sign with.\n'])
})

test('an export that fails leaves nothing under its name', async () => {
  const copy = temporaryDirectory()
  cpSync(dataDir, copy, { recursive: true })
  const db = new Sqlite(join(copy, 'log.db'))
  db.exec('DROP TABLE checkpoints')
  db.close()
  const path = join(folder, 'broken.jsonl')
  const { exitCode } = await run(`export --log ${path}`, operations, environmentOf(copy))
  assert.is(exitCode, 1)
  assert.equal([existsSync(path), readdirSync(folder).filter((name) => name.endsWith('.part'))], [false, []])
})

test('what was cut off behind the head that was kept is 2', async () => {
  const copy = temporaryDirectory()
  cpSync(dataDir, copy, { recursive: true })
  tamper(copy, (db) => db.exec('DELETE FROM events WHERE position > 100'))
  const { exitCode, output } = await run(`verify --against ${head} --json`, operations, environmentOf(copy))
  const { findings } = JSON.parse(output)
  assert.is(exitCode, 2)
  const cut = findings.filter(
    ({ kind, position }: { kind: string; position: number }) => kind === 'cut' && position === 100,
  )
  assert.is(cut.length, 2)
})

test.run()
