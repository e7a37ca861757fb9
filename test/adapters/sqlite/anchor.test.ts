import { generateKeyPairSync, sign } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readKeptHead } from '../../../src/adapters/sqlite/anchor.ts'
import { anchorBytes, keyIdOf } from '../../../src/adapters/sqlite/hash-chain.ts'
import { readHead } from '../../../src/adapters/sqlite/offline.ts'
import { anchorOf } from '../../support/exports.ts'
import { copyOf, exercise, storyOf300, views } from '../../support/story.ts'
import { expectFindings, forgedCheckpoints, rechain, set, tamper, verified } from '../../support/tampering.ts'
import { appendOf, start, writerOn } from '../../support/writer.ts'

const untouched = storyOf300()
const anchor = anchorOf(untouched)
const unsigned = readHead(untouched)

const good = suite('a head that was kept')

good('is of the log, signed or not, and of the log as it goes on', () => {
  assert.equal([anchor.position, anchor.count, unsigned.position], [300, 300, 300])
  expectFindings(untouched, [], { against: anchor })
  expectFindings(untouched, [], { against: unsigned })
  expectFindings(untouched, [], { against: { ...anchor, hash: anchor.hash.toUpperCase() } })
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  writer.append([appendOf([{ stream: 'exercise-row', events: [exercise('row')] }])], start + 400_000)
  expectFindings(dataDir, [], { against: anchor })
  writer.close(start + 400_000)
  expectFindings(dataDir, [], { against: anchor })
})

good('may be one of an empty log', () => {
  const nothing = { position: 0, hash: '00'.repeat(32), checkpoint: null }
  expectFindings(untouched, [], { against: nothing })
})

good('is read from what `head` and the API answer, and from nothing else', () => {
  assert.equal(readKeptHead(JSON.stringify(anchor)), anchor)
  assert.equal(readKeptHead(JSON.stringify(unsigned)), unsigned)
  const { signature: _, ...half } = anchor
  const wrong = [half, {}, [], null, 7, { ...anchor, position: '1' }, { ...unsigned, checkpoint: 7 }]
  for (const text of ['', 'no JSON', ...wrong.map((value) => JSON.stringify(value))]) {
    assert.throws(() => readKeptHead(text), 'The file holds no head that was kept: see `head --sign`.')
  }
})

const found = suite('verify: a head that was kept')

const cutAfter = (position: number) => (log: Database) => {
  for (const table of ['events', 'checkpoints']) log.exec(`DELETE FROM ${table} WHERE position > ${position}`)
  log.exec('DELETE FROM idempotency; DELETE FROM streams WHERE key NOT IN (SELECT stream FROM events)')
}

found('tells that the tail was cut, where nothing inside does', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, cutAfter(280))
  const inside = { checkViews: false, isCopy: true } as const
  const cut = (details: readonly string[]) =>
    details.filter((detail) => detail.startsWith('The log ends at position 280, but the head that was kept'))
  for (const against of [anchor, unsigned]) {
    const details = verified(dataDir, { ...inside, against }).findings.map(({ detail }) => detail)
    assert.is(cut(details).length, 1)
  }
})

/** Changes an event, makes the chain and every checkpoint anew, the latter with a key of the forger. */
function recomputed(): string {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => {
    set('recorded_at', "'2026-03-01T10:01:51.500Z'", 111)(log)
    rechain(log, 111)
    forgedCheckpoints(log)
  })
  return dataDir
}

found('tells that everything was made anew, though the chain itself holds', () => {
  const dataDir = recomputed()
  const alone = { isCopy: true, checkViews: false } as const
  expectFindings(dataDir, [['forged-signature'], ['view-differs', 300]], alone)
  const { findings } = verified(dataDir, { ...alone, against: anchor })
  assert.equal(
    findings.slice(-2).map(({ kind, position }) => [kind, position]),
    [
      ['forged-signature', undefined],
      ['changed', 300],
    ],
  )
  assert.match(findings.at(-2)?.detail ?? '', 'is not published in this log')
  assert.match(findings.at(-1)?.detail ?? '', 'the log was written anew at or before this position')
})

found('of another log is told as such', () => {
  const foreign = anchorOf(storyOf300())
  expectFindings(untouched, [['forged-signature'], ['changed', 300]], { against: foreign })
})

found('that was changed, or signed with another key under this name, is told as such', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const hash = Buffer.from(anchor.hash, 'hex')
  const der = publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
  const signature = sign(null, anchorBytes({ ...anchor, hash }), privateKey).toString('hex')
  const forged = [
    { ...anchor, signedAt: '2026-03-01T00:00:00.000Z' },
    { ...anchor, signature: '00' },
    { ...anchor, publicKey: 'no key' },
    { ...anchor, publicKey: der, signature },
  ]
  for (const against of forged) expectFindings(untouched, [['forged-signature']], { against })
  assert.is.not(keyIdOf(publicKey), anchor.keyId)
  expectFindings(untouched, [['changed', 300]], { against: { ...unsigned, hash: '00' } })
  const { checkpoint } = unsigned
  const other = { ...unsigned, checkpoint: checkpoint && { ...checkpoint, position: 299 } }
  expectFindings(untouched, [['changed', 299]], { against: other })
})

good.run()
found.run()
