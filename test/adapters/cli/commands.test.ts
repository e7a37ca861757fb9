import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Operations } from '../../../src/adapters/cli/operations.ts'
import type { Anchor, VerifyReport } from '../../../src/application/audit.ts'
import { run } from './run-program.ts'

const head = { position: 7, hash: 'ab'.repeat(32) }
const intact: VerifyReport = { events: 7, head, checkpoints: 1, notes: [], findings: [], findingsTotal: 0 }
const tampered: VerifyReport = {
  events: 7,
  head: null,
  checkpoints: 0,
  notes: ['the vault stayed at home'],
  findings: [
    { kind: 'changed', position: 3, stream: 'session-a-b', detail: 'its hash is another one' },
    { kind: 'schema-changed', detail: 'a trigger is gone' },
  ],
  findingsTotal: 102,
}

const verify = suite('verify')

verify('is 0 and a summary where all stands as it was written', async () => {
  assert.equal(await run('verify', { verify: async () => intact }), {
    exitCode: 0,
    output: `The head is 7 ${head.hash}\n7 events, 1 checkpoint, 0 findings in 2.0 s, 4 events/s\n`,
    complaints: '',
  })
})

verify('is 2 and a line for each finding', async () => {
  assert.equal(await run('verify', { verify: async () => tampered }), {
    exitCode: 2,
    output:
      'changed at position 3 in session-a-b: its hash is another one\n' +
      'schema-changed: a trigger is gone\n' +
      'and 100 more\n' +
      'note: the vault stayed at home\n' +
      'The log is empty.\n' +
      '7 events, 0 checkpoints, 102 findings in 2.0 s, 4 events/s\n',
    complaints: '',
  })
})

verify('hands on the range and the settings, and shows how far it is', async () => {
  const asked: unknown[] = []
  const operation: Operations['verify'] = async ({ port }, { onProgress, ...range }) => {
    asked.push(port, range)
    onProgress({ phase: 'chain', done: 7, total: 7 })
    return intact
  }
  const { complaints } = await run('verify --from 2 --to 5', { verify: operation }, { PORT: '6006' })
  assert.equal(asked, [6006, { from: 2, to: 5 }])
  assert.is(complaints, 'chain 100 % (7 of 7)\n')
  assert.is((await run('verify --json', { verify: operation })).complaints, '')
})

const others = suite('other commands')

others('seed tells what it published', async () => {
  const seed = async () => ({ published: 156, unchanged: 0 })
  assert.equal(await run('seed', { seed }), {
    exitCode: 0,
    output: '156 exercises published, 0 unchanged\n',
    complaints: '',
  })
})

others('replay is 2 where the log does not fit the views', async () => {
  const good = await run('replay', { rebuild: async () => ({ events: 1, findings: [] }) })
  assert.equal(good, { exitCode: 0, output: '1 event replayed, 0 findings in 2.0 s\n', complaints: '' })
  const finding = { kind: 'view-differs', position: 9, detail: 'the e-mail of position 4 again' } as const
  const bad = await run('replay', { rebuild: async () => ({ events: 9, findings: [finding] }) })
  assert.is(bad.exitCode, 2)
  assert.match(bad.output, 'view-differs at position 9: the e-mail of position 4 again\n')
})

others('head prints what an operator keeps elsewhere', async () => {
  const none = await run('head', { head: async () => ({ ...head, checkpoint: null }) })
  assert.is(none.output, `head 7 ${head.hash}\nno checkpoint is signed yet\n`)
  const checkpoint = { position: 5, hash: 'cd', signedAt: 'then', keyId: 'k1', signature: 'ef' }
  const signed = await run('head', { head: async () => ({ ...head, checkpoint }) })
  assert.is(signed.output, `head 7 ${head.hash}\ncheckpoint 5 cd\nsigned at then by key k1\nsignature ef\n`)
})

others('show prints the events of one stream, and is 1 where there is none', async () => {
  const show: Operations['show'] = async (_settings, stream) =>
    stream === 'exercise-plank'
      ? [{ position: 4, stream, version: 2, type: 'Told', recordedAt: 'then', data: { a: 1 } }]
      : []
  assert.equal(await run('show exercise-plank', { show }), {
    exitCode: 0,
    output: '4  v2  then  Told  {"a":1}\n',
    complaints: '',
  })
  assert.equal(await run('show exercise-dance --json', { show }), {
    exitCode: 1,
    output: '',
    complaints: 'repledger: there is no stream "exercise-dance"\n',
  })
})

const serve = suite('serve')

