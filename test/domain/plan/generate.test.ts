import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogue } from '../../../src/domain/exercise/catalogue.ts'
import { bodyAreas, equipment, levels } from '../../../src/domain/exercise/events.ts'
import type { PlanDetails } from '../../../src/domain/plan/events.ts'
import { planGoals, weekdays } from '../../../src/domain/plan/events.ts'
import { type GenerateInput, generatePlan } from '../../../src/domain/plan/generate.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import type { PlannedExercise } from '../../../src/domain/session/events.ts'

const test = suite('generated plan')

const entries = new Map(catalogue.map((entry) => [entry.exerciseId, entry]))
const entryOf = ({ exerciseId }: PlannedExercise) => entries.get(exerciseId) as (typeof catalogue)[number]
const areasOf = (exercises: readonly PlannedExercise[]) =>
  new Set(exercises.map((each) => entryOf(each).bodyArea))

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const inputs: fc.Arbitrary<GenerateInput> = fc.record({
  goal: fc.constantFrom(...planGoals),
  frequencyPerWeek: fc.integer({ min: 1, max: 14 }),
  sessionMinutes: fc.oneof(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 5, max: 600 })),
  equipment: optional(fc.subarray([...equipment])),
  level: optional(fc.constantFrom(...levels)),
  bodyAreas: optional(fc.subarray([...bodyAreas], { minLength: 1 })),
})
const seeds = fc.nat({ max: 2 ** 31 })

/** Holds for every plan that is made; what is refused has its own tests. */
function law(name: string, holds: (plan: PlanDetails, input: GenerateInput) => void) {
  test(name, () => {
    fc.assert(
      fc.property(inputs, seeds, (input, seed) => {
        const plan = generatePlan(input, catalogue, seed)
        if (!isRefusal(plan)) holds(plan, input)
      }),
      { numRuns: 100 },
    )
  })
}

law('has a session for each time a week, and an exercise in every session', (plan, input) => {
  assert.is(plan.days.length, input.frequencyPerWeek)
  assert.is(plan.goal, input.goal)
  for (const { exercises } of plan.days) assert.ok(exercises.length > 0)
})

law(
  'needs no equipment that is not there, and no skill above the level',
  (plan, { equipment: there, level }) => {
    for (const exercise of plan.days.flatMap(({ exercises }) => exercises)) {
      const entry = entryOf(exercise)
      assert.ok(
        entry.equipment.every((each) => each === 'none' || there === undefined || there.includes(each)),
      )
      assert.ok(levels.indexOf(entry.level ?? 'beginner') <= levels.indexOf(level ?? 'intermediate'))
      assert.is(exercise.metric, entry.metric)
    }
  },
)

law('fits into the minutes, each repetition taking three seconds and each set its rest', (plan, input) => {
  for (const { exercises } of plan.days) {
    const seconds = exercises.flatMap(({ sets, restSeconds = 0, ...exercise }) =>
      sets.map(({ reps, durationSeconds = 30 }) => {
        const sides = entryOf({ ...exercise, sets }).unilateral ? 2 : 1
        return (reps === undefined ? durationSeconds : reps * 3) * sides + restSeconds
      }),
    )
    assert.ok(seconds.reduce((sum, each) => sum + each, 0) <= input.sessionMinutes * 60)
  }
})

law('trains each area that was asked for, and no other', (plan, { bodyAreas: asked }) => {
  if (asked === undefined) return
  assert.equal([...areasOf(plan.days.flatMap(({ exercises }) => exercises))].sort(), [...asked].sort())
})

law('holds no exercise twice in a session', (plan) => {
  for (const { exercises } of plan.days) {
    assert.is(new Set(exercises.map(({ exerciseId }) => exerciseId)).size, exercises.length)
  }
})

const scheme = {
  strength: { sets: [3, 5], reps: [3, 6], rest: [90, 180] },
  hypertrophy: { sets: [3, 4], reps: [8, 12], rest: [60, 90] },
  endurance: { sets: [2, 3], reps: [15, 20], rest: [30, 45] },
  'fat-loss': { sets: [2, 4], reps: [12, 15], rest: [15, 60] },
  general: { sets: [2, 3], reps: [8, 12], rest: [60, 90] },
} as const
const within = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most

law('has sets, repetitions and rest that fit the goal', (plan, { goal }) => {
  for (const { sets, restSeconds } of plan.days.flatMap(({ exercises }) => exercises)) {
    assert.ok(within(sets.length, scheme[goal].sets))
    assert.ok(within(restSeconds as number, scheme[goal].rest))
    for (const { reps } of sets) assert.ok(reps === undefined || within(reps, scheme[goal].reps))
  }
})

law('has circuits for losing fat, and none otherwise', (plan, { goal }) => {
  for (const { exercises } of plan.days) {
    const grouped = exercises.filter(({ supersetGroup }) => supersetGroup !== undefined)
    assert.is(grouped.length, goal === 'fat-loss' && exercises.length > 1 ? exercises.length : 0)
    // Whoever goes round and round needs as many sets of each.
    assert.is(new Set(exercises.map(({ sets }) => sets.length)).size, 1)
  }
})

