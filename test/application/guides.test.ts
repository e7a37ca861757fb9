import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  asked,
  guidedSessions,
  planId,
  plank,
  press,
  refused,
  squat,
  standing,
} from '../support/guide-scenarios.ts'
import { ada, bob, metadata, must } from '../support/memory-sessions.ts'

const test = suite('guides')

const warmup = { stepId: '1', reps: 8, weight: 60 }
const fiveAt = (weight: number, stepId: string) => ({ stepId, reps: 5, weight })
const at = (seconds: number) =>
  new Date(Date.parse('2025-03-01T18:00:00.000Z') + seconds * 1000).toISOString()

test('a session by a day of a plan shows the step to be done, the next and all that there are', async () => {
  const { start, guide } = await guidedSessions()
  const id = await start()
  const { step, next, steps, ...about } = await guide(id)
  assert.equal(about, {
    ...{ sessionId: id, version: 1, rest: null, finished: false },
    progress: { setsDone: 0, setsSkipped: 0, setsTotal: 5 },
  })
  const { instructions, ...shown } = step as NonNullable<typeof step>
  assert.match(instructions[0] as string, 'Set the bar across your upper back')
  assert.equal(shown, {
    ...{ id: '1', exerciseId: squat, name: 'Barbell Back Squat', metric: 'weight-reps' },
    ...{ notes: 'Knees out.', supersetGroup: null },
    ...{ setNumber: 1, setsTotal: 3, target: { kind: 'warmup', reps: 8, weight: 60, weightUnit: 'kg' } },
    ...{ previous: null, restSeconds: 120, note: null },
  })
  assert.equal([next?.id, next?.setNumber], ['2', 2])
  assert.equal(
    steps.map(({ exerciseId, setNumber }) => `${exerciseId} ${setNumber}`),
    [`${squat} 1`, `${squat} 2`, `${squat} 3`, `${plank} 1`, `${plank} 2`],
  )
})

test('a set of the step moves on and begins the rest, one without a step moves nothing', async () => {
  const { start, step, guide, pass } = await guidedSessions()
  const id = await start()
  const { sets } = await step(id, warmup)
  assert.equal([sets[0]?.exerciseId, sets[0]?.stepId, sets[0]?.kind], [squat, '1', 'warmup'])
  assert.equal(standing(await guide(id)), ['xoooo', '2', at(120)])
  pass(60)
  await step(id, { exerciseId: press, reps: 5, weight: 80 })
  assert.equal(standing(await guide(id)), ['xoooo', '2', at(120)])
  pass(60)
  assert.equal(standing(await guide(id)), ['xoooo', '2', null])
})

test('a device that was offline tells several steps in order, all or none', async () => {
  const { start, step, guide, sessions } = await guidedSessions()
  const id = await start()
  const wrong = [warmup, fiveAt(100, '3')].map((set) => ({ ...set, at: '' }))
  assert.equal(refused(await sessions.logSets(asked, id, wrong)), ['step-not-current', '1'])
  const unfit = [warmup, { ...fiveAt(100, '2'), durationSeconds: 5 }].map((set) => ({ ...set, at: '' }))
  assert.equal(refused(await sessions.logSets(asked, id, unfit)), [
    'invalid-fields',
    '/durationSeconds not-applicable',
  ])
  const rest = { stepId: '4', durationSeconds: 70 }
  const { sets } = await step(id, warmup, fiveAt(100, '2'), fiveAt(105, '3'), rest)
  assert.equal(
    sets.map(({ stepId }) => stepId),
    ['1', '2', '3', '4'],
  )
  assert.equal(standing(await guide(id)), ['xxxxo', '5', null])
  await step(id, { ...rest, stepId: '5' })
  assert.equal(standing(await guide(id)), ['xxxxx', true, null])
})

test('a set told again is answered as before, whatever step is current by now', async () => {
  const { start, step, sessions, recorded } = await guidedSessions()
  const id = await start()
  const named = { ...warmup, id: '00000000-0000-4000-8000-0000000000B1' }
  const first = await step(id, named)
  assert.equal(await step(id, named), first)
  assert.is(recorded().filter(({ type }) => type === 'SetLogged').length, 1)
  const another = { ...named, id: '00000000-0000-4000-8000-0000000000b2', at: '' }
  assert.equal(refused(await sessions.logSets(asked, id, [another])), ['step-not-current', '2'])
})

test('a set of a step makes its records and is corrected and deleted like all others', async () => {
  const { start, step, guide, sessions } = await guidedSessions()
  const id = await start()
  const { sets, records } = await step(id, warmup, fiveAt(100, '2'))
  assert.equal(
    records.flatMap(({ kind, value }) => (kind === 'max-weight' ? [value] : [])),
    [100],
  )
  const setId = sets[1]?.id as string
  const { set } = must(await sessions.correctSet(asked, id, setId, { weight: 110 }))
  assert.equal([set.stepId, set.weight], ['2', 110])
  assert.is((await guide(id)).steps[1]?.set?.weight, 110)
  must(await sessions.deleteSet(asked, id, setId))
  assert.equal(standing(await guide(id)).slice(0, 2), ['xoooo', '2'])
})

test('a step is skipped, or all that is left of its exercise', async () => {
  const { start, sessions, guide } = await guidedSessions()
  const id = await start()
  const skipped = must(await sessions.skipSteps(asked, id, { stepId: '1', reason: 'Late.' }, 'en'))
  assert.equal([skipped.version, skipped.guide.steps[0]?.reason], [2, 'Late.'])
  assert.equal(standing(skipped.guide), ['-oooo', '2', null])
  must(await sessions.skipSteps(asked, id, { stepId: '2', whole: true }, 'en'))
  assert.equal(standing(await guide(id)), ['---oo', '4', null])
})

