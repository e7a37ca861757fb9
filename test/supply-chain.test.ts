import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import packageJson from '../package.json' with { type: 'json' }
import packageLock from '../package-lock.json' with { type: 'json' }
import { readSources, root, type Source } from './support/sources.ts'

type Locked = {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  dev?: boolean
  hasInstallScript?: boolean
}

/** Of what others install: whoever makes it more must want it. */
const MOST_PACKAGES_IN_PRODUCTION = 125

const { '': own, ...rest } = packageLock.packages as Record<string, Locked>
const locked = Object.entries(rest).map(([path, entry]) => ({ path, name: nameOf(path), ...entry }))
const inProduction = locked.filter(({ dev }) => dev !== true)
const direct = { ...packageJson.dependencies, ...packageJson.devDependencies }

function nameOf(path: string) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

const chain = suite('supply chain')

chain('every package is locked to one version and to the bytes of it', () => {
  const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/
  const wrong = locked.filter(
    ({ version = '', integrity = '' }) => !exact.test(version) || !/^sha512-[\w+/]{86}==$/.test(integrity),
  )
  assert.equal(wrong, [])
  assert.is(packageLock.lockfileVersion, 3)
})

chain('the lock file names no place to fetch from, and nothing but packages of the registry', () => {
  assert.equal(
    locked.filter(({ resolved, link }) => resolved !== undefined || link !== undefined),
    [],
  )
})

chain('the lock file is of this very package.json', () => {
  const { dependencies, devDependencies } = packageJson
  const { name, version } = packageJson
  const { bin, license } = packageLock.packages['']
  assert.equal({ ...own, bin, license }, { name, version, license, dependencies, devDependencies, bin })
})

chain('what is asked for is a version and those compatible with it, from the registry alone', () => {
  const loose = Object.entries(direct).filter(([, range]) => !/^\^?\d+\.\d+\.\d+$/.test(range))
  assert.equal(loose, [])
})

chain('no package runs a script when it is installed but those that package.json allows', () => {
  const scripted = new Set(locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name))
  const { allowScripts } = packageJson
  assert.equal(
    [...scripted].filter((name) => !(name in allowScripts)),
    [],
  )
  const allowed = Object.entries(allowScripts).filter(([, may]) => may)
  assert.equal(allowed, [['node', true]])
  // The one that reports installations is told not to as well where npm does not know of `allowScripts`.
  assert.equal(packageJson.scarfSettings, { enabled: false })
})

chain('nothing of ours is published or runs when this is installed', () => {
  assert.is(packageJson.private, true)
  const atInstall = /^(pre|post)?(install|prepare|publish|pack)|^(pre|post)/
  assert.equal(
    Object.keys(packageJson.scripts).filter((name) => atInstall.test(name)),
    [],
  )
})

chain('each direct dependency has its reason in docs/decisions.md, and nothing else has one', () => {
  const text = readFileSync(join(root, 'docs/decisions.md'), 'utf8')
  const section = /## Dependencies\n([\s\S]*?)(?=\n## |$)/.exec(text)?.[1] ?? ''
  const rows = section.split('\n').filter((line) => /^\| (?!package)[@a-z]/.test(line))
  const reasons = rows.map((line) => line.split('|').map((cell) => cell.trim()))
  const named = reasons.flatMap(([, packages = '']) => packages.replace(/ \(.*?\)/, '').split(', '))
  assert.equal(
    reasons.filter(([, , why = '']) => why.length < 5),
    [],
  )
  const types = Object.keys(direct).filter((name) => name.startsWith('@types/'))
  assert.equal(
    Object.keys(direct)
      .filter((name) => !types.includes(name))
      .toSorted(),
    named.toSorted(),
  )
})

chain(`what runs are ${MOST_PACKAGES_IN_PRODUCTION} packages at most`, () => {
  const count = inProduction.length
  assert.ok(count <= MOST_PACKAGES_IN_PRODUCTION, `${count} packages`)
  const dependencies = Object.keys(packageJson.dependencies)
  assert.equal(
    dependencies.filter((name) => !inProduction.some(({ path }) => path === `node_modules/${name}`)),
    [],
  )
})

