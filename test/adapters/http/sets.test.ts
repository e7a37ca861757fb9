import { suite } from 'uvu'
import { bob, now } from '../../support/memory-sessions.ts'
import {
  fields,
  fiveAtHundred,
  id,
  live,
  logged,
  problem,
  type Request,
  type Scenario,
  sessionScenarios,
  setId,
  squat,
} from '../../support/session-scenarios.ts'

const sets = (body: unknown, headers?: Record<string, string>): Request =>
  headers === undefined
    ? ['POST', `/v1/sessions/${id}/sets`, body]
    : ['POST', `/v1/sessions/${id}/sets`, body, headers]
const one = `/v1/sessions/${id}/sets/${setId}`
const warmup = { ...squat, ...fiveAtHundred, kind: 'warmup' }
const shownWarmup = { ...warmup, weightUnit: 'kg', performedAt: now }

const scenarios: Record<string, Scenario> = {
  'one set is logged': {
    given: [live()],
    request: sets(warmup),
    status: 201,
    body: { set: shownWarmup, records: [] },
    headers: { etag: '"2"' },
    recorded: ['SessionStarted', 'SetLogged'],
  },
  'several sets are logged': {
    given: [live()],
    request: sets({ sets: [warmup] }),
    status: 201,
    body: { sets: [shownWarmup], records: [] },
    recorded: ['SessionStarted', 'SetLogged'],
  },
  'several sets of which one does not fit': {
    given: [live()],
    request: sets({ sets: [warmup, { ...squat, reps: 5 }] }),
    status: 422,
    body: fields(['/sets/1/weight', 'required']),
    recorded: ['SessionStarted'],
  },
  'a set out of range': {
    given: [live()],
    request: sets({ ...squat, reps: 1.5, weight: 2001 }),
    status: 422,
    body: fields(['/reps', 'wrong-type'], ['/weight', 'too-large']),
    recorded: ['SessionStarted'],
  },
  'a set under a taken id': {
    given: [logged],
    request: sets({ ...squat, ...fiveAtHundred, reps: 6 }),
    status: 409,
    body: problem('id-taken'),
    recorded: ['SessionLogged'],
  },
  'a set of a session that is not there': {
    request: sets(warmup),
    status: 404,
    body: problem('not-found'),
    recorded: [],
  },
  'a set of a session that has changed meanwhile': {
    given: [live()],
    request: sets(warmup, { 'if-match': '"3"' }),
    status: 412,
    body: problem('stale-version'),
    recorded: ['SessionStarted'],
  },
  'a correction of a set in the past': {
    given: [logged],
    request: ['PATCH', one, { reps: 6, rpe: 8.5 }],
    status: 200,
    body: { ...squat, id: setId, kind: 'working', reps: 6, weight: 100, weightUnit: 'kg', rpe: 8.5 },
    headers: { etag: '"2"' },
    recorded: ['SessionLogged', 'SetCorrected'],
  },
  'a correction that does not fit': {
    given: [logged],
    request: ['PATCH', one, { reps: null }],
    status: 422,
    body: fields(['/reps', 'required']),
    recorded: ['SessionLogged'],
  },
  'a correction of a set that is not there': {
    given: [live()],
    request: ['PATCH', one, {}],
    status: 404,
    body: problem('not-found'),
    recorded: ['SessionStarted'],
  },
  'a deletion of a set': {
    given: [logged],
    request: ['DELETE', one],
    status: 204,
    body: '',
    headers: { etag: '"2"' },
    recorded: ['SessionLogged', 'SetDeleted'],
  },
  'a deletion of a set of somebody else': {
    given: [logged],
    request: ['DELETE', one],
    token: bob,
    status: 404,
    body: problem('not-found'),
    recorded: ['SessionLogged'],
  },
}

const test = suite('sets over HTTP')
sessionScenarios(test, scenarios)
test.run()
