import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StoredEvent } from '../../../src/adapters/sqlite/event-rows.ts'
import { exportedLines } from '../../../src/adapters/sqlite/export-log.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { verifyExport } from '../../../src/adapters/sqlite/verify-export.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { anchorOf, exportOf, type Lines, withLines } from '../../support/exports.ts'
import { copyOf, exercise, storyOf300, views } from '../../support/story.ts'
import { move, remove, set, tamper } from '../../support/tampering.ts'
import { appendOf, renamed, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const untouched = storyOf300()
const exported = exportOf(untouched)

const exporting = suite('an export of the log')

exporting('tells what it is, and holds every column of every row in order', () => {
  const [header, ...lines] = readFileSync(exported, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(
    { ...header, head: header.head.position },
    { format: 'repledger log 1', head: 300, keys: 1, checkpoints: 3 },
  )
  const numbers = lines.map(({ kind, number, position }) => `${kind} ${number ?? position}`)
  const events = Array.from({ length: 300 }, (_, index) => `event ${index + 1}`)
  assert.equal(numbers, ['key 1', 'checkpoint 100', 'checkpoint 200', 'checkpoint 300', ...events])
  const log = openLog(untouched, { readonly: true })
  const [{ streamKey: _, subjectKey: __, ...stored }] = pageOfEvents(log, 56, 1) as [StoredEvent]
  log.close()
  const { kind: ___, ...event } = lines.find((line) => line.kind === 'event' && line.position === 57)
  const bytes = ['body', 'metadata', 'previousHash', 'hash'].map((name) => [
    name,
    Buffer.from(event[name], 'base64'),
  ])
  assert.equal({ ...event, ...Object.fromEntries(bytes) }, stored)
})

exporting('ends at the head of its start, whatever is written meanwhile', () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  const log = openLog(dataDir, { readonly: true })
  const parts = exportedLines(log)
  const first = parts.next().value ?? ''
  writer.append([appendOf([{ stream: 'exercise-row', events: [exercise('row')] }])], start + 400_000)
  writer.sign(start + 400_000)
  const lines = [first, ...parts].join('').trimEnd().split('\n')
  assert.equal([JSON.parse(first).checkpoints, lines.length], [3, 305])
  assert.is(JSON.parse(lines.at(-1) as string).position, 300)
  log.close()
  writer.close(start + 400_000)
})

exporting('of more than a page, and of nothing at all, verifies', async () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  const events = Array(2500).fill(renamed('Grace'))
  writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events }])], start + 400_000)
  writer.close(start + 400_000)
  const progress: Progress[] = []
  const report = await verifyExport(exportOf(dataDir), { onProgress: (step) => progress.push(step) })
  assert.equal([report.events, report.checkpoints, report.findings], [2800, 4, []])
  assert.equal(progress[0], { phase: 'Reading the export', done: 995, total: 2800 })
  const empty = temporaryDirectory()
  writerOn(empty, { views }).close(start)
  const nothing = await verifyExport(exportOf(empty), {})
  assert.equal([nothing.events, nothing.head, nothing.findings], [0, null, []])
})

const verifying = suite('verify: an export')

verifying('passes what nobody touched, and says what it could not check', async () => {
  const report = await verifyExport(exported, { against: anchorOf(untouched) })
  assert.equal([report.events, report.head?.position, report.checkpoints, report.findings], [300, 300, 3, []])
  assert.is(report.notes.length, 2)
  const part = await verifyExport(exported, { from: 50, to: 60 })
  assert.equal([part.events, part.findings], [11, []])
})

type Expected = readonly (readonly [kind: string, position?: number])[]

async function expectFound(path: string, expected: Expected) {
  const { findings } = await verifyExport(path, {})
  assert.equal(
    findings.map(({ kind, position }) => [kind, position]),
    expected.map(([kind, position]) => [kind, position]),
    JSON.stringify(findings, null, 1),
  )
}

const inDatabase: [how: string, change: Parameters<typeof tamper>[1], expected: Expected][] = [
  ['a body', set('body', "x'0102'"), [['changed', 57]]],
  ['an event removed', (log) => remove(log, 57), [['missing', 57]]],
  ['an event moved to the end', (log) => move(log, 57, 1007), [['reordered', 57]]],
]
for (const [how, change, expected] of inDatabase) {
  verifying(`finds ${how}, as in the log that it was made from`, async () => {
    const dataDir = copyOf(untouched)
    tamper(dataDir, change)
    const { findings } = await verifyExport(exportOf(dataDir), {})
    assert.equal(
      findings.slice(0, 1).map(({ kind, position }) => [kind, position]),
      expected,
    )
  })
}

const isAt = (position: number) => (line: Lines[number]) =>
  line.kind === 'event' && line.position === position
const changed = (position: number, change: object) => (lines: Lines) =>
  lines.map((line) => (isAt(position)(line) ? { ...line, ...change } : line))

const inLines: [how: string, change: (lines: Lines) => readonly (object | string)[], expected: Expected][] = [
  ['a body', changed(57, { body: 'AAAA' }), [['changed', 57]]],
  ['a version, to one that is there already', changed(61, { version: 1 }), [['changed', 61]]],
  [
    'two lines swapped',
    (lines) => lines.toSpliced(60, 2, lines[61] as Lines[number], lines[60] as Lines[number]),
    [['reordered', 56]],
  ],
  ['a line twice', (lines) => lines.toSpliced(60, 0, lines[60] as Lines[number]), [['inserted', 56]]],
  ['an event taken out', (lines) => lines.filter((line) => !isAt(57)(line)), [['missing', 57]]],
  [
    'the tail cut off',
    (lines) => lines.filter(({ kind, position }) => kind !== 'event' || Number(position) <= 280),
    [
      ['cut', 280],
      ['cut', 280],
    ],
  ],
  [
    'checkpoints and tail cut off',
    (lines) => lines.filter(({ position }) => Number(position ?? 0) <= 250),
    [['cut', 250], ['forged-signature']],
  ],
  [
    'a number that became a text',
    changed(57, { version: '14' }),
    [
      ['changed', 57],
      ['missing', 57],
    ],
  ],
  [
    'a first line that tells of less',
    ([header, ...lines]) => {
      const { position, hash } = lines.find(isAt(299)) as Lines[number]
      return [{ ...header, head: { position, hash } }, ...lines]
    },
    [['inserted', 300]],
  ],
  ['a line that is no JSON', (lines) => [...lines, '{"kind":'], [['changed']]],
  ['a line of another kind', (lines) => [...lines, { kind: 'joke' }], [['changed']]],
  ['a line without its bytes', (lines) => [...lines, { kind: 'key', number: 2 }], [['changed']]],
]
for (const [how, change, expected] of inLines) {
  verifying(`finds ${how}`, () => expectFound(withLines(exported, change), expected))
}

verifying('refuses what is no export', async () => {
  const refusal = async (text: string) => {
    const path = join(temporaryDirectory(), 'log.jsonl')
    writeFileSync(path, text)
    const { message } = await verifyExport(path, {}).catch((error) => error)
    return message.replace(path, 'FILE')
  }
  assert.is(await refusal(''), 'FILE is empty.')
  const other = 'FILE is no export of a log: its first line does not say repledger log 1.'
  assert.equal([await refusal('{}\n'), await refusal('no JSON\n')], [other, other])
})

exporting.run()
verifying.run()
