import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf, readSources, resolveImport, type Source } from './support/sources.ts'

const LINE_COLUMNS = 110
const FILE_LINES = 250
const FUNCTION_LINES = 70
const COMMENT_PERCENT = { least: 1, most: 12 }

/** Data that is long by nature, or that a program wrote. */
const longByNature =
  /(^src\/domain\/exercise\/catalogue|^client\/api|\/common-passwords\.ts$|^test\/golden\/|\.(json|csv)$)/

// Words that are looked for are never spelled out whole here, so that this file passes as well.

/** What is wrong with one file, each as a line that names it. */
type Check = (source: Source) => string[]

const word = (...parts: string[]) => parts.join('')

const eachLine =
  (wrong: (line: string) => boolean): Check =>
  ({ path, text }) =>
    text.split('\n').flatMap((line, index) => (wrong(line) ? [`${path}:${index + 1}`] : []))

const matching = (pattern: RegExp) => eachLine((line) => pattern.test(line))

const longLines: Check = (source) =>
  longByNature.test(source.path) ? [] : eachLine((line) => [...line].length > LINE_COLUMNS)(source)

const longFiles: Check = ({ path, text }) =>
  longByNature.test(path) || path.endsWith('.md') || text.trimEnd().split('\n').length <= FILE_LINES
    ? []
    : [path]

