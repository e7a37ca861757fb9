import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import {
  currentStep,
  type Guide,
  nextStep,
  plannedFor,
  type Step,
} from '../../../src/domain/session/guide.ts'
import { progressOf } from '../../../src/domain/session/guide-document.ts'
import type { KnownSession } from '../../../src/domain/session/session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { plank, press, pullUp } from '../../support/guided.ts'
import { type Decide, guidedHistories, told } from '../../support/random-guided.ts'
import { squat } from '../../support/sessions.ts'

const law = suite('whatever is told of a guided session')
const histories = guidedHistories([squat, press, pullUp, plank])
const holds = (property: (history: Decide[]) => void, numRuns = 80) =>
  fc.assert(fc.property(histories, property), { numRuns })
const guideIn = (state: session.SessionState) => (state as KnownSession).guide
const stepsIn = (state: session.SessionState): readonly Step[] => guideIn(state)?.steps ?? []

law('what is done, skipped and open is all, and what is done has its set', () => {
  holds((history) => {
    for (const { after } of told(history)) {
      const guide = guideIn(after)
      if (guide === undefined) continue
      const open = guide.steps.filter(({ status }) => status === 'open').length
      const { setsDone, setsSkipped, setsTotal } = progressOf(guide)
      assert.is(setsDone + setsSkipped + open, setsTotal)
      assert.is(
        setsTotal,
        guide.planned.reduce((sum, { sets }) => sum + sets.length, 0),
      )
      for (const step of guide.steps) {
        assert.is(step.setId !== undefined, step.status === 'done')
        if (step.setId !== undefined)
          assert.equal(whereIs(after as KnownSession, step.setId), whereGoes(guide, step))
      }
    }
  })
})

/** The entry that a set stands in now, its exercise, and the step that it was logged for. */
function whereIs({ entries }: KnownSession, setId: string) {
  const entry = entries.findIndex(({ sets }) => sets.some((set) => set.facts?.setId === setId))
  const found = entries[entry]
  const { stepId } = found?.sets.find((set) => set.facts?.setId === setId) ?? {}
  return { entry, exerciseId: found?.exerciseId, metric: found?.metric, stepId }
}

function whereGoes({ entries }: Guide, { exercise, exerciseId, metric, stepId }: Step) {
  return { entry: entries[`${exercise}:${exerciseId}`], exerciseId, metric, stepId }
}

law('the current step is the first that is open, while the session is live', () => {
  holds((history) => {
    for (const { after } of told(history)) {
      const open = after.status === 'active' ? stepsIn(after).filter(({ status }) => status === 'open') : []
      if (after.status === 'none') continue
      assert.is(currentStep(after), open[0])
      assert.is(nextStep(after), open[1])
    }
  })
})

law('the events alone, as they are stored, give the same guide', () => {
  holds((history) => {
    const all = [...told(history)]
    const stored = JSON.stringify(all.flatMap(({ events }) => events))
    const folded = (JSON.parse(stored) as SessionEvent[]).reduce(session.evolve, session.initial)
    assert.equal(folded, all.at(-1)?.after)
  })
})

law('an id is that of one set of one exercise of one day for ever', () => {
  holds((history) => {
    const meant = new Map<string, string>()
    let day = 0
    for (const { before, events, after } of told(history)) {
      if (events.some(({ type, data }) => type === 'SessionChanged' && 'planned' in data)) day += 1
      for (const { stepId, exercise, set, exerciseId } of stepsIn(after)) {
        const meaning = [day, exercise, set, exerciseId].join()
        assert.is(meant.get(stepId) ?? meaning, meaning)
        meant.set(stepId, meaning)
      }
      assert.is(new Set(stepsIn(after).map(({ stepId }) => stepId)).size, stepsIn(after).length)
      assert.ok(
        (guideIn(after)?.issued ?? 0) >= (guideIn(before)?.issued ?? 0) || guideIn(after) === undefined,
      )
    }
  })
})

law('no two exercises of a day share an entry', () => {
  holds((history) => {
    for (const { after } of told(history)) {
      const entries = Object.values(guideIn(after)?.entries ?? {})
      assert.is(new Set(entries).size, entries.length)
    }
  })
})

