import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { schemaFault } from '../../../src/adapters/sqlite/event-schemas.ts'
import { checkDocument } from '../../../src/application/import-check.ts'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { five, plank, planned, press, pullUp } from '../../support/guided.ts'
import { type Decide, guidedHistories, told } from '../../support/random-guided.ts'
import { fiveAtHundred, opening, sessionId, squat } from '../../support/sessions.ts'

const test = suite('the events of guided sessions')
const planId = '0198c0de-0000-7000-8000-0000000000d1'
const example = (type: string) =>
  JSON.parse(readFileSync(new URL(`../../golden/${type}.1.json`, import.meta.url), 'utf8'))

/** Ids as they are outside of tests of the domain. */
function withIds<T>(data: T): T {
  const text = JSON.stringify(data)
    .replaceAll('"planId":"plan"', `"planId":"${planId}"`)
    .replaceAll(/"id-(\d+)(?:-(\d+))?"/g, (_, one: string, other = '0') => {
      return `"0198c0de-0000-7000-8000-${one.padStart(8, '0')}${String(other).padStart(4, '0')}"`
    })
  return JSON.parse(text)
}

const eventsOf = (history: Decide[]) => withIds([...told(history)].flatMap(({ events }) => events))

function documentOf(told: readonly SessionEvent[]) {
  const about = { schemaVersion: 1, recordedAt: '2025-03-01T18:00:00.000Z' }
  const plan = { ...example('PlanCreated'), planId, number: 1 }
  const events = [
    { stream: 'user', version: 1, type: 'UserRegistered', data: example('UserRegistered'), ...about },
    { stream: 'user', version: 2, type: 'PlanNumberTaken', data: { number: 1, planId }, ...about },
    { stream: `plan-${planId}`, version: 1, type: 'PlanCreated', data: plan, ...about },
    ...told.map((event, index) => {
      return { stream: `session-${sessionId}`, version: index + 1, ...event, ...about }
    }),
  ]
  return { format: 'repledger user 1', events }
}

/** What is wrong with an account that holds these events of a session. */
function wrongWith(told: readonly SessionEvent[]) {
  const found = checkDocument(documentOf(told), {
    checkData(type, data) {
      const fault = schemaFault(type, data)
      return fault === undefined ? [] : [{ pointer: '', code: 'wrong', message: `${type}: ${fault}` }]
    },
    isInCatalogue: () => true,
    tryOut: () => undefined,
  })
  return 'errors' in found ? found.errors : []
}

test('can all be imported, whatever was told', () => {
  const histories = guidedHistories([squat, press, pullUp, plank])
  fc.assert(fc.property(histories, (history) => assert.equal(wrongWith(eventsOf(history)), [])))
})

const day = [planned(squat, [five, five])]
const begun: SessionEvent = { type: 'SessionStarted', data: { ...opening, planId, planDay: 0, planned: day } }
const setId = (number: number) => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`

test('can be imported where more sets were logged than a session holds, and some of them deleted', () => {
  const logged = (number: number): SessionEvent => {
    return { type: 'SetLogged', data: { ...fiveAtHundred, setId: setId(number), ...squat, entry: 0 } }
  }
  const full = [begun, ...Array.from({ length: 1000 }, (_, number) => logged(number))]
  const { exerciseId } = squat
  const deleted: SessionEvent = { type: 'SetDeleted', data: { setId: setId(7), exerciseId, entry: 0 } }
  assert.equal(wrongWith([...full, deleted, logged(1000)]), [])
  const [more] = wrongWith([...full, logged(1000)])
  assert.is(more?.message, 'It holds more than a session may.')
})

test('are not let in with ids of steps that no swap comes to', () => {
  const swapped = (stepId: string, before = '1'): SessionEvent => {
    const steps = [{ swapped: before, stepId, target: five }]
    return {
      type: 'StepsSwapped',
      data: { ...press, swappedExerciseId: squat.exerciseId, workingSets: 1, steps },
    }
  }
  assert.equal(wrongWith([begun, swapped('1.1'), swapped('1.2', '1.1')]), [])
  // The next swap would make an id of it that no log may hold.
  for (const stepId of ['2', `1.${'9'.repeat(30)}`, '1.1.1'])
    assert.is(wrongWith([begun, swapped(stepId)]).length, 1, stepId)
})

test.run()
