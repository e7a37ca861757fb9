import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { temporaryDirectory } from '../test/support/writer.ts'
import { loggingOf, openOwnLog } from './own-log.ts'
import { type Row, rate, rateOfAll, type Side } from './row.ts'

const IN_FLIGHT = 64
const ROW_BYTES = 250

const ours: Side = {
  name: 'append',
  async open({ seconds }) {
    const log = await openOwnLog()
    const loggings: (() => Promise<unknown>)[] = []
    while (loggings.length < IN_FLIGHT) loggings.push(loggingOf(log, await log.addPerson()))
    return { round: () => rateOfAll(seconds, loggings), close: log.close }
  },
}

const theirs: Side = {
  name: 'INSERT',
  async open({ seconds }) {
    const db = new Sqlite(join(temporaryDirectory(), 'rows.db'))
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT')
    const insert = db.prepare('INSERT INTO rows (body) VALUES (?)')
    const body = randomBytes(ROW_BYTES)
    const insertMany = db.transaction(() => {
      for (let row = 0; row < IN_FLIGHT; row++) insert.run(body)
    })
    const round = async () => (await rate(seconds, () => insertMany.immediate())) * IN_FLIGHT
    return { round, close: () => void db.close() }
  },
}

export const rows: readonly Row[] = [
  {
    id: 'T1',
    name: 'append with views, chain and sealing, 64 in flight / bare INSERT, 64 a transaction',
    unit: '/s',
    better: 'more',
    must: 0.25,
    goal: 0.35,
    sides: [ours, theirs],
  },
]