chain('every test that SECURITY.md names is there, and every claim of it names one', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  const named = [...text.matchAll(/`(test\/[^`]+\.ts)`/g)].map(([, path]) => path as string)
  assert.ok(named.length > 50)
  assert.equal(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  )
  // What is not ours to do has no test.
  const others = /^\| (V12|V17)|\| proven in|^\|---/
  const unproven = text.split('\n').filter((line) => /^\|/.test(line) && !line.includes('`test/'))
  assert.equal(
    unproven.filter((line) => !others.test(line)),
    [],
  )
})

const dangerous = suite('what no source does')

/** What is wrong with a source, each with the text that it is known by. */
const forbidden: readonly [what: string, pattern: RegExp, allowed: readonly string[]][] = [
  ['text that is run as code', /\beval\(|\bnew Function\(|\bFunction\(|node:vm\b/, []],
  ['another program that is started', /child_process|node:cluster/, []],
  // The terminal client asks a server, and commands ask the one that is live.
  [
    'requests that the server makes',
    /\bfetch\(|https?\.(get|request)\(|node:(https|http2|dgram|tls)\b|\bconnect\(/,
    [
      ...['client/client.ts', 'client/stream.ts', 'src/adapters/cli/train-client.ts'],
      'src/adapters/control/client.ts',
    ],
  ],
  // How long the client waits before it tries again is no secret.
  ['numbers that can be foretold', /\bMath\.random\b/, ['client/client.ts']],
  ['settings that are read in passing', /\bprocess\.env\b/, ['src/main.ts']],
  ['lines past the logger', /\bconsole\.(log|error|warn|info|debug|trace|table|dir)\b/, []],
  ['TLS that believes everybody', /rejectUnauthorized|NODE_TLS_REJECT/, []],
  ['hashes and ciphers that are broken', /['"](md5|sha1|des|rc4|aes-\d+-(ecb|cbc))\b/i, []],
  [
    'secrets that are compared byte by byte',
    /(?<!typeof )\b(hash|token|tag|mac|secret|ticket|seal)s? [!=]==? (?!undefined|null|''|NOBODYS_HASH)/i,
    [],
  ],
  [
    'SQL that is put together from what comes in',
    /(prepare|exec)(<[^>]*>)?\(`[^`]*\$\{(body|query|params)\b/,
    [],
  ],
]

const shipped = readSources('src', 'client').filter(({ path }) => path.endsWith('.ts'))

function offences({ path, text }: Source, [, pattern, allowed]: (typeof forbidden)[number]): string[] {
  if (allowed.includes(path)) return []
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line}`] : []))
}

for (const rule of forbidden) {
  dangerous(rule[0], () => {
    assert.equal(
      shipped.flatMap((source) => offences(source, rule)),
      [],
    )
  })
}

const offenders: readonly [what: string, line: string][] = [
  ['text that is run as code', `${'ev'}al(text)`],
  ['another program that is started', "import { spawn } from 'node:child_process'"],
  ['requests that the server makes', 'await fetch(url)'],
  ['numbers that can be foretold', 'const id = Math.random()'],
  ['settings that are read in passing', 'process.env.KEY'],
  ['lines past the logger', "console.log('')"],
  ['TLS that believes everybody', 'rejectUnauthorized: false'],
  ['hashes and ciphers that are broken', "createHash('md5')"],
  ['secrets that are compared byte by byte', 'if (given.token === kept) return'],
  ['SQL that is put together from what comes in', `db.prepare(\`SELECT ${'$'}{query.order}\`)`],
]

dangerous('each rule catches what it is for', () => {
  const caught = forbidden.flatMap((rule) =>
    offenders
      .filter(([, line]) => offences({ path: 'src/a.ts', text: line }, rule).length === 1)
      .map(([what]) => what),
  )
  assert.equal(
    caught,
    forbidden.map(([what]) => what),
  )
})

for (const each of [chain, dangerous]) each.run()
