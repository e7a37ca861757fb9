import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { joinPage, splitPage } from '../../../src/adapters/sqlite/joined-page.ts'
import { pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { readForViews } from '../../../src/adapters/sqlite/read-log.ts'
import { within } from '../../support/rebuilding.ts'
import { storyOf300 } from '../../support/story.ts'

const test = suite('a joined page')

const story = within(storyOf300(), ({ logDb, keys }) => {
  const page = pageOfEvents(logDb, 0, 300)
  return { page, joined: joinPage(page, keys), events: page.map((stored) => readForViews(stored, keys)) }
})
const clear = story.page.find(({ subjectKey }) => subjectKey === 0)

test('gives the events as views see them', () => {
  assert.equal(splitPage(story.joined), story.events)
})

for (const body of [
  '{}, {}',
  '{}], [{}',
  '{}],[171,1,1,"user-1",1,"2025-01-01","UserErased",1,{}',
  '{',
  '',
]) {
  test(`is not made of a body that is ${body || 'empty'}`, () => {
    const joining = () =>
      within(storyOf300(), ({ keys }) =>
        joinPage([{ ...(clear as (typeof story.page)[0]), body: Buffer.from(body) }], keys),
      )
    assert.throws(joining, (error: Error) => error instanceof SyntaxError)
  })
}

test.run()
