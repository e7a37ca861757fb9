import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asked, guidedSessions, refused } from '../support/guide-scenarios.ts'
import { ada, must } from '../support/memory-sessions.ts'

const test = suite('what steps show besides')

test('last time’s set is shown as it stands: corrected, deleted, discarded and restored', async () => {
  const { start, sessions, guide, before } = await guidedSessions()
  const older = await before('2025-02-15', [{ reps: 5, weight: 80 }])
  const sets = [
    { kind: 'warmup', reps: 8, weight: 50 },
    { reps: 5, weight: 90 },
  ]
  const last = await before('2025-02-22', sets)
  const id = await start()
  const previous = async () => {
    const { step, next } = await guide(id)
    return [step?.previous?.weight, next?.previous?.weight, next?.previous?.sessionId]
  }
  assert.equal(await previous(), [50, 90, last.id])
  const setId = last.exercises[0]?.sets[1]?.id as string
  must(await sessions.correctSet(asked, last.id, setId, { weight: 92.5 }))
  assert.equal(await previous(), [50, 92.5, last.id])
  must(await sessions.discard(asked, last.id))
  assert.equal(await previous(), [undefined, 80, older.id])
  must(await sessions.restore(asked, last.id))
  must(await sessions.deleteSet(asked, last.id, setId))
  assert.equal(await previous(), [50, undefined, undefined])
  must(await sessions.discard(asked, last.id))
  must(await sessions.discard(asked, older.id))
  assert.equal(await previous(), [undefined, undefined, undefined])
})

test('the catalogue’s instructions are in the language asked for, one’s own as they were told', async () => {
  const { start, sessions, exercises } = await guidedSessions()
  const id = await start()
  const instructions = ['Push.']
  const told = { name: 'Sled', metric: 'weight-reps', instructions } as const
  const own = must(await exercises.create(asked, told as never)).exercise.exerciseId
  const { step } = must(await sessions.guide(ada, id, 'ru'))
  assert.match(step?.instructions[0] as string, 'Положите гриф на верх спины')
  const swapped = must(await sessions.swapSteps(asked, id, { stepId: '1', exerciseId: own }, 'ru'))
  assert.equal(swapped.guide.step?.instructions, instructions)
  const late = await sessions.skipSteps(asked, id, { stepId: '1' }, 'ru')
  assert.equal(refused(late), ['step-not-current', '1.1'])
})

test.run()
