import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { copyOf, storyOf300 } from '../../support/story.ts'
import { tamper, verified } from '../../support/tampering.ts'

const test = suite('verify: any byte of any event')
const untouched = storyOf300()
const dataDir = copyOf(untouched)
const putBack = () => copyFileSync(join(untouched, 'log.db'), join(dataDir, 'log.db'))

const texts = ['event_id', 'type', 'recorded_at']
const numbers = ['stream', 'version', 'schema_version', 'subject']
const bytes = ['body', 'metadata', 'prev_hash', 'hash']

/** Flips one bit of one value and tells whether the database took it. */
function flip(log: Database, column: string, position: number, at: number, bit: number): boolean {
  const where = `FROM events WHERE position = ${position}`
  const value = log.prepare<[], unknown>(`SELECT ${column} ${where}`).pluck().get()
  const changed = withBitFlipped(value, at, bit)
  try {
    log.prepare(`UPDATE events SET ${column} = ? WHERE position = ?`).run(changed, position)
    return true
  } catch (error) {
    // Stream and version are a unique key, which nobody can break without rebuilding the table.
    if ((error as Error).message.startsWith('UNIQUE')) return false
    throw error
  }
}

function withBitFlipped(value: unknown, at: number, bit: number): unknown {
  if (value === null || typeof value === 'number') return Number(value ?? 0) ^ (1 << bit)
  const changed = Buffer.from(value as string | Buffer)
  const index = at % changed.length
  changed[index] = (changed[index] as number) ^ (1 << (typeof value === 'string' ? bit % 4 : bit))
  return typeof value === 'string' ? changed.toString('latin1') : changed
}

test('is found when it is flipped, at its own position', () => {
  const any = fc.record({
    column: fc.constantFrom(...texts, ...numbers, ...bytes),
    position: fc.integer({ min: 1, max: 300 }),
    at: fc.nat(500),
    bit: fc.nat(7),
  })
  fc.assert(
    fc.property(any, ({ column, position, at, bit }) => {
      putBack()
      let taken = false
      tamper(dataDir, (log) => {
        taken = flip(log, column, position, at, bit)
      })
      const { findings } = verified(dataDir)
      if (taken) {
        assert.equal(
          findings.map((finding) => [finding.kind, finding.position]),
          [['changed', position]],
        )
      }
    }),
    { numRuns: 30, seed: 20260301 },
  )
})

test('is found wherever an event is moved to', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: -50, max: 400 }), (from, to) => {
      fc.pre(to < 1 || to > 300)
      putBack()
      tamper(dataDir, (log) => log.exec(`UPDATE events SET position = ${to} WHERE position = ${from}`))
      const { findings } = verified(dataDir)
      const [first] = findings
      assert.ok(first?.position === from, JSON.stringify(findings))
    }),
    { numRuns: 10, seed: 20260302 },
  )
})

test.run()
