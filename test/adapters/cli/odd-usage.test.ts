import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Operations } from '../../../src/adapters/cli/operations.ts'
import { temporaryDirectory } from '../../support/writer.ts'
import { run } from './run-program.ts'

const test = suite('odd command lines')

const commands = [
  ...[
    'serve',
    'seed',
    'verify',
    'replay',
    'head',
    'show',
    'backup',
    'restore',
    'export',
    'import',
    'as-of',
    'why',
  ],
  ...['erase', 'train', 'keys', 'rotate', 'token', 'create', 'list', 'revoke', 'password-reset', 'help'],
]
const options = [
  ...[
    '--json',
    '--from',
    '--to',
    '--against',
    '--vault',
    '--at',
    '--user',
    '--log',
    '--output',
    '--kind',
    '--reps',
  ],
  ...[
    '--formula',
    '--sign',
    '--yes',
    '--expires',
    '--email',
    '--help',
    '--version',
    '-x',
    '--',
    '--user=',
    '--from=0',
  ],
]
const values = [
  '1',
  '0',
  '-1',
  '1e9',
  'NaN',
  'a',
  'max-weight',
  'plank',
  '__proto__',
  'constructor',
  '\u0000',
  '2025-02-30',
]
const word = fc.oneof(
  fc.constantFrom(...commands),
  fc.constantFrom(...options),
  fc.constantFrom(...values),
  fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => text.replace(/[\s/\\]/g, 'x')),
)

/** Whatever is asked for is held by somebody. */
const held = new Proxy({} as Operations, {
  get: () => async () => ({ hindrance: 'held', detail: 'somebody has it' }),
})

test('are refused in a sentence, never with a stack', async () => {
  const before = process.cwd()
  process.chdir(temporaryDirectory())
  const environment = { REPLEDGER_URL: 'http://127.0.0.1:1', REPLEDGER_TOKEN: 'x' }
  const property = fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
    const { exitCode, output, complaints } = await run(words.join(' '), held, environment)
    assert.ok([0, 1, 64, 75].includes(exitCode), `${exitCode}`)
    assert.not.match(complaints, /\n\s+at /)
    if (exitCode !== 0) assert.is.not(complaints, '')
    if (exitCode === 64) assert.is(output, '')
    const [first = 'serve'] = words.filter((one) => one !== '')
    const isKnown = first.startsWith('-') || commands.includes(first)
    if (!isKnown && !words.includes('--help') && !words.includes('--version')) assert.is(exitCode, 64)
  })
  await fc.assert(property, { numRuns: 150 })
  process.chdir(before)
})

test.run()
