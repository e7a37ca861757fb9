import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { currentStep, nextStep, restOf, type Step } from '../../../src/domain/session/guide.ts'
import { guideDocument } from '../../../src/domain/session/guide-document.ts'
import { after, five, guided, later, planned, press, pullUp, stepLogged } from '../../support/guided.ts'
import { discarded, now, restored, sessionId, squat } from '../../support/sessions.ts'

const test = suite('guideDocument')

const previous = {
  id: 'old',
  kind: 'working',
  reps: 4,
  sessionId: 'before',
  localDate: '2025-02-22',
} as const
const backgroundOf = ({ exerciseId }: Step) => ({
  instructions: [`Do the ${exerciseId}.`],
  previous: exerciseId === squat.exerciseId ? previous : null,
})
const shown = (...events: SessionEvent[]) => guideDocument(after(...events), events.length, now, backgroundOf)
const fiveShown = { kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' } as const
const first = stepLogged('1', { kind: 'warmup', restEndsAt: later(120) })
const finished: SessionEvent = { type: 'SessionFinished', data: { finishedAt: now } }
const swapped: SessionEvent = {
  type: 'StepsSwapped',
  data: {
    ...press,
    swappedExerciseId: squat.exerciseId,
    workingSets: 1,
    steps: [{ swapped: '3', stepId: '3.1', target: { kind: 'working', reps: 5 } }],
  },
}
const skipped: SessionEvent = {
  type: 'StepsSkipped',
  data: { stepIds: ['2'], exerciseId: squat.exerciseId, workingSets: 1, reason: 'Knee.' },
}

test('shows the step that is to be done with all that is needed for it, and the one after it', () => {
  const exercises = [
    planned(squat, [five], { notes: 'Deep.', supersetGroup: 2, restSeconds: 90 }),
    planned(pullUp, [{ kind: 'working', reps: 8 }]),
  ]
  const noted: SessionEvent = {
    type: 'StepAdjusted',
    data: { stepId: '1', exerciseId: squat.exerciseId, note: 'Slowly.' },
  }
  const place = { setNumber: 1, setsTotal: 1 }
  const [lift, pull] = [
    { id: '1', exerciseId: squat.exerciseId, name: 'Barbell Back Squat', metric: 'weight-reps' },
    { id: '2', exerciseId: 'pull-up', name: 'Pull-up', metric: 'bodyweight-reps' },
  ]
  const open = { status: 'open', reason: null, set: null } as const
  const eightShown = { kind: 'working', reps: 8 } as const
  assert.equal(shown(guided(exercises), noted), {
    ...{ sessionId, version: 2, rest: null, finished: false },
    step: {
      ...{ ...lift, ...place, instructions: ['Do the barbell-back-squat.'], notes: 'Deep.' },
      ...{ supersetGroup: 2, target: fiveShown, previous, restSeconds: 90, note: 'Slowly.' },
    },
    next: {
      ...{ ...pull, ...place, instructions: ['Do the pull-up.'], notes: null, supersetGroup: null },
      ...{ target: eightShown, previous: null, restSeconds: null, note: null },
    },
    progress: { setsDone: 0, setsSkipped: 0, setsTotal: 2 },
    steps: [
      {
        ...{ ...lift, ...place, ...open, target: fiveShown, note: 'Slowly.' },
        planned: { exerciseId: squat.exerciseId, name: 'Barbell Back Squat', target: fiveShown },
      },
      {
        ...{ ...pull, ...place, ...open, target: eightShown, note: null },
        planned: { exerciseId: 'pull-up', name: 'Pull-up', target: eightShown },
      },
    ],
  })
})

test('shows what was planned beside what is aimed at now, was done, and why it was not', () => {
  const { steps, step, next, progress, rest } = shown(guided(), first, skipped, swapped)
  const lift = { exerciseId: squat.exerciseId, name: 'Barbell Back Squat' }
  const lifted = { ...lift, metric: 'weight-reps' }
  assert.equal(steps.slice(0, 3), [
    {
      ...{ id: '1', ...lifted, setNumber: 1, setsTotal: 3, status: 'done', note: null, reason: null },
      target: { kind: 'warmup', reps: 10 },
      planned: { ...lift, target: { kind: 'warmup', reps: 10 } },
      set: { id: 'set-1', ...fiveShown, kind: 'warmup' },
    },
    {
      ...{ id: '2', ...lifted, setNumber: 2, setsTotal: 3, status: 'skipped', note: null, reason: 'Knee.' },
      ...{ target: fiveShown, planned: { ...lift, target: fiveShown }, set: null },
    },
    {
      ...{
        id: '3.1',
        exerciseId: 'leg-press',
        name: 'Leg Press',
        metric: 'weight-reps',
        setNumber: 3,
        setsTotal: 3,
        status: 'open',
      },
      ...{ target: { kind: 'working', reps: 5 }, note: null, reason: null },
      ...{ planned: { ...lift, target: fiveShown }, set: null },
    },
  ])
  assert.equal([step?.id, next?.id], ['3.1', '4'])
  assert.equal(progress, { setsDone: 1, setsSkipped: 1, setsTotal: 5 })
  assert.equal(rest, { endsAt: later(120) })
})

test('shows the set of a step as it was corrected, and none that was deleted', () => {
  const corrected: SessionEvent = {
    type: 'SetCorrected',
    data: { setId: 'set-1', kind: 'working', reps: 6, exerciseId: squat.exerciseId, entry: 0 },
  }
  const deleted: SessionEvent = {
    type: 'SetDeleted',
    data: { setId: 'set-1', exerciseId: squat.exerciseId, entry: 0 },
  }
  assert.equal(shown(guided(), first, corrected).steps[0]?.set, { id: 'set-1', kind: 'working', reps: 6 })
  assert.equal(shown(guided(), first, corrected, deleted).steps, shown(guided()).steps)
})

test('shows a rest while it is on', () => {
  const state = after(guided(), first)
  assert.is(restOf(state, later(119)), later(120))
  assert.is(restOf(state, later(120)), undefined)
  assert.is(guideDocument(state, 2, later(120), backgroundOf).rest, null)
})

test('is finished where no step is left, and where the session is not live', () => {
  const one = [planned(squat, [five])]
  const end = { step: null, next: null, rest: null, finished: true }
  const parts = ({ step, next, rest, finished }: ReturnType<typeof shown>) => ({ step, next, rest, finished })
  assert.equal(parts(shown(guided(one), stepLogged('1'))), end)
  assert.equal(parts(shown(guided(), first, finished)), end)
  assert.equal(parts(shown(guided(), first, discarded)), end)
  assert.equal(parts(shown(guided([]))), end)
  assert.is(shown(guided(), first, finished).progress.setsDone, 1)
})

test('goes on where it was when its session is discarded and restored', () => {
  assert.equal(after(guided(), first, skipped, discarded, restored), after(guided(), first, skipped))
})

test('has no next step where the current one is the last', () => {
  const state = after(guided([planned(squat, [five])]))
  assert.is(currentStep(state)?.stepId, '1')
  assert.is(nextStep(state), undefined)
})

test.run()
