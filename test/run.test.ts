import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findTests, grouped, runFiles } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'repledger-run-'))
test.after(() => rmSync(folder, { recursive: true }))

/** Runs a file that begins with `test` and `suite` imported. */
async function run(source: string, timeoutMs = 30_000) {
  const path = join(folder, 'case.test.ts')
  writeFileSync(path, `import { suite, test } from ${JSON.stringify(import.meta.resolve('uvu'))}\n${source}`)
  const { passed, failed, problem } = await runFiles([path], timeoutMs)
  return { passed, failed, problem }
}

const good = "test('a', () => {})\n"
const cases: readonly [what: string, source: string, passed: number, failed: number, problem?: string][] = [
  ['tests that pass', `${good}${good}test.run()`, 2, 0],
  ['suites add up', `${good}test.run()\nconst s = suite('s')\ns('b', () => {})\ns.run()`, 2, 0],
  [
    'a test that fails',
    `${good}test('b', () => { throw new Error('no') })\ntest.run()`,
    1,
    1,
    'It ended with 1.',
  ],
  ['a file that forgets to run', good, 0, 1, 'It ran no test.'],
  ['an empty suite', 'test.run()', 0, 1, 'It ran no test.'],
  ['a hook that throws', `test.before(() => { throw new Error('no') })\n${good}test.run()`, 0, 1],
  ['a hook that throws at the end', `test.after(() => { throw new Error('no') })\n${good}test.run()`, 0, 1],
  ['a skipped test', `${good}test.${'skip'}('b')\ntest.run()`, 1, 1, 'A skipped test is a failed one.'],
  [
    'a lone test',
    `${good}test.${'only'}('b', () => {})\ntest.run()`,
    1,
    1,
    'A skipped test is a failed one.',
  ],
  ['an exit half-way', "test('a', () => process.exit(0))\ntest.run()", 0, 1],
  ['a file that cannot be read', 'this is no program', 0, 1, 'It ended with 1.'],
  ['a failure after the tests', `${good}test.run()\nprocess.on('exit', () => process.exit(3))`, 1, 1],
]

for (const [what, source, passed, failed, problem] of cases) {
  test(`${what} counts ${passed} passed and ${failed} failed`, async () => {
    const outcome = await run(source)
    assert.equal({ passed: outcome.passed, failed: outcome.failed }, { passed, failed })
    if (problem !== undefined) assert.is(outcome.problem, problem)
  })
}

const together: readonly [what: string, second: string, passed: number, failed: number, problem?: string][] =
  [
    ['files in one process are counted together', `${good}test.run()`, 2, 0],
    ['one of them that forgets to run', good, 0, 1, 'It ended with 1.'],
    ['one of them with an empty suite', 'test.run()', 0, 1, 'It ended with 1.'],
    ['one of them that fails', `${good}test('b', () => { throw new Error('no') })\ntest.run()`, 2, 1],
    ['one of them that ends all', "test('a', () => process.exit(0))\ntest.run()", 0, 1, 'It ended with 1.'],
  ]

for (const [what, second, passed, failed, problem] of together) {
  test(`${what}: ${passed} passed and ${failed} failed`, async () => {
    const sources = [`${good}test.run()`, second]
    const paths = sources.map((source, index) => {
      const path = join(folder, `case-${index}.test.ts`)
      writeFileSync(path, `import { test } from ${JSON.stringify(import.meta.resolve('uvu'))}\n${source}`)
      return path
    })
    const outcome = await runFiles(paths, 30_000)
    assert.equal({ passed: outcome.passed, failed: outcome.failed }, { passed, failed })
    if (problem !== undefined) assert.is(outcome.problem, problem)
  })
}

test('only files of some folders share a process', () => {
  assert.equal(grouped(['domain/a.test.ts', 'domain/b.test.ts', 'adapters/sqlite/c.test.ts', 'd.test.ts']), [
    ['adapters/sqlite/c.test.ts'],
    ['domain/a.test.ts', 'domain/b.test.ts'],
    ['d.test.ts'],
  ])
})

test('a file that hangs is ended, with what it has started', async () => {
  const source =
    "import { spawn } from 'node:child_process'\n" +
    `test('a', () => { spawn('sleep', ['100'], { stdio: 'inherit' }); return new Promise(() => {}) })\n` +
    'test.run()\nsetInterval(() => {}, 1000)'
  assert.equal(await run(source, 700), { passed: 0, failed: 1, problem: 'It did not end within 0.7 s.' })
})

test('files are found by a part of their path, the long ones only when asked for', () => {
  for (const place of ['domain/session', 'long', 'support']) {
    mkdirSync(join(folder, 'tree', place), { recursive: true })
    writeFileSync(join(folder, 'tree', place, 'some.test.ts'), '')
    writeFileSync(join(folder, 'tree', place, 'other.ts'), '')
  }
  const tree = join(folder, 'tree')
  assert.equal(findTests(tree, '', false), ['domain/session/some.test.ts', 'support/some.test.ts'])
  assert.equal(findTests(tree, 'session', false), ['domain/session/some.test.ts'])
  assert.equal(findTests(tree, '', true), ['long/some.test.ts'])
  assert.equal(findTests(tree, 'session', true), [])
})

test.run()
