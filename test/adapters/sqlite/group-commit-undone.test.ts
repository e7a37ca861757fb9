import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { newestViews } from '../../../src/adapters/sqlite/views-file.ts'
import type { AppendCommand } from '../../../src/adapters/sqlite/writer-protocol.ts'
import type { DomainEvent } from '../../../src/domain/events.ts'
import { weightMicrograms } from '../../../src/domain/statistics/units.ts'
import { exercise } from '../../support/story.ts'
import {
  appendOf,
  idOf,
  people,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('group commit, undone')

function writerWithAda(options = {}) {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, options)
  const keyOf = (userId: string) => ({ kind: 'create subject', userId, passwordHash: 'x' }) as const
  writer.keep([keyOf('ada'), keyOf('bob')], start)
  const append = (...commands: AppendCommand[]) =>
    writer
      .append(commands, start)
      .map((outcome) => ('result' in outcome ? outcome.result : String(outcome.error)))
  assert.equal(append(registrationOf('ada')), [{ lastPosition: 1 }])
  return { dataDir, writer, append }
}

const ofAda = (stream: string, ...events: DomainEvent[]) => ({ stream, subject: 'ada', events })

test('a command that is refused behind what it wrote is undone alone, wherever it stands', () => {
  const halfWay = appendOf([
    ofAda('user-ada', renamed('Half')),
    { ...ofAda('plan-new', renamed('Never')), expected: 3 },
  ])
  const rename = (expected: number) => appendOf([{ ...ofAda('user-ada', renamed('Grace')), expected }])
  for (const place of [0, 1, 2]) {
    const { writer, append } = writerWithAda()
    const conflict = { conflict: { stream: 'plan-new', expected: 3, actual: 0 } }
    assert.equal(
      append(...[rename(1), rename(2)].toSpliced(place, 0, halfWay)),
      [{ lastPosition: 2 }, { lastPosition: 3 }].toSpliced(place, 0, conflict as never),
    )
    assert.equal(append(rename(2), rename(3)), [
      { conflict: { stream: 'user-ada', expected: 2, actual: 3 } },
      { lastPosition: 4 },
    ])
    const first = { ...ofAda('plan-new', renamed('Now')), expected: 'no stream' } as const
    assert.equal(append(appendOf([first])), [{ lastPosition: 5 }])
    writer.close(start)
  }
})

/** Ada has a live session, to which she logs presses. */
function training() {
  const { dataDir, writer, append } = writerWithAda({ views: [...views, people] })
  const [live, other] = [idOf('live'), idOf('other')]
  const started = (sessionId: string): DomainEvent => ({
    type: 'SessionStarted',
    data: { sessionId, startedAt: day, timeZone: 'UTC', localDate: day.slice(0, 10), entries: [] },
  })
  const day = '2026-03-01T10:00:00.000Z'
  const press = { exerciseId: 'press', exerciseName: 'The press', metric: 'weight-reps', entry: 0 } as const
  let count = 0
  function set(weight: number) {
    count += 1
    const measured = { weight, weightUnit: 'kg', weightMicrograms: weightMicrograms(weight, 'kg') } as const
    const data = { setId: idOf(`set ${count}`), kind: 'working', reps: 5, ...measured, ...press } as const
    return ofAda(`session-${live}`, { type: 'SetLogged', data })
  }
  const start = (id: string) => ofAda(`session-${id}`, started(id))
  append(appendOf([{ stream: 'exercise-press', events: [exercise('press')] }]), appendOf([start(live)]))
  const path = newestViews(dataDir)?.path as string
  /** The heaviest press and the one before, and the volume of the session, in kg. */
  function records() {
    const db = new Sqlite(path, { readonly: true })
    const select = `SELECT kind, value / 1000000000, previous / 1000000000 FROM record
      WHERE kind IN ('max-weight', 'best-session-volume') ORDER BY kind`
    const rows = db.prepare(select).raw().all()
    db.close()
    return rows
  }
  return { writer, append, set, startOther: () => start(other), records, path }
}

test('records know nothing of a set that was undone with its command', () => {
  const { writer, append, set, startOther, records } = training()
  assert.equal(append(appendOf([set(100)])), [{ lastPosition: 4 }])
  const refused = appendOf([set(150), startOther()])
  assert.equal(append(appendOf([set(90)]), refused, appendOf([set(110)])), [
    { lastPosition: 5 },
    { refusal: 'live-session-exists', detail: 'This is taken already.' },
    { lastPosition: 6 },
  ])
  assert.equal(append(appendOf([set(120)])), [{ lastPosition: 7 }])
  assert.equal(records(), [
    ['best-session-volume', 2100, null],
    ['max-weight', 120, 110],
  ])
  writer.close(start)
})

test('records know of a set that the views only caught up with', () => {
  const { writer, append, set, records, path } = training()
  append(appendOf([set(100)]))
  const inUnknownTown = registrationOf('bob', 'bob@example.org', { goal: 'Turin' })
  assert.equal(append(appendOf([set(150)]), inUnknownTown), [{ lastPosition: 5 }, { lastPosition: 6 }])
  assert.ok(writer.isBehind())
  const db = new Sqlite(path)
  db.exec("INSERT INTO town VALUES ('Turin')")
  db.close()
  append(appendOf([set(160)]))
  assert.equal(records(), [
    ['best-session-volume', 2050, null],
    ['max-weight', 160, 150],
  ])
  writer.close(start)
})

test.run()
