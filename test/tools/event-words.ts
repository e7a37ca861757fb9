import type { StreamChange } from '../../client/api.ts'
import type { EventType } from '../../src/domain/events.ts'

export const introduction = `# The events

Made by \`npm run docs\` from the schemas that \`verify\` holds the log to; a test fails where it is
out of date. The examples are those of \`test/golden\`, which must read for ever.

Everything that RepLedger knows is one of these events. A person gets their own by
\`GET /v1/me/events\` and in \`GET /v1/me/export\`; how they are stored, chained and sealed is told in
[log-format.md](log-format.md).

- A quantity is kept as it was entered, value and unit, beside an integer for sums, whose unit is the
  end of its name.
- An instant is UTC with milliseconds, as \`2025-03-01T17:05:00.000Z\`; a date is \`2025-03-01\`; a
  time zone is a name of the IANA database.
- A change names only what has changed; null clears a field that may be absent.
- Sealed events can be read only with the key of the person; what is in the clear is nobody's.
- Fields are added, never renamed or removed. A shape that must change gets the next version, and
  older ones are brought up to it when they are read.`

export const aggregates = {
  user: 'A person. Stream `user-<user id>`.',
  exercise:
    'An exercise of the catalogue, stream `exercise-<word>`, or of one person, stream ' +
    '`exercise-<user id>-<id>`.',
  plan: 'A plan. Stream `plan-<user id>-<plan id>`.',
  session: 'A workout with its sets and its guide. Stream `session-<user id>-<session id>`.',
  measurement: 'One measurement. Stream `measurement-<user id>-<measurement id>`.',
  goal: 'A goal. Stream `goal-<user id>-<goal id>`.',
} as const

export const meanings: { readonly [T in EventType]: string } = {
  UserRegistered:
    'Somebody has an account from here on. Those of classic clients have a `classicId` as well.',
  UserProfileChanged: 'The profile is another one.',
  AccountClaimed: 'A classic account has got a password.',
  PlanNumberTaken: 'The number of a plan, appended together with it; numbers are never used twice.',
  ClassicStatisticsCreated: 'The counts that a classic client begins with.',
  ClassicCountsCleared: 'The counts that classic clients see are 0 from here on; nothing is deleted.',
  ExerciseNamesMapped:
    'Which exercises are meant by names in files of other programs; ids of what comes from these are made ' +
    'from `importKey`.',
  UserErased: 'The last event of a person: everything else about them became unreadable.',
  CatalogueExercisePublished: 'An entry of the catalogue, new or in a newer edition: the whole of it.',
  CustomExerciseCreated: 'An exercise of one’s own.',
  CustomExerciseChanged: 'It is described otherwise; the metric stays, since sets were logged by it.',
  CustomExerciseArchived: 'It is not offered any more; history keeps its name.',
  PlanCreated: 'A plan; `origin` says what it was made from, so that the making can be repeated.',
  PlanChanged: 'A plan is another one; what was logged by it stays.',
  PlanArchived: 'A plan is not offered any more.',
  SessionStarted: 'A live session begins. `planned` is the plan’s day as it was then, where it follows one.',
  SessionLogged: 'A whole workout, told when it was over.',
  SetLogged:
    'A set. `entry` counts the session’s exercises from 0 in the order of their opening; `stepId` is the ' +
    'step that it fulfils, `restEndsAt` the end of the rest behind it.',
  SetCorrected: 'A set as it really was: all of its facts, in place of those before.',
  SetDeleted: 'A set that was none.',
  StepsSkipped: 'Steps of the guide that are left out; `workingSets` of them are no warm-ups.',
  StepsSwapped:
    'The steps of one exercise that were still to be done, now under new ids with another exercise.',
  StepAdjusted: 'A step is to be done otherwise; what was planned is kept beside it.',
  RestSet: 'The rest was extended, shortened or begun; null where it was ended.',
  SessionFinished: 'The live session is over.',
  SessionChanged:
    'The session is described otherwise; `planned` where a live one now follows another day, or none.',
  SessionDiscarded: 'The session counts nowhere.',
  SessionRestored: 'A discarded session counts again.',
  WorkoutsReported:
    'Workouts told of as a number, on a session stream of their own: they count as so many sessions, on ' +
    'one day.',
  MeasurementTaken: 'Something was measured.',
  MeasurementCorrected: 'A measurement as it really was.',
  MeasurementDeleted: 'A measurement that was none.',
  GoalSet: 'A goal, to be reached from `start` in the `direction`.',
  GoalChanged: 'A goal is another one.',
  GoalProgressed: 'How far a custom goal has come; all others follow what is logged.',
  GoalAbandoned: 'A goal is pursued no more.',
  GoalResumed: 'An abandoned goal is pursued again.',
  GoalDeleted: 'A goal that never was.',
}

export const streamIntroduction = `## The live stream of a session

\`GET /v1/sessions/{id}/stream\` sends one message for each version of the session, as Server-Sent
Events: \`id\` is the version, \`event\` the name below, \`data\` one JSON object. A \`snapshot\` comes
first, unless Last-Event-ID names a version; then comes what was missed, or one snapshot where that
is more than 1,000 versions. The stream ends behind \`finished\`. A comment comes every 15 seconds.`

export const streamExample: StreamChange = {
  version: 7,
  type: 'SetLogged',
  at: '2025-03-01T17:05:00.000Z',
  status: 'active',
  finished: false,
  rest: { endsAt: '2025-03-01T17:07:00.000Z' },
  progress: { setsDone: 3, setsSkipped: 0, setsTotal: 12 },
  set: {
    exerciseId: 'barbell-back-squat',
    stepId: '3',
    id: '0198c0de-0000-7000-8000-0000000000b3',
    kind: 'working',
    reps: 5,
    weight: 135,
    weightUnit: 'lb',
    performedAt: '2025-03-01T17:05:00.000Z',
  },
}
