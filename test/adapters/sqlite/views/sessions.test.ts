import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sessionsView } from '../../../../src/adapters/sqlite/views/sessions.ts'
import type { SessionEvent } from '../../../../src/domain/session/events.ts'
import { eight, five, guided, planned, stepLogged } from '../../../support/guided.ts'
import { ada, eighty, folded, of, pullUp } from '../../../support/session-facts.ts'
import {
  discarded,
  fiveAtHundred,
  logged,
  now,
  opening,
  restored,
  setLogged,
  squat,
  started,
} from '../../../support/sessions.ts'

const rowsOf = (events: readonly SessionEvent[]) => {
  const { db } = folded(...of('one', ada, events))
  type Row = Record<string, unknown> & { version: number }
  const { details: _, ...row } = db.prepare('SELECT * FROM session').get() as Row
  const sets = db.prepare('SELECT * FROM session_set ORDER BY key').all() as Row[]
  // The version of a session is that of its row, or of the last of its sets.
  const version = Math.max(row.version, ...sets.map((set) => set.version))
  return { session: { ...row, version }, sets: sets.map(({ facts: __, version: ___, ...set }) => set) }
}

const table = suite('sessionsView')

const sessionRow = {
  key: 5,
  user: 1,
  id: opening.sessionId,
  status: 'active',
  started_at: opening.startedAt,
  local_date: '2025-03-01',
  finished_at: null,
  duration_seconds: 0,
  effort: null,
  plan: null,
  body_weight_micrograms: null,
  version: 1,
  finished_position: null,
  ...{ count: 1, easy: null, average: null, heavy: null },
}

const setRow = {
  key: 6 * 1024,
  session: 5,
  entry: 0,
  id: 'set-1',
  user: 1,
  exercise: 3,
  local_date: '2025-03-01',
  achieved_at: opening.startedAt,
  counted: 1,
  reps: 5,
  weight_micrograms: 100_000_000_000,
  load_micrograms: 100_000_000_000,
  volume: 500_000_000_000,
  duration_seconds: null,
  distance_millimeters: null,
}

table('keeps a live session, and a set at its position in the log', () => {
  assert.equal(rowsOf([started(), setLogged({ performedAt: now })]), {
    session: { ...sessionRow, version: 2 },
    sets: [{ ...setRow, achieved_at: now }],
  })
})

table('a set leaves the row of its session as it is, and says the version in its own', () => {
  const { db } = folded(...of('one', ada, [started(), setLogged(), setLogged({ setId: 'set-2' })]))
  const versionsIn = (name: string) => db.prepare(`SELECT version FROM ${name} ORDER BY key`).pluck().all()
  assert.equal([versionsIn('session'), versionsIn('session_set')], [[1], [2, 3]])
})

table('keeps a whole workout, its sets in order', () => {
  const entries = [
    {
      ...squat,
      sets: [
        { ...fiveAtHundred, kind: 'warmup' as const },
        { ...fiveAtHundred, setId: 'set-2' },
      ],
    },
    { ...pullUp, sets: [{ setId: 'set-3', kind: 'working' as const, reps: 8 }] },
  ]
  const told = { finishedAt: '2025-03-01T18:00:30.900Z', effort: 'heavy' } as const
  assert.equal(rowsOf([logged({ ...told, entries, ...eighty })]), {
    session: {
      ...sessionRow,
      status: 'finished',
      finished_at: told.finishedAt,
      duration_seconds: 3630,
      effort: 'heavy',
      body_weight_micrograms: 80_000_000_000,
      finished_position: 5,
    },
    sets: [
      { ...setRow, key: 5120, counted: 0 },
      { ...setRow, key: 5121, id: 'set-2' },
      {
        ...setRow,
        key: 5122,
        entry: 1,
        id: 'set-3',
        exercise: 4,
        reps: 8,
        weight_micrograms: null,
        load_micrograms: 80_000_000_000,
        volume: 640_000_000_000,
      },
    ],
  })
})

table('a correction changes the row of its set, a deletion removes it', () => {
  const corrected: SessionEvent = {
    type: 'SetCorrected',
    data: { setId: 'set-1', kind: 'warmup', reps: 6, exerciseId: squat.exerciseId, entry: 0 },
  }
  const gone: SessionEvent = {
    type: 'SetDeleted',
    data: { setId: 'set-1', exerciseId: squat.exerciseId, entry: 0 },
  }
  assert.equal(rowsOf([started(), setLogged(), corrected]), {
    session: { ...sessionRow, version: 3 },
    sets: [{ ...setRow, counted: 0, reps: 6, weight_micrograms: null, load_micrograms: null, volume: null }],
  })
  assert.equal(rowsOf([started(), setLogged(), setLogged({ setId: 'set-2' }), gone]), {
    session: { ...sessionRow, version: 4 },
    sets: [{ ...setRow, key: 7 * 1024, id: 'set-2' }],
  })
})

