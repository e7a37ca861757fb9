import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createAnswers } from '../../src/application/answers.ts'
import { createChanges } from '../../src/application/changes.ts'
import { createStatistics } from '../../src/application/statistics.ts'
import { ann, answerOf, training } from '../support/training.ts'

const test = suite('answers')

function asking() {
  const history = training()
  const { changed, ...changes } = createChanges()
  const forgetting: ((userId: string) => void)[] = []
  const { totals, ...need } = history.need
  let looks = 0
  const dependsOn = (userId: string) => {
    looks += 1
    return totals.dependsOn(userId)
  }
  const statistics = createStatistics({
    ...{ ...need, totals: { ...totals, dependsOn }, changes },
    whenErased: (forget) => void forgetting.push(forget),
  })
  return {
    ...{ history, changed },
    forget() {
      for (const forget of forgetting) forget(ann)
    },
    async sessions() {
      const { sessions } = await answerOf(statistics.summary(ann, {}, 'en'))
      return { sessions, looks }
    },
  }
}

test('nobody looks whether anything has moved before something may have', async () => {
  const { history, changed, sessions } = asking()
  assert.equal([await sessions(), await sessions()], Array(2).fill({ sessions: 0, looks: 1 }))
  history.session()
  changed(ann)
  assert.equal([await sessions(), await sessions()], Array(2).fill({ sessions: 1, looks: 2 }))
})

test('what was known of whoever is erased is known no more', async () => {
  const { forget, sessions } = asking()
  await sessions()
  forget()
  assert.equal(await sessions(), { sessions: 0, looks: 2 })
})

test('today is that of the place, from the first moment of its day', async () => {
  const clock = { moment: '' }
  const answered = createAnswers({
    totals: { dependsOn: async () => '1.0.1' },
    users: { settingsOf: async (timeZone) => ({ units: 'metric', timeZone }) as never },
    clock: { now: () => Date.parse(clock.moment) },
  })
  const todayIn = async (timeZone: string) => {
    const given = await answered(timeZone, {}, async ({ today }) => ({ today }))
    return 'answer' in given && given.answer.today
  }
  const days: unknown[] = []
  for (const moment of ['2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00.000Z']) {
    clock.moment = moment
    days.push([await todayIn('UTC'), await todayIn('Asia/Tokyo'), await todayIn('UTC')])
  }
  assert.equal(days, [
    ['2026-03-01', '2026-03-02', '2026-03-01'],
    ['2026-03-02', '2026-03-02', '2026-03-02'],
  ])
})

test('an answer to somebody who is erased meanwhile is not kept', async () => {
  const { changed: _, forget, ...changes } = createChanges()
  const answered = createAnswers({
    totals: { dependsOn: async () => '1.0.1' },
    users: { settingsOf: async () => ({ units: 'metric', timeZone: 'UTC' }) as never },
    clock: { now: () => 0 },
    changes,
  })
  let times = 0
  const ask = async () => {
    const given = await answered(ann, {}, async () => {
      times += 1
      if (times === 1) forget(ann)
      return { times }
    })
    return 'answer' in given && given.answer.times
  }
  assert.equal([await ask(), await ask(), await ask()], [1, 2, 2])
})

test.run()
