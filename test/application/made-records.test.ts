import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createChanges } from '../../src/application/changes.ts'
import type { RecordAnswer } from '../../src/application/record-answer.ts'
import { createRecords } from '../../src/application/records.ts'
import { ann, type Told, training } from '../support/training.ts'

const test = suite('made records')

/** A live session, in which each call logs sets; `reads` counts how often the views were asked. */
function logging() {
  const history = training()
  const { changed, ...changes } = createChanges()
  const { standingOf } = history.need.records
  let reads = 0
  const counting: typeof standingOf = (...asked) => {
    reads += 1
    return standingOf(...asked)
  }
  const { users, records } = history.need
  const made = createRecords({ reads: { ...records, standingOf: counting }, users, changes })
  const id = history.session({ live: true, startedAt: '2025-06-05T10:00:00.000Z' })
  const told = (answers: readonly RecordAnswer[]) => answers.map(({ kind, value }) => `${kind} ${value}`)
  return {
    ...{ history, made, changed, id },
    async log(...sets: Told[]) {
      const data = history.loggedOf(id, sets)
      const { records: answers, coming } = await made.made(ann, id, data, 'metric')
      for (const one of data) history.emit(id, { type: 'SetLogged', data: one })
      changed(ann)
      made.landed(coming)
      return { answers: told(answers), reads }
    },
  }
}

const squat = (weight: number, reps = 5) => ({ exercise: 'squat', weight, reps })
const curl = (weight: number, reps = 5) => ({ exercise: 'curl', weight, reps })

test('one set after the other is held against what the ones before have come to, unread', async () => {
  const { log } = logging()
  assert.equal((await log(squat(100))).reads, 1)
  assert.equal((await log(curl(10))).reads, 2)
  assert.equal(await log(squat(120)), {
    answers: [
      'best-session-volume 1100',
      'best-set-volume 600',
      'estimated-1rm 140',
      'max-weight 120',
      'weight-at-reps 120',
    ],
    reads: 2,
  })
  assert.equal(await log(squat(60)), { answers: ['best-session-volume 1400'], reads: 2 })
  assert.equal(await log(curl(10)), { answers: ['best-session-volume 100'], reads: 2 })
})

test('another change in between has all read anew', async () => {
  const { log, history, changed, id } = logging()
  await log(squat(100))
  await log(squat(120))
  history.delete(id, history.setIn(id, 1), 'squat')
  changed(ann)
  assert.equal(await log(squat(110, 4)), {
    answers: [
      'best-session-volume 940',
      'estimated-1rm 124.66666666666667',
      'max-weight 110',
      'weight-at-reps 110',
    ],
    reads: 2,
  })
})

test('of whoever is forgotten nothing is kept', async () => {
  const { log, made } = logging()
  await log(squat(100))
  made.forget(ann)
  assert.is((await log(squat(100))).reads, 2)
})

test.run()