test('a swap goes on with another exercise that can be logged, and keeps what was planned', async () => {
  const { start, sessions, exercises, step } = await guidedSessions()
  const id = await start()
  await step(id, warmup)
  const swap = (exerciseId: string) => sessions.swapSteps(asked, id, { stepId: '2', exerciseId }, 'en')
  const unknown = ['invalid-fields', '/exerciseId unknown-exercise']
  assert.equal(refused(await swap('nothing')), unknown)
  const own = must(await exercises.create(asked, { name: 'Sled', metric: 'weight-reps' })).exercise.exerciseId
  must(await exercises.archive(asked, own))
  assert.equal(refused(await swap(own)), unknown)
  const { guide } = must(await swap('LEG-PRESS'))
  assert.equal(
    [guide.step?.id, guide.step?.name, guide.step?.target],
    ['2.1', 'Leg Press', { kind: 'working', reps: 5 }],
  )
  assert.is(guide.steps[1]?.planned.exerciseId, squat)
  const { sets } = await step(id, fiveAt(140, '2.1'))
  assert.is(sets[0]?.exerciseId, press)
})

test('an adjustment has a note, and a target that fits', async () => {
  const { start, sessions } = await guidedSessions()
  const id = await start()
  const unfit = { stepId: '1', note: 'Knee.', target: { durationSeconds: 5 } }
  assert.equal(refused(await sessions.adjustStep(asked, id, unfit, 'en')), [
    'invalid-fields',
    '/target/durationSeconds not-applicable',
    '/target/reps required',
  ])
  const target = { reps: 8, weight: 40 }
  const { guide } = must(await sessions.adjustStep(asked, id, { stepId: '1', note: 'Knee.', target }, 'en'))
  const adjusted = { kind: 'working', ...target, weightUnit: 'kg' }
  assert.equal([guide.step?.note, guide.step?.target], ['Knee.', adjusted])
  assert.is(guide.steps[0]?.planned.target.weight, 60)
})

test('the rest is set to so many seconds from now, and ended', async () => {
  const { start, sessions, step, guide, pass } = await guidedSessions()
  const id = await start()
  await step(id, warmup)
  pass(100)
  const { guide: longer } = must(await sessions.setRest(asked, id, { seconds: 90 }, 'en'))
  assert.equal(longer.rest, { endsAt: at(190) })
  must(await sessions.setRest(asked, id, { seconds: 0 }, 'en'))
  assert.is((await guide(id)).rest, null)
})

test('a repetition under the same key is answered as at first, though much has happened since', async () => {
  const { start, sessions, step, pass, before, recorded } = await guidedSessions()
  const last = await before('2025-02-22', [{ reps: 5, weight: 90 }])
  const id = await start()
  await step(id, warmup)
  const again = { ...asked, idempotency: { key: 'once', request: 'r' } }
  const once = () => sessions.setRest(again, id, { seconds: 30 }, 'en')
  const first = must(await once())
  assert.equal([first.guide.rest, first.guide.step?.previous?.weight], [{ endsAt: at(30) }, 90])
  pass(100)
  await step(id, fiveAt(100, '2'))
  must(await sessions.discard(asked, last.id))
  const count = recorded().length
  assert.equal(must(await once()), { ...first, replayed: true })
  assert.is(recorded().length, count)
})

test('a session without a guide, and somebody else’s, have none', async () => {
  const { sessions, start } = await guidedSessions()
  const id = await start()
  const theirs = { userId: bob, metadata }
  const steps = [
    sessions.guide(bob, id, 'en'),
    sessions.skipSteps(theirs, id, { stepId: '1' }, 'en'),
    sessions.swapSteps(theirs, id, { stepId: '1', exerciseId: press }, 'en'),
    sessions.adjustStep(theirs, id, { stepId: '1', note: 'n' }, 'en'),
    sessions.setRest(theirs, id, { seconds: 5 }, 'en'),
    sessions.logSets(theirs, id, [{ ...warmup, at: '' }]),
  ]
  for (const answer of await Promise.all(steps)) assert.equal(refused(answer), ['not-found'])
  must(await sessions.finish(asked, id, {}))
  const { id: plain } = must(await sessions.log(asked, { planId })).document
  assert.equal(refused(await sessions.guide(ada, plain, 'en')), ['no-guide'])
  assert.equal(refused(await sessions.logSets(asked, plain, [{ ...warmup, at: '' }])), ['no-guide'])
  assert.equal(refused(await sessions.setRest(asked, plain, { seconds: 5 }, 'en')), ['no-guide'])
})

test('a session that is over keeps its guide, and no step of it is current', async () => {
  const { start, sessions, step, guide } = await guidedSessions()
  const id = await start()
  await step(id, warmup)
  must(await sessions.finish(asked, id, {}))
  assert.equal(standing(await guide(id)), ['xoooo', true, null])
  const late = await sessions.logSets(asked, id, [{ ...fiveAt(100, '2'), at: '' }])
  assert.equal(refused(late), ['step-not-current', null])
  must(await sessions.discard(asked, id))
  assert.equal(standing(await guide(id)), ['xoooo', true, null])
  assert.equal(refused(await sessions.skipSteps(asked, id, { stepId: '2' }, 'en')), ['session-discarded'])
})

test('another day of the plan leads anew, under new step ids', async () => {
  const { start, sessions, guide, plans } = await guidedSessions()
  const id = await start()
  must(await sessions.change(asked, id, { planDay: 1 }))
  assert.equal(standing(await guide(id)), ['o', '6', null])
  must(await plans.change(asked, planId, { days: [] }))
  assert.equal(standing(await guide(id)), ['o', '6', null])
})

test.run()
