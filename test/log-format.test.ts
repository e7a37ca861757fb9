import { createSecretKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { unseal } from '../src/adapters/sqlite/sealing.ts'
import { anchorOf, exportOf, type Lines, secondOpinion, withLines } from './support/exports.ts'
import { copyOf, storyOf300 } from './support/story.ts'
import { rechain, rehash, set, tamper } from './support/tampering.ts'
import { temporaryDirectory } from './support/writer.ts'
import { vectors } from './tools/log-format-vectors.ts'

const docs = new URL('../docs/', import.meta.url)
const published = JSON.parse(readFileSync(new URL('log-format-vectors.json', docs), 'utf8'))

const format = suite('the published vectors')

format('are what the code makes', () => {
  assert.equal(JSON.parse(JSON.stringify(vectors())), published)
})

format('hold a sealed body that the code opens', () => {
  const { body, sealing } = published.events[1]
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  const key = createSecretKey(bytes(sealing.dataKey))
  assert.is(unseal(key, bytes(body), bytes(sealing.additionalData)).toString(), sealing.plain)
})

format('hold an export that the second verifier passes, with its anchor', async () => {
  const path = join(temporaryDirectory(), 'log.jsonl')
  writeFileSync(path, `${published.export.join('\n')}\n`)
  const { bytes: _, ...anchor } = published.anchor
  const verdict = '3 events, 1 checkpoints: all is as it was written'
  assert.equal(await secondOpinion(path, anchor), [0, verdict])
})

const second = suite('the second verifier')
const untouched = storyOf300()
const exported = exportOf(untouched)
const anchor = anchorOf(untouched)

second('is short, and knows nothing of ours', () => {
  const text = readFileSync(new URL('verify-log.mjs', docs), 'utf8')
  assert.ok(text.trimEnd().split('\n').length < 100)
  const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name)
  assert.equal(imported, ['node:crypto', 'node:fs', 'node:readline'])
})

second('passes what nobody touched', async () => {
  const verdict = '300 events, 3 checkpoints: all is as it was written'
  assert.equal(await secondOpinion(exported), [0, verdict])
  assert.equal(await secondOpinion(exported, anchor), [0, verdict])
  const { position, hash } = anchor
  assert.equal(await secondOpinion(exported, { position, hash, checkpoint: null }), [0, verdict])
})

const isAt = (position: number) => (line: Lines[number]) =>
  line.kind === 'event' && line.position === position
const changed = (position: number, change: object) => (lines: Lines) =>
  lines.map((line) => (isAt(position)(line) ? { ...line, ...change } : line))

const tamperings: [how: string, change: (lines: Lines) => readonly (object | string)[], first: string][] = [
  ['a body', changed(57, { body: 'AAAA' }), '57: it was changed'],
  ['metadata', changed(57, { metadata: 'AAAA' }), '57: it was changed'],
  ['a subject', changed(57, { subject: '' }), '57: it was changed'],
  ['an event taken out', (lines) => lines.filter((line) => !isAt(57)(line)), '57: position 58 stands here'],
  [
    'the tail cut off',
    (lines) => lines.filter(({ position }) => Number(position ?? 0) <= 250),
    '250: the log was cut',
  ],
  ['the last line cut short', (lines) => [...lines.slice(0, -1), '{"kind":"ev'], '299: the log was cut'],
  [
    'the signature of a checkpoint',
    (lines) => lines.map((line) => (line.kind === 'checkpoint' ? { ...line, signature: 'AAAA' } : line)),
    '100: the checkpoint is not signed',
  ],
  [
    'a key',
    (lines) => lines.map((line) => (line.kind === 'key' ? { ...line, number: 2 } : line)),
    '0: public key 2',
  ],
  [
    'all checkpoints gone',
    (lines) => lines.filter(({ kind }) => kind !== 'checkpoint'),
    '300: the first line',
  ],
  [
    'an end in the first line that is none',
    ([header, ...lines]) => [{ ...header, head: { position: 299, hash: lines.at(-1)?.hash } }, ...lines],
    '300: the first line',
  ],
  [
    'another end in the first line',
    ([header, ...lines]) => [{ ...header, head: { position: 300, hash: lines[4]?.hash } }, ...lines],
    '300: the first line',
  ],
  [
    'a checkpoint gone',
    (lines) => lines.filter((line) => line.kind !== 'checkpoint' || line.position !== 100),
    '200: a',
  ],
]
for (const [how, change, first] of tamperings) {
  second(`finds ${how}`, async () => {
    const [code, verdict] = await secondOpinion(withLines(exported, change))
    assert.is(code, 2)
    assert.match(verdict, `first bad position ${first}`)
  })
}

second('finds what was changed in the database, up to a chain that was made anew', async () => {
  const dataDir = copyOf(untouched)
  const later = "'2026-03-01T10:01:51.500Z'"
  tamper(dataDir, (log) => {
    set('recorded_at', later, 111)(log)
    rehash(log, 111)
  })
  assert.match((await secondOpinion(exportOf(dataDir)))[1], 'first bad position 112: it does not follow')
  tamper(dataDir, (log) => rechain(log, 111))
  assert.match((await secondOpinion(exportOf(dataDir)))[1], 'first bad position 200: another hash was signed')
  tamper(dataDir, (log) => log.exec('DELETE FROM checkpoints WHERE position > 100'))
  assert.is((await secondOpinion(exportOf(dataDir)))[0], 0)
  assert.match((await secondOpinion(exportOf(dataDir), anchor))[1], 'first bad position 300: another hash')
})

second('tells of a head that was forged, is of another log, or lies beyond the end', async () => {
  const forged = { ...anchor, count: 299 }
  assert.match((await secondOpinion(exported, forged))[1], '300: the head that was kept is forged')
  const foreign = anchorOf(storyOf300())
  assert.match((await secondOpinion(exported, foreign))[1], 'first bad position 300')
  assert.match((await secondOpinion(exported, { ...anchor, position: 301 }))[1], '300: the log was cut off')
})

format.run()
second.run()
