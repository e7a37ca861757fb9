import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { ask, password } from '../support/canaries.ts'
import { root } from '../support/sources.ts'
import { copyOf } from '../support/story.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

const test = suite('secrets at rest')

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('hex')
const email = 'ada@example.org'

function environmentOf(dataDir: string, more: Record<string, string> = {}) {
  return { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: 'off', ...more }
}

async function serve(dataDir: string, more?: Record<string, string>): Promise<Serving> {
  const served = await operations.serve(readSettings(environmentOf(dataDir, more)) as Settings)
  assert.not(isHindrance(served), JSON.stringify(served))
  return served as Serving
}

async function command(words: string, dataDir: string, more?: Record<string, string>) {
  const { exitCode, complaints } = await run(words, operations, environmentOf(dataDir, more))
  return { exitCode, complaints }
}

/** Every file below with what others may do to it; nothing is to stand here but what they may not touch. */
function open(...places: string[]) {
  return places
    .flatMap((place) => [
      place,
      ...(statSync(place).isDirectory()
        ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name))
        : []),
    ])
    .filter((path) => {
      // Views that were switched away from may be removed while this looks.
      const { mode = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {}
      return (mode & 0o077) !== 0
    })
}

async function underUmask<T>(mask: number, work: () => Promise<T>): Promise<T> {
  const before = process.umask(mask)
  try {
    return await work()
  } finally {
    process.umask(before)
  }
}

for (const mask of [0o000, 0o077]) {
  test(`under the umask ${mask.toString(8).padStart(3, '0')} whatever is written is its owner's alone`, () =>
    underUmask(mask, async () => {
      const place = temporaryDirectory()
      const at = (name: string) => join(place, name)
      const dataDir = at('data')
      mkdirSync(dataDir)
      chmodSync(dataDir, 0o777)
      const served = await serve(dataDir)
      await ask(served.url, 'POST', '/v1/auth/register', { email, password, firstName: 'Ada' })
      for (const words of [
        `backup ${at('copy')} --vault ${at('safe')}`,
        `export --log ${at('log.jsonl')}`,
        `export --user ${email} --output ${at('ada.json')}`,
        'replay',
      ]) {
        assert.equal((await command(words, dataDir)).exitCode, 0, words)
      }
      // Also what is there while it runs: the socket, the lock, the write-ahead logs and their indexes.
      const kinds = readdirSync(dataDir).filter((name) => /sock|lock|-wal|-shm|key/.test(name))
      assert.ok(kinds.length >= 8, kinds.join(' '))
      assert.equal(open(dataDir, at('copy'), at('safe'), at('log.jsonl'), at('ada.json')), [])
      await served.close()
      const masterKey = readFileSync(join(dataDir, 'master.key'), 'utf8').trim()
      const restored = `restore ${at('copy')} --vault ${at('safe')}`
      assert.is((await command(restored, at('back'), { MASTER_KEY: masterKey })).exitCode, 0)
      assert.equal(open(dataDir, at('back')), [])
    }))
}

const seeded = temporaryDirectory()

test.before(async () => {
  assert.is((await command('seed', seeded, { MASTER_KEY: keyOf(7) })).exitCode, 0)
})

/** Everything that could show that something was written: names, sizes, times, rights and bytes. */
function fingerprints(dataDir: string) {
  return readdirSync(dataDir)
    .toSorted()
    .map((name) => {
      const { size, mtimeNs, mode } = statSync(join(dataDir, name), { bigint: true })
      return [name, size, mtimeNs, mode, hash('sha256', readFileSync(join(dataDir, name)))].join(' ')
    })
}

const elsewhere = temporaryDirectory()
const needTheKey = [
  ...['serve', 'seed', 'replay', 'verify', 'head --sign', 'show exercise-plank'],
  ...[`backup ${join(elsewhere, 'copy')}`, `backup ${join(elsewhere, 'copy')} --vault ${elsewhere}/safe`],
  ...[`export --user ${email} --output ${join(elsewhere, 'ada.json')}`, `as-of 1 --user ${email}`],
  ...[`import ${join(elsewhere, 'ada.json')} --user ${email}`, `erase ${email} --yes`],
  ...[`why plank --user ${email} --kind longest-duration`],
]

for (const words of needTheKey) {
  const [name] = words.split(' ')
  test(`a wrong master key: ${name} is refused in a sentence, and nothing is written`, async () => {
    const dataDir = copyOf(seeded)
    const before = fingerprints(dataDir)
    assert.equal(await command(words, dataDir, { MASTER_KEY: keyOf(8) }), {
      exitCode: 78,
      complaints: 'repledger: The master key is not the one that vault.db was made with.\n',
    })
    assert.equal(fingerprints(dataDir), before)
    assert.equal(readdirSync(elsewhere), [])
  })
}

test('a key in a file that is not there is refused before DATA_DIR is made', async () => {
  const dataDir = join(temporaryDirectory(), 'data')
  const { exitCode, complaints } = await command('serve', dataDir, { MASTER_KEY_FILE: '/nowhere/key' })
  assert.is(exitCode, 78)
  assert.match(complaints, /^repledger: The master key cannot be read: ENOENT[^\n]*\n$/)
  assert.not(existsSync(dataDir))
})

test('a key and a file of it at once are refused, and neither is repeated', async () => {
  const dataDir = join(temporaryDirectory(), 'data')
  const both = { MASTER_KEY: keyOf(7), MASTER_KEY_FILE: join(elsewhere, 'key') }
  assert.equal(await command('serve', dataDir, both), {
    exitCode: 78,
    complaints: 'repledger: MASTER_KEY and MASTER_KEY_FILE must not both be given.\n',
  })
  assert.equal(await command('serve', dataDir, { MASTER_KEY: `${keyOf(7)}00` }), {
    exitCode: 78,
    complaints: 'repledger: MASTER_KEY must be 32 bytes in hex or base64, not what it is.\n',
  })
  writeFileSync(join(dataDir, '..', 'key'), keyOf(7).slice(1))
  const short = await command('serve', dataDir, { MASTER_KEY_FILE: join(dataDir, '..', 'key') })
  assert.is(short.exitCode, 78)
  assert.not.match(short.complaints, keyOf(7).slice(1, 20))
  assert.not(existsSync(dataDir))
})

test('the key is not left in the environment for whatever the program starts', () => {
  const told = "process.on('exit', () => console.log(['key', process.env.MASTER_KEY].join(': ')))"
  const { stdout } = spawnSync(
    process.execPath,
    [`--import=data:text/javascript,${encodeURIComponent(told)}`, join(root, 'src/main.ts'), 'head'],
    { env: environmentOf(join(elsewhere, 'nothing'), { MASTER_KEY: keyOf(7) }), encoding: 'utf8' },
  )
  assert.is(stdout, 'key: \n')
})

test.run()
