import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  createUserEvents,
  isPerson,
  ownedKinds,
  personNamed,
  positionAt,
  streamsOfUser,
} from '../../../src/adapters/sqlite/user-streams.ts'
import { plansOf } from '../../support/query-plans.ts'
import { belongings, livedBy, openToldLog } from '../../support/told-log.ts'
import { training } from '../../support/training.ts'

const streams = suite('the streams of one person')

const told = await openToldLog()
const history = training()
history.session({ sets: [{ exercise: 'squat', reps: 5, weight: 100 }] })
history.measure(80)
const [ada, ben] = [await told.person(), await told.person()]
const facts = (userId: string) => livedBy(userId, [...belongings, ...history.folded])
const half = await told.append(facts(ada).slice(0, 4))
const before = new Date(told.now()).toISOString()
await told.append(facts(ben))
await told.append(facts(ada).slice(4))

streams('are those of every kind, and nobody else’s', () => {
  const names = streamsOfUser(told.log, ada).map(({ name }) => name)
  assert.equal(
    names.toSorted(),
    [...new Set([`user-${ada}`, ...facts(ada).map(({ stream }) => stream)])].toSorted(),
  )
  for (const kind of ownedKinds)
    assert.ok(
      names.some((name) => name.startsWith(`${kind}-`)),
      kind,
    )
  assert.equal(streamsOfUser(told.log, '00000000-0000-4000-8000-000000000000'), [])
})

streams('give their events in the order of the log, page by page', () => {
  const events = createUserEvents(told.log)
  const all = events.positions(ada)
  assert.is(all.length, 1 + facts(ada).length)
  assert.equal(
    all,
    all.toSorted((one, other) => one - other),
  )
  const [first = 0, second = 0] = all
  assert.equal(events.positions(ada, { after: first, limit: 1 }), [second])
  assert.equal(events.positions(ada, { upTo: first }), [first])
  assert.equal(
    events.at([second, first]).map(({ position }) => position),
    [first, second],
  )
})

streams('leave the catalogue to everybody, and no exercise of anybody’s in it', () => {
  const events = createUserEvents(told.log)
  const published = events.at(events.catalogue())
  assert.is(published.length, 10)
  assert.ok(published.every(({ type }) => type === 'CatalogueExercisePublished'))
})

streams('are found by index alone: no event and no stream of anybody else is looked at', () => {
  const steps = [
    ...plansOf(told.log, createUserEvents).values(),
    ...plansOf(told.log, (db) => streamsOfUser(db, ada)).values(),
  ].flat()
  assert.ok(steps.length > 0)
  assert.equal(
    steps.filter((step) => /^SCAN (s|e|streams|events)\b/.test(step)),
    [],
  )
  assert.ok(steps.some((step) => /SEARCH s USING COVERING INDEX .*\(name>\? AND name<\?\)/.test(step)))
  assert.ok(steps.some((step) => /SEARCH e USING COVERING INDEX .*\(stream=\?\)/.test(step)))
})

streams('tell the last event up to a time', () => {
  assert.is(positionAt(told.log, before), half)
  assert.is(positionAt(told.log, '1970-01-01T00:00:00.000Z'), 0)
  assert.is(positionAt(told.log, '2999-01-01T00:00:00.000Z'), half + 2 * facts(ada).length - 4)
})

streams('belong to whoever is named, by id or e-mail', () => {
  assert.is(personNamed(told.log, told.keys, ada.toUpperCase()), ada)
  assert.is(personNamed(told.log, told.keys, ` ${ben.toUpperCase()}@Example.org `), ben)
  assert.is(personNamed(told.log, told.keys, 'nobody@example.org'), undefined)
  assert.is(personNamed(told.log, told.keys, 'nobody'), undefined)
})

streams('belong to nobody once the person is erased', () => {
  const erased = { subjectKey: () => undefined, isErased: () => true }
  assert.is(isPerson(told.log, told.keys, ada), true)
  assert.is(isPerson(told.log, erased, ada), false)
  assert.is(personNamed(told.log, erased, `${ada}@example.org`), undefined)
})

streams.after(told.close)

streams.run()
