import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from './run-program.ts'

const head = { position: 7, hash: 'ab'.repeat(32) }

const usage = suite('usage')

usage('help and version are good answers', async () => {
  const help = await run('--help')
  assert.is(help.exitCode, 0)
  for (const name of ['serve', 'seed', 'verify', 'replay', 'head', 'show', 'train'])
    assert.match(help.output, name)
  assert.equal(await run('--version'), { exitCode: 0, output: '0.1.0\n', complaints: '' })
})

const wrong = [
  'dance',
  'verify --from 0',
  'verify --to x',
  'verify --from 5 --to 4',
  'show',
  'show a b',
  'head -x',
  'head --output kept.json',
  'export',
  'train a b c',
]
for (const words of wrong) {
  usage(`${words} is 64 and does nothing`, async () => {
    const { exitCode, output, complaints } = await run(words)
    assert.equal({ exitCode, output }, { exitCode: 64, output: '' })
    assert.match(complaints, 'error:')
  })
}

usage('a misspelt command is told as such', async () => {
  const { complaints } = await run('verfy')
  assert.is(complaints, "error: unknown command 'verfy'\n(Did you mean verify?)\n")
})

usage('wrong settings are 78, all of them named, and nothing is done', async () => {
  assert.equal(await run('verify', {}, { PORT: 'x', LOG_LEVEL: 'y' }), {
    exitCode: 78,
    output: '',
    complaints:
      'repledger: PORT must be a whole number from 0 to 65535, not "x".\n' +
      'repledger: LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "y".\n',
  })
})

usage('train needs an address that is one, and no settings', async () => {
  assert.equal(await run('train --url ftp://somewhere', {}, { PORT: 'x' }), {
    exitCode: 64,
    output: '',
    complaints: 'repledger: The address of the server must be an http or https URL.\n',
  })
  const environment = { PORT: 'x', REPLEDGER_TOKEN: 'secret', REPLEDGER_URL: 'http://127.0.0.1:1/' }
  const unreachable = await run('train', {}, environment, () => new Promise(() => {}))
  assert.is(unreachable.exitCode, 1)
  assert.match(unreachable.complaints, /^repledger: http:\/\/127\.0\.0\.1:1 cannot be reached: .+\n$/)
})

usage('every command answers with one JSON document when asked', async () => {
  const events = [
    { position: 1, stream: 'exercise-plank', version: 1, type: 'T', recordedAt: 'then', data: { a: 1 } },
  ]
  const answers = {
    'seed --json': { published: 2, unchanged: 3 },
    'verify --json': { events: 7, head, checkpoints: 1, notes: [], findings: [], findingsTotal: 0 },
    'replay --json': { events: 7, findings: [] },
    'head --json': { ...head, checkpoint: null },
    'show exercise-plank --json': events,
  }
  for (const [words, answer] of Object.entries(answers)) {
    const operation = async () => answer as never
    const { output, complaints } = await run(words, {
      seed: operation,
      verify: operation,
      rebuild: operation,
      head: operation,
      show: operation,
    })
    assert.equal(JSON.parse(output), answer)
    assert.is(complaints, '')
  }
})

const failures = suite('failures')

failures('each hindrance has its exit code, for every command', async () => {
  const codes = { held: 75, settings: 78, difference: 2 } as const
  for (const [hindrance, exitCode] of Object.entries(codes)) {
    const operation = async () => ({ hindrance: hindrance as keyof typeof codes, detail: 'this and that' })
    const operations = {
      serve: operation,
      seed: operation,
      verify: operation,
      rebuild: operation,
      head: operation,
      show: operation,
    }
    for (const words of ['', 'serve', 'seed', 'verify', 'replay', 'head', 'show s']) {
      const complaints = 'repledger: this and that\n'
      assert.equal(await run(words, operations), { exitCode, output: '', complaints })
    }
  }
})

failures('a refusal of the system is told in one line, a fault of ours with its stack', async () => {
  const refused = Object.assign(new Error('listen EADDRINUSE: 5005'), { syscall: 'listen' })
  const { exitCode, complaints } = await run('', { serve: () => Promise.reject(refused) })
  assert.equal({ exitCode, complaints }, { exitCode: 1, complaints: 'repledger: listen EADDRINUSE: 5005\n' })

  const fault = await run('head', { head: () => Promise.reject(new Error('unforeseen')) })
  assert.is(fault.exitCode, 1)
  assert.match(fault.complaints, /unforeseen\n {4}at /)

  const text = await run('head', { head: () => Promise.reject('only a text') })
  assert.equal(text, { exitCode: 1, output: '', complaints: 'repledger: only a text\n' })
})

usage.run()
failures.run()