/** Lines of nested functions belong to these alone, so that a factory is not charged with what it makes. */
const longFunctions: Check = ({ path, text }) => {
  const long: string[] = []
  const open: { line: number; indent: string; own: number }[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const indent = /^ */.exec(line)?.[0] ?? ''
    const innermost = open.at(-1)
    if (innermost !== undefined) innermost.own += 1
    if (innermost?.indent === indent && line.startsWith(`${indent}}`)) {
      open.pop()
      if (innermost.own > FUNCTION_LINES) long.push(`${path}:${innermost.line}`)
    }
    if (
      /(\bfunction\b.*|=>|^\s+(async )?\w+\(.*\).*) \{$/.test(line) &&
      !/^\s*(if|for|while|switch)\b/.test(line)
    ) {
      open.push({ line: index + 1, indent, own: 1 })
    }
  }
  return long
}

const leftovers = matching(new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`))

const partialRuns = matching(/\.(only|skip)\(/)

const forgottenRuns: Check = ({ path, text }) => {
  if (!path.endsWith('.test.ts')) return []
  const names = [...text.matchAll(/\b(?:const|let) (\w+) = suite(?:<[^>]*>)?\(/g)].map(
    ([, name]) => name ?? '',
  )
  if (/\btest\(/.test(text) && /import \{[^}]*\btest\b[^}]*\} from 'uvu'/.test(text)) names.push('test')
  // Suites may also be run in one loop over their list.
  const inLoop = /\bof \[([\w\s,]+)\]\)\s*(\w+)\.run\(\)/.exec(text)?.[1]?.split(/[\s,]+/) ?? []
  const forgotten = names.filter((name) => !text.includes(`\n${name}.run()`) && !inLoop.includes(name))
  return names.length === 0 ? [`${path} has no suite`] : forgotten.map((name) => `${path}: ${name}`)
}

const bannedFileNames: Check = ({ path }) =>
  /(^|\/)(util|utils|helper|helpers|common|misc|index)\.ts$/.test(path) ? [path] : []

const patternNames = [word('Man', 'ager'), word('Im', 'pl'), word('Dt', 'o'), word('Ser', 'vice')]
const bannedNames = matching(new RegExp(`\\b[A-Za-z]*[a-z](${patternNames.join('|')})\\b`))

const escapesFromTypes = matching(
  new RegExp(`${word('as ', 'any')}\\b|@ts-${word('ig', 'nore')}|@ts-${word('no', 'check')}`),
)

const machinePaths = matching(
  new RegExp(['home', 'Users', 'work', 'root'].map((name) => `(^|[\\s'"\`=:(])/${name}/`).join('|')),
)

const registryHosts = matching(new RegExp(`${word('regi', 'stry')}\\.[a-z]|"${word('reso', 'lved')}":`))

const commentPercent = (sources: readonly Source[]) => {
  const lines = sources.flatMap(({ text }) => text.split('\n')).filter((line) => line.trim() !== '')
  return (lines.filter((line) => /^\s*(\/\/|\/\*|\*)/.test(line)).length / lines.length) * 100
}

function deadFiles(sources: readonly Source[]): string[] {
  const imported = sources.flatMap(({ path, text }) =>
    importsOf(text).map((name) => resolveImport(path, name)),
  )
  const alive = new Set(['src/main.ts', ...imported])
  return sources.map(({ path }) => path).filter((path) => !alive.has(path))
}

const everything = readSources('.')
const code = everything.filter(({ path }) => /^(src|test|bench)\/|^client\/.*\.ts$/.test(path))
const typescript = code.filter(({ path }) => path.endsWith('.ts'))
const written = [
  ...code,
  ...everything.filter(({ path }) => /^docs\/|^(client\/)?[^/]+\.md$|^\.ci\//.test(path)),
]
const shipped = typescript.filter(({ path }) => path.startsWith('src/'))

const tidy = suite('tidy')

const rules: readonly [rule: string, check: Check, sources: readonly Source[]][] = [
  [`no line is longer than ${LINE_COLUMNS} columns`, longLines, code],
  [`no file is longer than ${FILE_LINES} lines`, longFiles, code],
  [`no function is longer than ${FUNCTION_LINES} lines`, longFunctions, typescript],
  ['nothing is left to be done', leftovers, written],
  ['no test is run alone or left out', partialRuns, typescript],
  ['every suite is run', forgottenRuns, typescript],
  ['no file is named for being a heap', bannedFileNames, typescript],
  ['nothing is named for its pattern', bannedNames, typescript],
  ['nothing goes round the types', escapesFromTypes, typescript],
  ['no path of a machine is written down', machinePaths, everything],
  ['no registry is written down', registryHosts, everything],
]

for (const [rule, check, sources] of rules) {
  tidy(rule, () => assert.equal(sources.flatMap(check), []))
}

tidy('every source is imported by another', () => assert.equal(deadFiles(shipped), []))

tidy('comments are few, and there', () => {
  const percent = commentPercent(shipped.filter(({ path }) => !longByNature.test(path)))
  assert.ok(percent >= COMMENT_PERCENT.least && percent <= COMMENT_PERCENT.most, `${percent.toFixed(1)} %`)
})

const caught = suite('what is caught')

const body = (lines: number) => `${'  work()\n'.repeat(lines)}`
const uvu = `import { suite, test } from '${'uvu'}'\n`
const offenders: readonly [check: Check, text: string, path?: string][] = [
  [longLines, 'x'.repeat(LINE_COLUMNS + 1)],
  [longFiles, body(FILE_LINES + 1)],
  [longFunctions, `function a() {\n${body(FUNCTION_LINES)}}\n`],
  [longFunctions, `const a = {\n  async go(b: string) {\n${body(FUNCTION_LINES)}  },\n}\n`],
  [leftovers, `// ${word('TO', 'DO')}: later`],
  [partialRuns, `test.${word('on', 'ly')}('a', () => {})`],
  [forgottenRuns, `${uvu}test('a', () => {})\n`],
  [
    forgottenRuns,
    `${uvu}const a = ${'suite'}('a')\nconst b = ${'suite'}('b')\nfor (const each of [b]) each.run()\n`,
  ],
  [forgottenRuns, 'export const nothing = 1\n'],
  [bannedFileNames, '', 'src/domain/utils.ts'],
  [bannedNames, `class Session${word('Man', 'ager')} {}`],
  [bannedNames, `const user${word('Ser', 'vice')} = 1`],
  [escapesFromTypes, `const a = b ${word('as ', 'any')}`],
  [machinePaths, `const a = '/${word('ho', 'me')}/somebody/a'`],
  [registryHosts, `  "${word('reso', 'lved')}": "https://x"`],
]

for (const [index, [check, text, path = 'test/made-up.test.ts']] of offenders.entries()) {
  caught(`offender ${index + 1}`, () => assert.is(check({ path, text }).length, 1))
}

caught('a file that nobody imports', () => {
  const used = { path: 'src/a/used.ts', text: "import { b } from './user.ts'" }
  const user = { path: 'src/a/user.ts', text: "import type { a } from './used.ts'" }
  assert.equal(deadFiles([used, user, { path: 'src/a/dead.ts', text: '' }]), ['src/a/dead.ts'])
})

caught('nothing that is as it should be', () => {
  const text = `${uvu}const a = ${'suite'}('a')\na('b', () => {\n${body(5)}})\nfor (const b of [a]) b.run()`
  const innocent = { path: 'test/made-up.test.ts', text }
  const checks = [longLines, longFiles, longFunctions, leftovers, partialRuns, forgottenRuns, bannedFileNames]
  for (const check of [...checks, bannedNames, escapesFromTypes, machinePaths, registryHosts]) {
    assert.equal(check(innocent), [])
  }
})

tidy.run()
caught.run()
