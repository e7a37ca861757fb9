import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import { makeKeyPair } from '../../../src/adapters/sqlite/key-pairs.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { copyOf, exercise, storyOf300, views } from '../../support/story.ts'
import { type Expected, expectFindings, expectFound, tamper } from '../../support/tampering.ts'
import { appendOf, masterKey, renamed, start, writerOn } from '../../support/writer.ts'

const checkpoints = suite('verify: the checkpoints')
const keys = suite('verify: the public keys')

const untouched = storyOf300()

type Tampering = [how: string, sql: string, expected: Expected]

const at200: Expected = [['forged-signature', 200]]
const checkpointTamperings: Tampering[] = [
  ['a time', "UPDATE checkpoints SET signed_at = '2026-03-01T10:00:00.000Z' WHERE position = 200", at200],
  ['a hash', 'UPDATE checkpoints SET hash = zeroblob(32) WHERE position = 200', at200],
  ['a count', 'UPDATE checkpoints SET count = 199 WHERE position = 200', at200],
  ['a count that cannot be', 'UPDATE checkpoints SET count = -1 WHERE position = 200', at200],
  ['a link', 'UPDATE checkpoints SET previous = zeroblob(32) WHERE position = 200', at200],
  ['a signature', 'UPDATE checkpoints SET signature = zeroblob(64) WHERE position = 200', at200],
  ['a signature cut short', "UPDATE checkpoints SET signature = x'00' WHERE position = 200", at200],
  ['the id of its key', "UPDATE checkpoints SET key_id = 'another' WHERE position = 200", at200],
  ['a position', 'UPDATE checkpoints SET position = 150 WHERE position = 200', [['forged-signature', 150]]],
  [
    'a position before the start',
    'UPDATE checkpoints SET position = -200 WHERE position = 200',
    [
      ['forged-signature', -200],
      ['forged-signature', 300],
    ],
  ],
  ['one removed', 'DELETE FROM checkpoints WHERE position = 200', [['forged-signature', 300]]],
  ['the first removed', 'DELETE FROM checkpoints WHERE position = 100', at200],
  [
    'two swapped',
    `UPDATE checkpoints SET position = 5000 WHERE position = 100;
    UPDATE checkpoints SET position = 100 WHERE position = 200;
    UPDATE checkpoints SET position = 200 WHERE position = 5000;`,
    [
      ['forged-signature', 100],
      ['forged-signature', 200],
    ],
  ],
]
for (const [how, sql, expected] of checkpointTamperings) {
  checkpoints(`finds ${how}`, () => expectFound(untouched, (log) => log.exec(sql), expected))
}

checkpoints('tells of one that was put in with a signature of no key of ours', () => {
  const forge = (log: Database) =>
    log.exec(`INSERT INTO checkpoints SELECT 250, hash, 250, signed_at, previous, 'stranger', signature
      FROM checkpoints WHERE position = 300`)
  expectFound(untouched, forge, [['forged-signature', 250]])
})

checkpoints(
  'finds that the last ones are gone, where more stands behind them than is ever left unsigned',
  () => {
    const dataDir = copyOf(untouched)
    const writer = writerOn(dataDir, { views })
    const renaming = appendOf([
      { stream: 'user-ada', subject: 'ada', events: Array(100).fill(renamed('Grace')) },
    ])
    for (let second = 301; second <= 320; second++) writer.append([renaming], start + second * 1000)
    writer.append(
      [appendOf([{ stream: 'user-ada', subject: 'ada', events: [renamed('Ada')] }])],
      start + 400_000,
    )
    expectFindings(dataDir, [['forged-signature', 2301]])
    writer.close(start + 400_000)
    expectFindings(dataDir, [])
    tamper(dataDir, (log) => log.exec('DELETE FROM checkpoints WHERE position > 200'))
    expectFindings(dataDir, [['forged-signature', 2301]])
    tamper(dataDir, (log) => log.exec('DELETE FROM checkpoints'))
    expectFindings(dataDir, [['forged-signature', 2301]])
  },
)

checkpoints('takes the events of one last moment for a batch that was cut off before it was signed', () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  const events = Array(2500).fill(renamed('Grace'))
  writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events }])], start + 400_000)
  expectFindings(dataDir, [])
  writer.close(start + 400_000)
})

/** The data with a second pair of keys, which signed the checkpoint at 301. */
function withTwoKeys(): string {
  const dataDir = copyOf(untouched)
  const vault = openVault(dataDir)
  makeKeyPair(vault, masterKey, 'checkpoint', '2026-03-02T00:00:00.000Z')
  vault.close()
  const writer = writerOn(dataDir, { views })
  writer.append([appendOf([{ stream: 'exercise-row', events: [exercise('row')] }])], start + 301_000)
  writer.close(start + 302_000)
  return dataDir
}
const twoKeys = withTwoKeys()

keys('each signed by the one before it pass', () => expectFindings(twoKeys, []))

const one: Expected = [['forged-signature']]
const keyTamperings: Tampering[] = [
  ['one that is no key any more', 'UPDATE public_keys SET public_key = zeroblob(44) WHERE number = 1', one],
  ['a signature', 'UPDATE public_keys SET signature = zeroblob(64) WHERE number = 1', one],
  ['the signature of a successor', 'UPDATE public_keys SET signature = zeroblob(64) WHERE number = 2', one],
  ['a successor that signs itself', 'UPDATE public_keys SET signed_by = key_id WHERE number = 2', one],
  ['a time', "UPDATE public_keys SET created_at = '2026-01-01T00:00:00.000Z' WHERE number = 1", one],
  ['a number', 'UPDATE public_keys SET number = 3 WHERE number = 2', one],
  [
    'two whose keys were exchanged',
    `UPDATE public_keys SET public_key = (
      SELECT o.public_key FROM public_keys o WHERE o.number <> public_keys.number)`,
    [['forged-signature'], ['forged-signature']],
  ],
  ['the last one removed', 'DELETE FROM public_keys WHERE number = 2', [['forged-signature', 301]]],
]
for (const [how, sql, expected] of keyTamperings) {
  keys(`finds ${how}`, () => expectFound(twoKeys, (log) => log.exec(sql), expected))
}

keys('finds one whose private half the vault does not hold', () => {
  const dataDir = copyOf(untouched)
  const stranger = storyOf300()
  tamper(dataDir, (log) => {
    log.exec(`ATTACH '${stranger}/log.db' AS stranger; DELETE FROM public_keys; DELETE FROM checkpoints;
      INSERT INTO public_keys SELECT * FROM stranger.public_keys;`)
  })
  expectFindings(dataDir, one)
})

checkpoints.run()
keys.run()
