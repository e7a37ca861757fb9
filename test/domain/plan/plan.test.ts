import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentOf, planDocument } from '../../../src/domain/plan/document.ts'
import type { Outline, PlanEvent } from '../../../src/domain/plan/events.ts'
import * as plan from '../../../src/domain/plan/plan.ts'
import { given } from '../../support/given-when-then.ts'
import { archived, context, created, details, later, now, planId, told } from '../../support/plans.ts'
import { run } from '../../support/sessions.ts'

const test = suite('plan')
const { archivePlan, changeOutline, changePlan, createPlan, replacePlan } = plan

const create = (fields = told, more: Partial<plan.CreatePlan> = {}) => ({
  ...context,
  planId,
  number: 1,
  now,
  plan: fields,
  told: fields,
  ...more,
})
const nobody = new Map()
const changeTo = (change: plan.PlanChangeFields) => ({ ...context, now: later, change })
const changed = (data: object): PlanEvent => ({ type: 'PlanChanged', data: { ...data, changedAt: later } })
const texts: Outline = { hands: 'Curl, 3, 10', abdominal: '', back: 'Row, 3, 8', legs: 'Squat, 5, 5' }

test('a plan is kept with its units, its integers and the names of the day', () => {
  given(plan, [])
    .when((state) => createPlan(state, create()))
    .then([created()])
})

test('texts are trimmed, and a plan may be a name alone', () => {
  given(plan, [])
    .when((state) => createPlan(state, create({ name: ' Rest ' })))
    .then([
      {
        type: 'PlanCreated',
        data: { name: 'Rest', exerciseTypes: [], days: [], planId, number: 1, createdAt: now },
      },
    ])
})

test('what a plan was made from is kept with it', () => {
  const origin = { by: 'draw', seed: 7, trainingMode: 'strength' } as const
  given(plan, [])
    .when((state) => createPlan(state, create({ name: 'Drawn', outline: texts }, { origin })))
    .then([
      {
        type: 'PlanCreated',
        data: {
          ...{ name: 'Drawn', outline: texts, exerciseTypes: [], days: [] },
          ...{ planId, number: 1, createdAt: now, origin },
        },
      },
    ])
})

test('told again as it was it does nothing, whatever became of it since', () => {
  for (const past of [[created()], [created(), changed({ name: 'Other' })], [created(), archived]]) {
    given(plan, past)
      .when((state) => createPlan(state, create({ ...told, name: 'Squat and run ', sessionMinutes: null })))
      .then([])
  }
})

test('something else under its id is refused', () => {
  const others = [
    { name: 'Other' },
    { days: [] },
    { sessionMinutes: 30 },
    { exerciseTypes: ['strength'] },
    { outline: texts },
  ] as const
  for (const other of others) {
    given(plan, [created()])
      .when((state) => createPlan(state, create({ ...told, ...other })))
      .thenRefused('id-taken')
  }
})

test('a change keeps what differs, and null clears', () => {
  given(plan, [created()])
    .when((state) => changePlan(state, changeTo({ name: 'Squat and run', goal: null, sessionMinutes: 45 })))
    .then([changed({ goal: null, sessionMinutes: 45 })])
})

test('a change that says nothing new does nothing', () => {
  given(plan, [created()])
    .when((state) => changePlan(state, changeTo({ ...told, sessionMinutes: null })))
    .then([])
})

test('an exercise that stands in the plan may have been archived since', () => {
  const days = (told.days ?? []).slice(1)
  given(plan, [created()])
    .when((state) => changePlan(state, { ...changeTo({ days }), exercises: nobody }))
    .then([changed({ days: details.days.slice(1) })])
})

test('a name cannot be cleared', () => {
  given(plan, [created()])
    .when((state) => changePlan(state, changeTo({ name: null as never })))
    .thenRefused('invalid-fields', {
      errors: [{ pointer: '/name', code: 'required', message: 'A plan needs a name.' }],
    })
})

test('replaced as a whole, what is not told is cleared', () => {
  given(plan, [created({ outline: texts })])
    .when((state) => replacePlan(state, { ...context, now: later, plan: { name: 'Bare' } }))
    .then([changed({ name: 'Bare', goal: null, frequencyPerWeek: null, days: [] })])
  given(plan, [created()])
    .when((state) => replacePlan(state, { ...context, now: later, plan: told }))
    .then([])
})

test('texts of an outline are changed one by one', () => {
  given(plan, [created()])
    .when((state) => changeOutline(state, { now: later, standing: texts, change: { hands: ' Dips ' } }))
    .then([changed({ outline: { ...texts, hands: 'Dips' } })])
  given(plan, [created({ outline: texts })])
    .when((state) => changeOutline(state, { now: later, standing: texts, change: { legs: texts.legs } }))
    .then([])
  given(plan, [created()])
    .when((state) => changeOutline(state, { now: later, standing: texts, change: { back: 'x'.repeat(501) } }))
    .thenRefused('invalid-fields', {
      errors: [{ pointer: '/back', code: 'too-long', message: 'back takes up to 500 characters.' }],
    })
})

test('an archived plan stays and cannot be changed', () => {
  given(plan, [created()])
    .when((state) => archivePlan(state, later))
    .then([archived])
  given(plan, [created(), archived])
    .when((state) => archivePlan(state, later))
    .then([])
  for (const decide of decisions) given(plan, [created(), archived]).when(decide).thenRefused('archived')
})

test('what is not there is not found', () => {
  const archive = (state: plan.PlanState) => archivePlan(state, later)
  for (const decide of [...decisions, archive]) given(plan, []).when(decide).thenRefused('not-found')
})

const decisions = [
  (state: plan.PlanState) => changePlan(state, changeTo({ name: 'Other' })),
  (state: plan.PlanState) => changeOutline(state, { now: later, standing: texts, change: {} }),
]

test('a plan is shown as it was entered, what was not told as null', () => {
  const state = [created({ outline: texts }), archived].reduce(plan.evolve, plan.initial) as plan.KnownPlan
  assert.equal(planDocument(contentOf(state, 2)), {
    id: planId,
    number: 1,
    name: 'Squat and run',
    goal: 'Ten kilometres',
    frequencyPerWeek: 2,
    sessionMinutes: null,
    exerciseTypes: [],
    days: [
      {
        name: 'Legs',
        weekday: 'monday',
        exercises: [
          {
            ...{ exerciseId: 'barbell-back-squat', name: 'Barbell Back Squat', notes: null },
            ...{ restSeconds: 180, supersetGroup: null },
            sets: [
              { kind: 'warmup', reps: 8 },
              { kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' },
              { kind: 'working', repsMin: 4, repsMax: 6 },
            ],
          },
        ],
      },
      {
        name: 'Road',
        weekday: null,
        exercises: [
          {
            ...{ exerciseId: run.exerciseId, name: 'Running', notes: null },
            ...{ restSeconds: null, supersetGroup: null },
            sets: [{ kind: 'working', distance: 5, distanceUnit: 'km' }],
          },
        ],
      },
    ],
    outline: texts,
    origin: null,
    archived: true,
    createdAt: now,
    updatedAt: later,
    version: 2,
  })
})

test.run()