test('with everything at hand all areas are trained, and none two days running', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom(...planGoals),
      fc.integer({ min: 2, max: 14 }),
      (seed, goal, often) => {
        const plan = generatePlan({ goal, frequencyPerWeek: often, sessionMinutes: 60 }, catalogue, seed)
        if (isRefusal(plan)) throw new Error(JSON.stringify(plan))
        assert.equal([...areasOf(plan.days.flatMap((day) => day.exercises))].sort(), [...bodyAreas].sort())
        const daily = weekdays.map((weekday) =>
          areasOf(plan.days.filter((day) => day.weekday === weekday).flatMap((day) => day.exercises)),
        )
        for (const [day, areas] of daily.entries()) {
          assert.is(areas.intersection(daily[(day + 1) % 7] as typeof areas).size, 0)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the same seed and input give the same plan whatever the order of the catalogue, others another', () => {
  const input: GenerateInput = { goal: 'general', frequencyPerWeek: 3, sessionMinutes: 45 }
  const plan = generatePlan(input, catalogue, 42)
  assert.equal(generatePlan(input, [...catalogue].reverse(), 42), plan)
  assert.not.equal(generatePlan(input, catalogue, 43), plan)
})

test('a plan is named for its goal, its days for what they train', () => {
  const input = {
    goal: 'fat-loss',
    frequencyPerWeek: 1,
    sessionMinutes: 45,
    bodyAreas: ['hands', 'legs'],
  } as const
  const plan = generatePlan(input, catalogue, 1) as PlanDetails
  assert.equal(
    [plan.name, plan.days[0]?.name, plan.days[0]?.weekday],
    ['Fat loss, once a week', 'Legs, arms', 'monday'],
  )
})

const input: GenerateInput = { goal: 'strength', frequencyPerWeek: 2, sessionMinutes: 60 }
const refusedOf = (more: Partial<GenerateInput>, from = catalogue) => {
  const refused = generatePlan({ ...input, ...more }, from, 1)
  return isRefusal(refused)
    ? refused.errors?.map(({ pointer, code, message }) => [pointer, code, message])
    : refused
}

test('an exercise that asks for no skill is for everybody', () => {
  const [squat] = catalogue.filter(({ exerciseId }) => exerciseId === 'barbell-back-squat')
  const { level: _, ...anybody } = squat as (typeof catalogue)[number]
  assert.ok(Array.isArray(refusedOf({ level: 'beginner' }, [squat as typeof anybody])))
  assert.not.ok(Array.isArray(refusedOf({ level: 'beginner' }, [anybody])))
})

test('an area that nothing is left for is named', () => {
  const left = { equipment: ['none'], level: 'beginner', bodyAreas: ['back', 'hands'] } as const
  assert.equal(refusedOf(left), [
    ['/bodyAreas/1', 'no-exercise', 'No exercise trains arms with this equipment at this level.'],
  ])
  const message = 'No exercise is left with this equipment at this level.'
  assert.equal(refusedOf({}, []), [['/equipment', 'no-exercise', message]])
})

test('sessions too short for what is asked are told how long they need to be', () => {
  const needs = (minutes: number) => [
    [
      '/sessionMinutes',
      'too-short',
      `Sessions for strength need ${minutes} minutes to train this in a week.`,
    ],
  ]
  const asked = ['legs', 'back', 'chest'] as const
  const bound = refusedOf({ sessionMinutes: 5, bodyAreas: [...asked] })
  assert.equal(bound, needs(10))
  assert.not.ok(Array.isArray(refusedOf({ sessionMinutes: 10, bodyAreas: [...asked] })))
  const slow = catalogue.filter(({ exerciseId }) => exerciseId === 'farmers-walk')
  assert.equal(refusedOf({ sessionMinutes: 5 }, slow), needs(6))
})

test('without areas asked for, a short week trains as many as there is time for', () => {
  const plan = generatePlan({ ...input, sessionMinutes: 5 }, catalogue, 1) as PlanDetails
  assert.equal(
    plan.days.map(({ exercises }) => exercises.length),
    [1, 1],
  )
})

test('one slow area does not crowd out the quick ones', () => {
  const areas = ['abdominal', 'back', 'legs', 'full-body', 'cardio'] as const
  const week = { goal: 'endurance', frequencyPerWeek: 1, bodyAreas: [...areas] } as const
  const plan = generatePlan({ ...week, sessionMinutes: 14 }, catalogue, 1) as PlanDetails
  const trained = plan.days.flatMap(({ exercises }) =>
    exercises.map(
      (planned) => catalogue.find(({ exerciseId }) => exerciseId === planned.exerciseId)?.bodyArea,
    ),
  )
  assert.equal([...new Set(trained)].sort(), [...areas].sort())
  assert.equal(refusedOf({ ...week, sessionMinutes: 13 }), [
    ['/sessionMinutes', 'too-short', 'Sessions for endurance need 14 minutes to train this in a week.'],
  ])
})

test.run()
