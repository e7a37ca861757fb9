import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ErasureCertificate } from '../../../src/application/audit.ts'
import { run } from './run-program.ts'

const test = suite('erase')

const certificate: ErasureCertificate = {
  userId: 'ada',
  askedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:00:01.000Z',
  events: 12,
  last: { position: 40, hash: 'abcd', recordedAt: '2026-03-01T10:00:00.500Z' },
  checkpoint: {
    position: 41,
    hash: 'ef',
    signedAt: '2026-03-01T10:00:01.000Z',
    keyId: 'key',
    signature: '99',
  },
  checks: [
    { file: 'vault.db', what: 'logins', found: 0 },
    { file: 'log.db', what: 'remembered requests', found: 0 },
  ],
}

function operations(found: ErasureCertificate = certificate) {
  const erased: string[] = []
  return {
    erased,
    erase: async (_: unknown, name: string) => {
      erased.push(name)
      return found
    },
  }
}

test('prints the certificate', async () => {
  const { exitCode, output, complaints } = await run('erase ada@example.org --yes', operations())
  assert.is(
    output,
    `erased ada
asked for at 2026-03-01T10:00:00.000Z, finished at 2026-03-01T10:00:01.000Z
the last of 12 events is 40 abcd, recorded at 2026-03-01T10:00:00.500Z
checkpoint 41 ef
signed at 2026-03-01T10:00:01.000Z by key key
signature 99
vault.db: logins: 0
log.db: remembered requests: 0
`,
  )
  assert.equal([exitCode, complaints], [0, ''])
})

test('prints it as one document with --json', async () => {
  const { output } = await run('erase ada --yes --json', operations())
  assert.equal(JSON.parse(output), certificate)
})

test('says what is not finished, and what is still there', async () => {
  const left = { file: 'vault.db', what: 'logins', found: 2 }
  const unfinished = { ...certificate, finishedAt: null, checkpoint: null, checks: [left] }
  const { exitCode, output, complaints } = await run('erase ada --yes', operations(unfinished))
  assert.match(output, 'finished at a time to come')
  assert.match(output, 'no checkpoint is signed yet')
  assert.match(output, 'vault.db: logins: 2')
  assert.equal(
    [exitCode, complaints],
    [2, 'repledger: something of this person is still there; run `verify`\n'],
  )
})

test('is not done without a word where nobody can be asked', async () => {
  const asked = operations()
  const { exitCode, complaints } = await run('erase ada', asked)
  assert.equal(
    [exitCode, complaints, asked.erased],
    [64, 'repledger: nobody is here to be asked whether this is meant; say --yes\n', []],
  )
})

test('asks somebody at a terminal, who must mean it', async () => {
  const asked = operations()
  const answering = (word: string) => ({
    ask: async (question: string) => {
      assert.is(question, 'Erase everything of ada, for good? Type "erase" to go on: ')
      return word
    },
  })
  const unmeant = await run('erase ada', asked, {}, undefined, answering('yes'))
  assert.equal(
    [unmeant.exitCode, unmeant.complaints, asked.erased],
    [64, 'repledger: nothing was erased\n', []],
  )
  assert.is((await run('erase ada', asked, {}, undefined, answering(' Erase\n'))).exitCode, 0)
  assert.equal(asked.erased, ['ada'])
})

test('says what hinders it', async () => {
  const hindrance = { hindrance: 'held', detail: 'Another process owns it.' } as const
  const { exitCode, complaints } = await run('erase ada --yes', { erase: async () => hindrance })
  assert.equal([exitCode, complaints], [75, 'repledger: Another process owns it.\n'])
})

test.run()
