import { test } from 'uvu'
import * as assert from 'uvu/assert'
import packageJson from '../package.json' with { type: 'json' }
import { importsOf, readSources, resolveImport, root, type Source } from './support/sources.ts'

/** Each import that breaks a wall, as a line that names both sides. */
function broken({ path, text }: Source): string[] {
  return importsOf(text)
    .map((imported) => resolveImport(path, imported))
    .filter((imported) => !mayImport(path, imported))
    .map((imported) => `${path} -> ${imported}`)
}

function mayImport(importer: string, imported: string): boolean {
  // The client stands by itself, so that it can be taken away; of the program the command line alone has it.
  if (importer.startsWith('client/'))
    return imported.startsWith('client/') || imported === 'eventsource-parser'
  if (imported.startsWith('client/')) return importer.startsWith('src/adapters/cli/')
  const outside = !imported.startsWith('src/')
  if (importer.startsWith('src/domain/')) return imported.startsWith('src/domain/')
  if (importer.startsWith('src/application/')) return /^src\/(domain|application)\//.test(imported)
  if (imported === 'src/main.ts') return false
  if (importer === 'src/adapters/container.ts') return true
  if (imported === 'inversify' || imported === 'reflect-metadata') return false
  // The files beside the folders of adapters bring these together.
  if (/^src\/adapters\/[^/]+\.ts$/.test(importer)) return outside || imported.startsWith('src/')
  if (importer === 'src/main.ts') return outside || imported.startsWith('src/adapters/')
  const folder = /^src\/adapters\/[^/]+\//.exec(importer)?.[0]
  if (folder === undefined) return false
  return outside || imported.startsWith(folder) || /^src\/(domain|application)\//.test(imported)
}

const sources = readSources('src', 'client').filter(({ path }) => path.endsWith('.ts'))

test('no import crosses a wall', () => {
  assert.equal(sources.flatMap(broken), [])
})

const offenders: readonly [path: string, text: string, imported: string][] = [
  ['src/domain/a.ts', "import { Container } from 'inversify'", 'inversify'],
  ['src/domain/a.ts', "import 'reflect-metadata'", 'reflect-metadata'],
  ['src/domain/a.ts', "import { hash } from 'node:crypto'", 'node:crypto'],
  [
    'src/domain/a/b.ts',
    "import type {\n  Clock,\n} from '../../application/ports.ts'",
    'src/application/ports.ts',
  ],
  ['src/domain/a.ts', "export * from '../adapters/http/b.ts'", 'src/adapters/http/b.ts'],
  ['src/domain/a.ts', "const koa = await import('koa')", 'koa'],
  ['src/domain/a.ts', "const url = import.meta.resolve('ajv')", 'ajv'],
  ['src/domain/a.ts', "const fs = require('node:fs')", 'node:fs'],
  ['src/application/a.ts', "import Database from 'better-sqlite3'", 'better-sqlite3'],
  ['src/application/a.ts', "import { x } from '../adapters/cli/a.ts'", 'src/adapters/cli/a.ts'],
  ['src/application/a.ts', "export type { X } from 'typebox'", 'typebox'],
  ['src/adapters/http/a.ts', "import { x } from '../sqlite/log.ts'", 'src/adapters/sqlite/log.ts'],
  ['src/adapters/sqlite/views/a.ts', "import { x } from '../../cli/a.ts'", 'src/adapters/cli/a.ts'],
  ['src/adapters/cli/a.ts', "import { x } from '../container.ts'", 'src/adapters/container.ts'],
  ['src/adapters/http/a.ts', "import { injectable } from 'inversify'", 'inversify'],
  ['src/adapters/http/a.ts', "import { x } from '../../../client/client.ts'", 'client/client.ts'],
  ['client/a.ts', "import type { x } from '../src/domain/events.ts'", 'src/domain/events.ts'],
  ['client/a.ts', "import { setTimeout } from 'node:timers/promises'", 'node:timers/promises'],
  ['src/main.ts', "import { x } from './domain/events.ts'", 'src/domain/events.ts'],
  ['src/stray.ts', "import { x } from './domain/events.ts'", 'src/domain/events.ts'],
]

for (const [path, text, imported] of offenders) {
  test(`${path} must not import ${imported}`, () => {
    const innocent = "import { y } from './neighbour.ts'\n"
    const found = path === 'src/main.ts' || path === 'src/stray.ts' ? text : innocent + text
    assert.equal(broken({ path, text: `${found}\nexport const z = 1\n` }), [`${path} -> ${imported}`])
  })
}

test('what is not forbidden is let through', () => {
  const text = "import { x } from '../../domain/a.ts'\nimport Koa from 'koa'\nimport { y } from './b.ts'"
  assert.equal(broken({ path: 'src/adapters/http/a.ts', text }), [])
  assert.equal(broken({ path: 'src/domain/a/b.ts', text: "import { x } from '../c/d.ts'" }), [])
  assert.equal(broken({ path: 'src/adapters/cli/a.ts', text: "import '../../../client/client.ts'" }), [])
  assert.equal(broken({ path: 'src/adapters/container.ts', text: "import { x } from 'inversify'" }), [])
})

test('relative imports name the file with its ending', () => {
  const bare = sources.flatMap(({ path, text }) =>
    importsOf(text)
      .filter((imported) => imported.startsWith('.') && !/\.(ts|json)$/.test(imported))
      .map((imported) => `${path} -> ${imported}`),
  )
  assert.equal(bare, [])
})

test('the packages that the service stands on are really used', () => {
  const packages = ['koa', '@koa/router', 'koa-bodyparser', 'inversify', 'reflect-metadata', 'ajv', 'jose']
  const imported = new Set(sources.flatMap(({ text }) => importsOf(text).map(packageOf)))
  assert.equal(
    [...packages, 'better-sqlite3'].filter((name) => !imported.has(name)),
    [],
  )
  const tests = readSources('test').filter(({ path }) => path.endsWith('.test.ts'))
  assert.equal(
    tests.filter(({ text }) => !importsOf(text).includes('uvu')).map(({ path }) => path),
    [],
  )
  assert.match(packageJson.scripts.cover, /^c8 /)
})

test('every package that is imported is declared, and every declared one is imported', () => {
  const imported = sources
    .flatMap(({ text }) => importsOf(text))
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
  assert.equal([...new Set(imported.map(packageOf))].sort(), Object.keys(packageJson.dependencies).sort())
})

test('every module loads by itself and does nothing by that', async () => {
  const kinds = /Timeout|Server|Port|Worker/
  const handles = () => process.getActiveResourcesInfo().filter((name) => kinds.test(name))
  const before = handles()
  for (const { path } of sources.filter(({ path }) => !isEntry(path))) await import(`${root}/${path}`)
  assert.equal(handles(), before)
})

function packageOf(imported: string): string {
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/')
}

/** A program or thread is started by being loaded. */
function isEntry(path: string): boolean {
  if (path === 'src/main.ts') return true
  const name = path.slice(path.lastIndexOf('/') + 1)
  return sources.some(({ text }) => new RegExp(`new URL\\(\\s*['"]\\./${name}['"]`).test(text))
}

test.run()
