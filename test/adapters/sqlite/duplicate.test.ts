import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DuplicateKey } from '../../../src/adapters/sqlite/duplicate.ts'
import { rebuildViews } from '../../../src/adapters/sqlite/rebuild.ts'
import type { View } from '../../../src/adapters/sqlite/views.ts'
import { filesOf, thrown, within } from '../../support/rebuilding.ts'
import { copyOf, profiles, published, storyOf300 } from '../../support/story.ts'
import { expectFindings } from '../../support/tampering.ts'
import { appendOf, registered, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('a unique key met twice in a rebuild')
const untouched = storyOf300()

const oneName: View = {
  ...profiles,
  tables: profiles.tables.replace('first_name TEXT NOT NULL', 'first_name TEXT NOT NULL UNIQUE'),
}

test('names both events', () => {
  const dataDir = copyOf(untouched)
  const error = thrown(() => within(dataDir, rebuildViews, { views: [oneName, published] }))
  assert.instance(error, DuplicateKey)
  const { position, stream, message } = error as DuplicateKey
  assert.equal([position, stream], [2, 'user-bob'])
  assert.is(
    message,
    'The event at position 2 claims profile.first_name, which the event at position 1 holds.',
  )
  assert.equal(filesOf(dataDir), ['views.1.db'])
})

test('names the event that took the key last, where it came and went', () => {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, { views: [published] })
  const change = (email: string) => ({ type: 'UserProfileChanged', data: { email } }) as const
  for (const userId of ['ada', 'bob'])
    writer.keep([{ kind: 'create subject', userId, passwordHash: 'x' }], start)
  const adas = [registered('ada', 'one'), change('two'), change('three'), change('two')]
  writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events: adas }])], start)
  writer.append(
    [appendOf([{ stream: 'user-bob', subject: 'bob', events: [registered('bob', 'one'), change('two')] }])],
    start,
  )
  writer.close(start)
  const error = thrown(() => within(dataDir, rebuildViews))
  assert.is(
    (error as Error).message,
    'The event at position 6 claims profile.email, which the event at position 4 holds.',
  )
})

test('tells of an index over expressions what is known', () => {
  const indexed: View = {
    ...profiles,
    tables: `${profiles.tables} CREATE UNIQUE INDEX one_initial ON profile (substr(first_name, 1, 1));`,
  }
  const error = thrown(() => within(copyOf(untouched), rebuildViews, { views: [indexed, published] }))
  assert.is(
    (error as Error).message,
    "The event at position 2 claims index 'one_initial', which an earlier event holds.",
  )
})

test('is a finding of verify', () => {
  expectFindings(untouched, [['view-differs', 2, 'user-bob']], { views: [oneName, published] })
})

test.run()
