import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startServer } from '../support/process.ts'

const test = suite('the tour of the README')
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const main = new URL('../../src/main.ts', import.meta.url).pathname

/** What is pasted, and what is printed below it, of the parts that need nobody at a terminal. */
function steps() {
  const tour = readme.slice(readme.indexOf('## Five minutes'), readme.indexOf('## A guided workout'))
  const blocks = tour.matchAll(/^```sh\n(.*?)^```\n(?:```\n(.*?)^```\n)?/gms)
  return [...blocks].map(([, pasted = '', printed]) => ({ pasted, printed }))
}

/** Without what is another one each time: ids that we make, times of the day, hashes, speeds, cursors. */
function lasting(text: string): string {
  return text
    .replaceAll(/\b(?!7f9c2b1e)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, '<id>')
    .replaceAll(/\b20(?!26-03-0)\d\d-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\b[\da-f]{20,}\b/g, '<hash>')
    .replaceAll(/"next":"[^"]+"/g, '"next":"<cursor>"')
    .replaceAll(/in [\d.]+ s, \d+ events\/s/g, 'in <time>')
    .trim()
}

test('prints what the README says, line by line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'repledger-tour-'))
  const dataDir = join(folder, 'data')
  const { url, stop } = await startServer(dataDir)
  const shared = `repledger() { '${process.execPath}' '${main}' "$@"; }; npx() { "$@" 2> errors; }\n`
  // A shell of its own for each step would forget what the one before has set.
  const marked = steps().map(({ pasted }) => `${pasted}\nprintf '\\n-- step\\n'\n`)
  const script = (shared + marked.join('')).replaceAll('localhost:5005', new URL(url).host)
  const env = { ...process.env, DATA_DIR: dataDir }
  const pasted = promisify(execFile)('bash', ['-c', script], { cwd: folder, env })
  const { stdout } = await pasted.finally(() => stop('SIGTERM'))
  const printed = stdout.split('\n-- step\n').slice(0, -1)
  const expected = steps().map(({ printed = '' }) => lasting(printed))
  assert.equal(printed.map(lasting), expected)
  rmSync(folder, { recursive: true })
})

test.run()