function serving() {
  const failing = Promise.withResolvers<never>()
  const closed: string[] = []
  const operation: Operations['serve'] = async () => ({
    url: 'http://127.0.0.1:1',
    isStarting: false,
    failed: failing.promise,
    close: async () => void closed.push('closed'),
  })
  return { operation, failing, closed }
}

serve('is what happens without a command, until the process is asked to end', async () => {
  const { operation, closed } = serving()
  const asked = Promise.withResolvers<void>()
  const running = run('', { serve: operation }, { DATA_DIR: '/somewhere' }, () => asked.promise)
  await setImmediate()
  assert.equal(closed, [])
  asked.resolve()
  assert.equal(await running, {
    exitCode: 0,
    output: 'RepLedger answers at http://127.0.0.1:1 and keeps its data in /somewhere\n',
    complaints: '',
  })
  assert.equal(closed, ['closed'])
})

serve('hears that it is to end while it is still starting', async () => {
  const { operation, closed } = serving()
  const order: string[] = []
  const starting: typeof operation = async (settings) => {
    order.push('starts')
    return operation(settings)
  }
  const stopAsked = async () => order.push('listens')
  assert.is((await run('serve', { serve: starting }, {}, stopAsked)).exitCode, 0)
  assert.equal(order, ['listens', 'starts'])
  assert.equal(closed, ['closed'])
})

serve('tells where it answers as JSON, too', async () => {
  for (const words of ['serve --json', '--json']) {
    const { output } = await run(words, { serve: serving().operation }, { DATA_DIR: '/somewhere' })
    assert.equal(JSON.parse(output), { url: 'http://127.0.0.1:1', dataDir: '/somewhere' })
  }
})

serve('is 1 when it can go on no longer', async () => {
  const { operation, failing } = serving()
  const running = run('serve', { serve: operation }, {}, () => new Promise(() => {}))
  failing.reject(Object.assign(new Error('the disk is gone'), { syscall: 'fsync' }))
  const { exitCode, complaints } = await running
  assert.equal({ exitCode, complaints }, { exitCode: 1, complaints: 'repledger: the disk is gone\n' })
})

const copies = suite('backup and restore')

const anchor = { ...head, format: 'repledger head 1', count: 7 } as Anchor

copies('backup says what is where, and what becomes of a log without its vault', async () => {
  const asked: unknown[] = []
  const backup: Operations['backup'] = async (_, { onProgress: _told, ...options }) => {
    asked.push(options)
    return anchor
  }
  const { output } = await run('backup copy', { backup })
  assert.is(
    output,
    'The log up to position 7 is in copy, with its signed head.\n' +
      'The vault was not copied. Without a vault and the master key this log is unreadable for ever.\n',
  )
  const both = await run('backup copy --vault safe', { backup })
  assert.is(
    both.output,
    'The log up to position 7 is in copy, with its signed head.\n' +
      'The vault is in safe, sealed. Keep it and the master key apart from the log,\n' +
      'and not for long: whoever is erased from now on can be read with it.\n',
  )
  const json = await run('backup copy --json', { backup })
  assert.equal(JSON.parse(json.output), { folder: 'copy', vault: null, head: anchor })
  assert.equal(asked, [
    { folder: 'copy', vault: undefined },
    { folder: 'copy', vault: 'safe' },
    { folder: 'copy', vault: undefined },
  ])
})

copies('restore is 0 where the log is there, 2 and nothing where the backup was changed', async () => {
  const restored = await run('restore copy --vault safe --at 7', {
    restore: async (_, { onProgress: _told, ...options }) => {
      assert.equal(options, { folder: 'copy', vault: 'safe', at: 7 })
      return { head, findings: [], notes: ['No head was kept.'] }
    },
  })
  assert.equal(restored, {
    exitCode: 0,
    output:
      `note: No head was kept.\nThe log is in ${resolve('data')}, up to 7 ${head.hash}.\n` +
      'The next start builds its views.\n',
    complaints: '',
  })
  const refused = await run('restore copy', {
    restore: async () => ({ head: null, findings: tampered.findings.slice(0, 1), notes: [] }),
  })
  assert.equal(refused, {
    exitCode: 2,
    output:
      'changed at position 3 in session-a-b: its hash is another one\n' +
      'The backup is not as it was written; nothing was put into DATA_DIR.\n',
    complaints: '',
  })
  const held = { hindrance: 'held', detail: 'Another process owns it.' } as const
  assert.is((await run('restore copy', { restore: async () => held })).exitCode, 75)
  assert.is((await run('backup copy', { backup: async () => held })).exitCode, 75)
  assert.is((await run('restore copy --at soon', {})).exitCode, 64)
})

copies.run()
verify.run()
others.run()
serve.run()