law('the sets that are planned of each exercise, moved as each swap says, are those of the steps', () => {
  holds((history) => {
    let sets = new Map<string, number>()
    const move = (exerciseId: string, count: number) =>
      sets.set(exerciseId, (sets.get(exerciseId) ?? 0) + count)
    for (const { events, after } of told(history)) {
      for (const event of events) {
        const { planned } = event.data as { planned?: Guide['planned'] | null }
        if (planned !== undefined) sets = new Map()
        for (const { exerciseId, sets: all } of planned ?? []) {
          move(exerciseId, all.filter(({ kind }) => kind !== 'warmup').length)
        }
        if (event.type !== 'StepsSwapped') continue
        move(event.data.swappedExerciseId, -event.data.workingSets)
        move(event.data.exerciseId, event.data.workingSets)
      }
      const guide = guideIn(after)
      const working = stepsIn(after).filter(
        (step) => plannedFor(guide as Guide, step).sets[step.set]?.kind !== 'warmup',
      )
      for (const [exerciseId, count] of sets) {
        assert.is(working.filter((step) => step.exerciseId === exerciseId).length, count)
      }
    }
  })
})

/** Which steps an event may touch, by their places; all others stay as they are. */
function touched({ type, data }: SessionEvent, steps: readonly Step[]): (step: Step) => boolean {
  switch (type) {
    case 'SetLogged':
      return ({ stepId }) => stepId === data.stepId
    case 'SetDeleted':
      return ({ setId }) => setId === data.setId
    case 'StepsSkipped':
      return ({ stepId }) => data.stepIds.includes(stepId)
    case 'StepsSwapped':
      return ({ stepId }) => data.steps.some(({ swapped }) => swapped === stepId)
    case 'StepAdjusted':
      return ({ stepId }) => stepId === data.stepId
    case 'SessionChanged':
      return () => data.planned !== undefined
    default:
      return (step) => !steps.includes(step)
  }
}

const statusAfter: Partial<Record<SessionEvent['type'], Step['status']>> = {
  SetLogged: 'done',
  SetDeleted: 'open',
  StepsSkipped: 'skipped',
  StepsSwapped: 'open',
  StepAdjusted: 'open',
}

law('each event moves the steps that it is about, and no other', () => {
  holds((history) => {
    for (const { before, events } of told(history)) {
      let state = before
      for (const event of events) {
        const next = session.evolve(state, event)
        const concerns = touched(event, stepsIn(state))
        const restart =
          event.type === 'SessionStarted' || (event.type === 'SessionChanged' && 'planned' in event.data)
        for (const [index, step] of restart ? [] : stepsIn(state).entries()) {
          const now = stepsIn(next)[index] as Step
          assert.is(now.status, concerns(step) ? statusAfter[event.type] : step.status)
          if (!concerns(step)) assert.equal(now, step)
          assert.equal([now.exercise, now.set, now.restSeconds], [step.exercise, step.set, step.restSeconds])
        }
        state = next
      }
    }
  })
})

law('a rest is moved by a set of a step and by RestSet, and ended by the last skip', () => {
  holds((history) => {
    for (const { before, events, after } of told(history)) {
      const kinds = new Set(events.map(({ type }) => type))
      const step = events.some(({ type, data }) => type === 'SetLogged' && data.stepId !== undefined)
      const mayMove =
        step || kinds.has('RestSet') || kinds.has('SessionChanged') || kinds.has('SessionStarted')
      const [was, is] = [guideIn(before)?.restEndsAt, guideIn(after)?.restEndsAt]
      if (kinds.has('StepsSkipped'))
        assert.ok(is === was || (is === undefined && currentStep(after as KnownSession) === undefined))
      else if (!mayMove) assert.is(is, was)
    }
  })
})

law('what is refused by the guide is refused for what it is', () => {
  holds((history) => {
    for (const { before, decided } of told(history)) {
      if (!('refusal' in decided)) continue
      const { refusal } = decided
      if (refusal === 'no-guide') assert.is(guideIn(before), undefined)
      if (refusal === 'session-discarded') assert.is(before.status, 'discarded')
      if (refusal === 'step-not-current') assert.ok(guideIn(before))
    }
  })
})

law.run()
