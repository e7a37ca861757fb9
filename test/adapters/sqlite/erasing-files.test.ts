import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certify } from '../../../src/adapters/sqlite/certificate.ts'
import type { DomainEvent } from '../../../src/domain/events.ts'
import {
  assertErased,
  command,
  dataKeyOf,
  filesHolding,
  later,
  open,
  peopled,
} from '../../support/erasing.ts'
import { appendOf, registrationOf, start, temporaryDirectory } from '../../support/writer.ts'

const test = suite('erasing and the files')

test('waits for whoever still reads what the files were', () => {
  for (const name of ['log.db', 'vault.db', 'views.1.db']) {
    const { dataDir, writer } = peopled()
    const reader = new Sqlite(join(dataDir, name), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM sqlite_schema').get()
    assert.not(writer.erasing.erase(command, later))
    assert.is(certify(dataDir, 'ada').finishedAt, null)
    writer.append([registrationOf('cleo')], later)
    reader.close()
    writer.erasing.goOn(later)
    assertErased(dataDir)
    writer.close(later)
  }
})

test('a log put back from before it is erased from again', () => {
  const { dataDir, writer } = peopled()
  writer.close(later)
  copyFileSync(join(dataDir, 'log.db'), join(dataDir, 'older'))
  const second = open(dataDir)
  second.erasing.erase(command, later)
  second.close(later)
  copyFileSync(join(dataDir, 'older'), join(dataDir, 'log.db'))
  for (const name of readdirSync(dataDir).filter((one) => one.startsWith('views'))) {
    copyFileSync('/dev/null', join(dataDir, name))
  }
  const third = open(dataDir)
  third.erasing.goOn(later)
  assertErased(dataDir)
  third.close(later)
})

test('a vault put back from before it loses the key again', () => {
  const { dataDir, writer } = peopled()
  writer.close(later)
  copyFileSync(join(dataDir, 'vault.db'), join(dataDir, 'older'))
  const second = open(dataDir)
  second.erasing.erase(command, later)
  second.close(later)
  copyFileSync(join(dataDir, 'older'), join(dataDir, 'vault.db'))
  const third = open(dataDir)
  third.erasing.goOn(later)
  assert.is(dataKeyOf(dataDir, 'ada'), undefined)
  assertErased(dataDir)
  third.close(later)
})

test('views that were half built hold nothing of the person', () => {
  const { dataDir, writer } = peopled()
  for (const name of ['views.2.building.db', 'views.2.building.db-wal']) {
    copyFileSync(join(dataDir, 'views.1.db'), join(dataDir, name))
  }
  writer.erasing.erase(command, later)
  assert.equal(
    readdirSync(dataDir).filter((name) => name.includes('building')),
    [],
  )
  assertErased(dataDir)
  writer.close(later)
})

test('the gaps of pages that were split hold nothing of the person either', () => {
  const dataDir = temporaryDirectory()
  const writer = open(dataDir)
  const people = Array.from({ length: 120 }, (_, number) => `p${100 + number}`)
  for (const userId of people) {
    writer.keep([{ kind: 'create subject', userId, passwordHash: `hash of ${userId}` }], start)
    writer.append([registrationOf(userId)], start)
  }
  const when = { measuredAt: '2026-03-01T10:00:00.000Z', timeZone: 'UTC', localDate: '2026-03-01' }
  const kind = { kind: 'waist', value: 80, unit: 'cm', lengthMicrometers: 800_000 } as const
  const tell = (userId: string, measurementId: number, event: DomainEvent) => {
    const stream = `measurement-${userId}-${measurementId}`
    writer.append([appendOf([{ stream, subject: userId, events: [event] }])], start)
  }
  const each = (act: (userId: string, id: number, notes: (times: number) => string) => void) => {
    for (let id = 0; id < 4; id++) {
      for (const userId of people) act(userId, id, (times) => `canary-${userId} `.repeat(times))
    }
  }
  each((userId, id, notes) => {
    const data = { measurementId: `${id}`, ...kind, ...when, notes: notes(2) }
    tell(userId, id, { type: 'MeasurementTaken', data })
  })
  // Rows that grow push others out of their pages, and copies of these stay behind.
  for (const times of [20, 7, 45]) {
    each((userId, id, notes) => {
      if ((Number(userId.slice(1)) * 7 + id * 3 + times) % 5 > 2) return
      tell(userId, id, { type: 'MeasurementCorrected', data: { notes: notes(times) } })
    })
  }
  const leaving = people.filter((_, index) => index % 3 === 0)
  for (const userId of leaving) writer.erasing.erase({ ...command, userId }, later)

  const left = leaving.filter((userId) => filesHolding(dataDir, `canary-${userId}`).length > 0)
  assert.equal(left, [])
  writer.close(later)
})

test.run()
