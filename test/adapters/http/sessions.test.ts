import { suite } from 'uvu'
import { bob, now } from '../../support/memory-sessions.ts'
import {
  discard,
  document,
  fields,
  id,
  live,
  logged,
  opened,
  problem,
  type Scenario,
  sessionScenarios,
  squat,
  startedAt,
  whole,
} from '../../support/session-scenarios.ts'

const scenarios: Record<string, Scenario> = {
  'a live session is started': {
    request: live(),
    status: 201,
    body: opened,
    headers: { location: `/v1/sessions/${id}`, etag: '"1"' },
    recorded: ['SessionStarted'],
  },
  'a whole workout is logged': { request: logged, status: 201, body: document, recorded: ['SessionLogged'] },
  'telling a session again under its id answers the same': {
    given: [logged],
    request: logged,
    status: 201,
    body: document,
    recorded: ['SessionLogged'],
  },
  'another session under a taken id': {
    given: [logged],
    request: live(),
    status: 409,
    body: problem('id-taken'),
    recorded: ['SessionLogged'],
  },
  'a second live session': {
    given: [live()],
    request: ['POST', '/v1/sessions', {}],
    status: 409,
    body: problem('live-session-exists', { sessionId: id }),
    recorded: ['SessionStarted'],
  },
  'fields out of range, of the wrong type and unknown': {
    request: [
      'POST',
      '/v1/sessions',
      {
        title: 7,
        effort: 'huge',
        bodyWeight: 0,
        mood: 'fine',
        exercises: [{ ...squat, sets: [{ reps: -1 }] }],
      },
    ],
    status: 422,
    body: fields(
      ['/mood', 'unknown-field'],
      ['/title', 'wrong-type'],
      ['/effort', 'not-allowed'],
      ['/bodyWeight', 'too-small'],
      ['/exercises/0/sets/0/reps', 'too-small'],
    ),
    recorded: [],
  },
  'a set that does not fit its exercise, and one that there is not': {
    request: live({
      exercises: [
        { ...squat, sets: [{ reps: 5, distance: 5 }] },
        { exerciseId: 'nothing', sets: [] },
      ],
    }),
    status: 422,
    body: fields(
      ['/exercises/0/sets/0/distance', 'not-applicable'],
      ['/exercises/0/sets/0/weight', 'required'],
      ['/exercises/1/exerciseId', 'unknown-exercise'],
    ),
    recorded: [],
  },
  'a start without a token': {
    request: live(),
    token: '',
    status: 401,
    body: problem('unauthenticated'),
    recorded: [],
  },
  'many sessions at once': {
    request: ['POST', '/v1/sessions/bulk', { sessions: [whole] }],
    status: 201,
    body: { items: [{ id, version: 1 }] },
    recorded: ['SessionLogged'],
  },
  'many sessions of which one is not finished and one does not pass': {
    request: ['POST', '/v1/sessions/bulk', { sessions: [{ startedAt }, { ...whole, finishedAt: 'soon' }] }],
    status: 422,
    body: fields(['/sessions/0/finishedAt', 'required'], ['/sessions/1/finishedAt', 'wrong-format']),
    recorded: [],
  },
  'many sessions of which one breaks a rule': {
    request: [
      'POST',
      '/v1/sessions/bulk',
      {
        sessions: [
          whole,
          { startedAt: now, finishedAt: startedAt, exercises: [{ ...squat, sets: [{ reps: 1 }] }] },
        ],
      },
    ],
    status: 422,
    body: fields(
      ['/sessions/1/finishedAt', 'out-of-order'],
      ['/sessions/1/exercises/0/sets/0/weight', 'required'],
    ),
    recorded: [],
  },
  'the live session': {
    given: [live()],
    request: ['GET', '/v1/sessions/live'],
    status: 200,
    body: opened,
    headers: { etag: '"1"' },
    recorded: ['SessionStarted'],
  },
  'no live session': {
    given: [logged],
    request: ['GET', '/v1/sessions/live'],
    status: 404,
    body: problem('not-found'),
    recorded: ['SessionLogged'],
  },
  'a session by its id in capitals': {
    given: [logged],
    request: ['GET', `/v1/sessions/${id.toUpperCase()}`],
    status: 200,
    body: document,
    recorded: ['SessionLogged'],
  },
  'a session that the client holds': {
    given: [logged],
    request: ['GET', `/v1/sessions/${id}`, undefined, { 'if-none-match': '"1"' }],
    status: 304,
    body: '',
    recorded: ['SessionLogged'],
  },
  'somebody else’s session': {
    given: [logged],
    request: ['GET', `/v1/sessions/${id}`],
    token: bob,
    status: 404,
    body: problem('not-found'),
    recorded: ['SessionLogged'],
  },
  'an id that is none': {
    request: ['GET', '/v1/sessions/one'],
    status: 404,
    body: problem('not-found'),
    recorded: [],
  },
  'a discarded session by its id': {
    given: [logged, discard],
    request: ['GET', `/v1/sessions/${id}`],
    status: 200,
    body: { ...document, status: 'discarded', version: 2 },
    recorded: ['SessionLogged', 'SessionDiscarded'],
  },
  'a list without the discarded': {
    given: [logged, discard, ['POST', '/v1/sessions', {}]],
    request: ['GET', '/v1/sessions?status=finished'],
    status: 200,
    body: { items: [] },
    recorded: ['SessionLogged', 'SessionDiscarded', 'SessionStarted'],
  },
  'a list by every filter': {
    given: [logged],
    request: [
      'GET',
      '/v1/sessions?from=2025-03-01&to=2025-03-01&exerciseId=Barbell-Back-Squat&status=finished&limit=1',
    ],
    status: 200,
    body: { items: [document] },
    recorded: ['SessionLogged'],
  },
  'a list of a range that is none': {
    request: ['GET', '/v1/sessions?from=2025-02-30&to=soon&limit=0&status=lost&mood=fine'],
    status: 422,
    body: fields(
      ['/mood', 'unknown-field'],
      ['/limit', 'too-small'],
      ['/from', 'wrong-format'],
      ['/to', 'wrong-format'],
      ['/status', 'not-allowed'],
    ),
    recorded: [],
  },
  'a list of a range that ends before it begins': {
    request: ['GET', '/v1/sessions?from=2025-03-02&to=2025-03-01'],
    status: 422,
    body: fields(['/from', 'out-of-order']),
    recorded: [],
  },
  'a cursor that is none': {
    request: ['GET', '/v1/sessions?cursor=abc'],
    status: 400,
    body: problem('unreadable-cursor'),
    recorded: [],
  },
}

const test = suite('logging and reading sessions over HTTP')
sessionScenarios(test, scenarios)
test.run()