table('finishing gives a length of time and the effort', () => {
  const finish: SessionEvent = { type: 'SessionFinished', data: { finishedAt: now, effort: 'easy' } }
  assert.equal(rowsOf([started(), finish]).session, {
    ...sessionRow,
    status: 'finished',
    finished_at: now,
    duration_seconds: 3600,
    effort: 'easy',
    version: 2,
    finished_position: 6,
  })
})

table('a change of start, zone or body weight moves all that hangs on it', () => {
  const sets = [setLogged(), setLogged({ setId: 'set-2', performedAt: now })]
  const pulled = setLogged({ setId: 'set-3' }, 1, pullUp)
  const changed: SessionEvent = {
    type: 'SessionChanged',
    data: { startedAt: '2025-02-27T17:00:00.000Z', localDate: '2025-02-27', ...eighty },
  }
  const weighed = rowsOf([started(), ...sets, pulled, changed])
  assert.equal(
    weighed.sets.map(({ id, local_date, achieved_at, load_micrograms, volume }) => [
      id,
      local_date,
      achieved_at,
      load_micrograms,
      volume,
    ]),
    [
      ['set-1', '2025-02-27', '2025-02-27T17:00:00.000Z', 100_000_000_000, 500_000_000_000],
      ['set-2', '2025-02-27', now, 100_000_000_000, 500_000_000_000],
      ['set-3', '2025-02-27', '2025-02-27T17:00:00.000Z', 80_000_000_000, 400_000_000_000],
    ],
  )
  assert.equal(weighed.session, {
    ...sessionRow,
    started_at: '2025-02-27T17:00:00.000Z',
    local_date: '2025-02-27',
    body_weight_micrograms: 80_000_000_000,
    version: 5,
  })
  const cleared = { bodyWeight: null, bodyWeightUnit: null, bodyWeightMicrograms: null }
  const unknown = rowsOf([started(eighty), pulled, { type: 'SessionChanged', data: cleared }])
  assert.equal(
    unknown.sets.map(({ load_micrograms, volume }) => [load_micrograms, volume]),
    [[null, null]],
  )
  assert.equal(unknown.session, { ...sessionRow, version: 3 })
})

table('what is discarded counts no more, and counts again when it is restored', () => {
  const past = [logged({ effort: 'easy' }), setLogged(), setLogged({ setId: 'set-2', kind: 'warmup' })]
  const before = rowsOf(past)
  const without = rowsOf([...past, discarded])
  assert.equal(without.session, { ...before.session, status: 'discarded', duration_seconds: 0, version: 4 })
  assert.equal(
    without.sets.map(({ counted }) => counted),
    [0, 0],
  )
  const again = rowsOf([...past, discarded, restored])
  assert.equal(again, { ...before, session: { ...before.session, version: 5 } })
  const live = rowsOf([started(), discarded, restored])
  assert.equal(live.session, { ...sessionRow, version: 3 })
})

table('what guides a session leaves its version behind, and the superset of an entry that it opens', () => {
  const circuit = [planned(squat, [five, five], { supersetGroup: 2 }), planned(pullUp, [eight])]
  const first = stepLogged('1', { restEndsAt: now, supersetGroup: 2 })
  const guide: SessionEvent[] = [
    first,
    { type: 'RestSet', data: { endsAt: null } },
    { type: 'StepAdjusted', data: { stepId: '2', exerciseId: squat.exerciseId, note: 'Slowly.' } },
    { type: 'StepsSkipped', data: { stepIds: ['2'], exerciseId: squat.exerciseId, workingSets: 1 } },
    {
      type: 'StepsSwapped',
      data: {
        ...squat,
        swappedExerciseId: 'pull-up',
        workingSets: 1,
        steps: [{ swapped: '3', stepId: '3.1', target: eight }],
      },
    },
  ]
  for (const count of guide.keys()) {
    const { session } = rowsOf([guided(circuit), ...guide.slice(0, count + 1)])
    assert.is(session.version, count + 2)
  }
  const another: SessionEvent = { type: 'SessionChanged', data: { planDay: 1, planned: [] } }
  const { db } = folded(...of('one', ada, [guided(circuit), first, another]))
  const facts = (sql: string) => JSON.parse(db.prepare<[], string>(sql).pluck().get() as string)
  const { sessionId: _, entries: __, ...details } = opening
  assert.equal(facts('SELECT details FROM session'), { ...details, planId: 'plan', planDay: 1 })
  assert.equal(facts('SELECT facts FROM session_entry'), { ...squat, supersetGroup: 2 })
  assert.equal(facts('SELECT facts FROM session_set'), fiveAtHundred)
})

table('one session of a person is live at a time, and the error names the declared key', () => {
  const { fold } = folded(...of('one', ada, [started()]))
  const other = started({ sessionId: 'other' })
  assert.throws(() => of('two', ada, [other]).forEach(fold), 'UNIQUE constraint failed: session.user')
  assert.equal(sessionsView.unique, { 'session.user': 'live-session-exists' })
  of('one', 'bob', [started()]).forEach(fold)
})

table.run()
