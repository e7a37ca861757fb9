import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gone, id, lift, path, served, set, squatting, told } from '../../support/goals-http.ts'
import { ada, bob } from '../../support/memory-sessions.ts'
import { fields, type Json, problem, type Request, told as saidOf } from '../../support/session-scenarios.ts'

const document = {
  id,
  kind: 'custom',
  title: 'Read on training',
  exerciseId: null,
  measurementKind: null,
  target: 20,
  unit: 'books',
  start: 0,
  current: null,
  progress: 0,
  direction: 'up',
  status: 'active',
  achievedAt: null,
  forecastOn: null,
  dueOn: null,
  setAt: '2025-03-01T18:00:00.000Z',
  version: 1,
}

type Row = {
  given?: readonly Request[]
  request: Request
  token?: string
  status: number
  body?: unknown
  recorded: readonly string[]
}

const rows: Record<string, Row> = {
  'a goal is set': { request: set, status: 201, body: document, recorded: ['GoalSet'] },
  'a goal is set again as it was, whatever became of it': {
    given: [set, told],
    request: set,
    status: 201,
    body: document,
    recorded: ['GoalSet', 'GoalProgressed'],
  },
  'another goal under its id': {
    given: [set],
    request: lift,
    status: 409,
    body: problem('id-taken'),
    recorded: ['GoalSet'],
  },
  'fields that are missing, unknown and wrong': {
    request: ['POST', '/v1/goals', { kind: 'win', target: '5', dueOn: 'soon', current: 5 }],
    status: 422,
    body: fields(
      ['/current', 'unknown-field'],
      ['/dueOn', 'wrong-format'],
      ['/kind', 'not-allowed'],
      ['/target', 'wrong-type'],
      ['/title', 'required'],
      ['/unit', 'required'],
    ),
    recorded: [],
  },
  'fields that do not go together': {
    request: ['POST', '/v1/goals', { ...squatting, exerciseId: 'nothing', unit: 'km', target: 5000 }],
    status: 422,
    body: fields(['/exerciseId', 'unknown-exercise'], ['/target', 'out-of-range'], ['/unit', 'not-allowed']),
    recorded: [],
  },
  'a goal is read': {
    given: [set],
    request: ['GET', path],
    status: 200,
    body: document,
    recorded: ['GoalSet'],
  },
  'somebody else’s goal': {
    given: [set],
    request: ['GET', path],
    token: bob,
    status: 404,
    body: problem('not-found'),
    recorded: ['GoalSet'],
  },
  'a change': {
    given: [set],
    request: [
      'PATCH',
      path,
      { target: 10, dueOn: '2025-12-31', status: 'abandoned' },
      { 'if-match': '"1.9.x"' },
    ],
    status: 200,
    body: { ...document, target: 10, dueOn: '2025-12-31', status: 'abandoned', version: 3 },
    recorded: ['GoalSet', 'GoalChanged', 'GoalAbandoned'],
  },
  'a change of a stale version': {
    given: [set],
    request: ['PATCH', path, { target: 10 }, { 'if-match': '"2.1.2025-03-01"' }],
    status: 412,
    body: problem('stale-version'),
    recorded: ['GoalSet'],
  },
  'a change of what stays, or to what follows by itself': {
    given: [lift],
    request: ['PATCH', path, { kind: 'reps', exerciseId: 'plank', status: 'achieved' }],
    status: 422,
    body: fields(['/exerciseId', 'unknown-field'], ['/kind', 'unknown-field'], ['/status', 'not-allowed']),
    recorded: ['GoalSet'],
  },
  'a change of somebody else’s goal': {
    given: [set],
    request: ['PATCH', path, { target: 10 }],
    token: bob,
    status: 404,
    body: problem('not-found'),
    recorded: ['GoalSet'],
  },
  'progress of a custom goal': {
    given: [set],
    request: told,
    status: 200,
    body: { ...document, current: 5, progress: 0.25, version: 2 },
    recorded: ['GoalSet', 'GoalProgressed'],
  },
  'progress of a goal that follows the log': {
    given: [lift],
    request: told,
    status: 409,
    body: problem('goal-follows-log'),
    recorded: ['GoalSet'],
  },
  'progress of a stale version': {
    given: [set, told],
    request: [...told, { 'if-match': '"1"' }],
    status: 412,
    body: problem('stale-version'),
    recorded: ['GoalSet', 'GoalProgressed'],
  },
  'what was told of a goal': {
    given: [set, told],
    request: ['GET', `${path}/progress`],
    status: 200,
    body: { items: [{ value: 5, notes: 'Slow', at: '2025-03-01T18:00:00.000Z' }] },
    recorded: ['GoalSet', 'GoalProgressed'],
  },
  'a goal is deleted': {
    given: [set],
    request: gone,
    status: 204,
    body: '',
    recorded: ['GoalSet', 'GoalDeleted'],
  },
  'a goal that was deleted': {
    given: [set, gone],
    request: gone,
    status: 404,
    body: problem('not-found'),
    recorded: ['GoalSet', 'GoalDeleted'],
  },
  'what was told of a goal that was deleted': {
    given: [set, gone],
    request: ['GET', `${path}/progress`],
    status: 404,
    body: problem('not-found'),
    recorded: ['GoalSet', 'GoalDeleted'],
  },
}

const goals = suite('goals over HTTP')

for (const [sentence, { given = [], request, token = ada, status, body, recorded }] of Object.entries(rows)) {
  goals(sentence, async () => {
    const { ask, close, recorded: found } = await served()
    try {
      for (const before of given) assert.ok((await ask(before)).status < 300)
      const reply = await ask(request, token)
      assert.is(reply.status, status, JSON.stringify(reply.body))
      assert.equal(status < 400 ? reply.body : saidOf(reply.body, body as Json), body)
      assert.equal(found(), recorded)
    } finally {
      await close()
    }
  })
}

goals.run()
