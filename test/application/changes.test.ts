import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { afterOne, createChanges, keptWhileUnchanged, type Moment } from '../../src/application/changes.ts'

const test = suite('changes')

test('a moment lasts until something of that person changes', () => {
  const { momentOf, isNow, changed } = createChanges()
  const [ann, bob] = [momentOf('ann') as Moment, momentOf('bob') as Moment]
  changed('ann')
  assert.equal([isNow('ann', ann), isNow('bob', bob)], [false, true])
  assert.equal([isNow('ann', afterOne(ann)), isNow('ann', momentOf('ann') as Moment)], [true, true])
  changed('ann')
  assert.is(isNow('ann', afterOne(ann)), false)
})

test('what concerns all changes what was read of each', () => {
  const { momentOf, isNow, changed } = createChanges()
  const [ann, bob] = [momentOf('ann') as Moment, momentOf('bob') as Moment]
  changed(undefined)
  assert.equal([isNow('ann', ann), isNow('bob', bob)], [false, false])
})

test('of whoever is forgotten no earlier moment comes back', () => {
  const { momentOf, isNow, forget, forgetAll } = createChanges()
  const [ann, bob] = [momentOf('ann') as Moment, momentOf('bob') as Moment]
  forget('ann')
  assert.equal([isNow('ann', ann), isNow('bob', bob)], [false, true])
  momentOf('ann')
  forgetAll()
  assert.equal([isNow('ann', ann), isNow('bob', bob)], [false, false])
})

test('while reads are behind there is no moment, and none is now', () => {
  let behind = false
  const { momentOf, isNow } = createChanges(() => behind)
  const ann = momentOf('ann') as Moment
  behind = true
  assert.equal([momentOf('ann'), isNow('ann', ann)], [undefined, false])
  behind = false
  assert.is(isNow('ann', ann), true)
})

test('of too many people the first are counted anew', () => {
  const { momentOf, isNow } = createChanges()
  const first = momentOf('person 0') as Moment
  for (let person = 1; person < 10_000; person++) momentOf(`person ${person}`)
  assert.is(isNow('person 0', first), true)
  momentOf('one more')
  assert.is(isNow('person 0', first), false)
})

test('a value is kept for as long as its moment lasts', () => {
  const { changed, ...changes } = createChanges()
  const kept = keptWhileUnchanged<string>(changes, 2)
  const keep = (person: string) => kept.keep(person, changes.momentOf(person), `of ${person}`)
  const found = () => ['ann', 'bob', 'cleo'].map((person) => kept.find(person))
  keep('ann')
  keep('bob')
  assert.equal(found(), ['of ann', 'of bob', undefined])
  changed('ann')
  assert.equal(found(), [undefined, 'of bob', undefined])
  keep('cleo')
  assert.equal(found(), [undefined, 'of bob', 'of cleo'])
  keep('ann')
  assert.equal(found(), ['of ann', undefined, 'of cleo'])
  kept.forget('cleo')
  assert.equal(found(), ['of ann', undefined, undefined])
})

test('what comes too late is not kept, nor is what it takes the place of', () => {
  const { changed, ...changes } = createChanges()
  const kept = keptWhileUnchanged<string>(changes, 2)
  const before = changes.momentOf('ann') as Moment
  kept.keep('ann', before, 'first')
  changed('ann')
  kept.keep('ann', before, 'second')
  assert.is(kept.find('ann'), undefined)
  kept.keep('ann', afterOne(before), 'third')
  assert.is(kept.find('ann'), 'third')
  kept.keep('ann', undefined, 'fourth')
  assert.is(kept.find('ann'), undefined)
  const never = keptWhileUnchanged<string>(undefined, 2)
  never.keep('ann', before, 'first')
  assert.is(never.find('ann'), undefined)
})

test('what weighs much leaves less room for the values of others', () => {
  const { changed: _, ...changes } = createChanges()
  const kept = keptWhileUnchanged<string>(changes, 5, ({ length }) => length)
  for (const [userId, value] of Object.entries({ ann: 'xx', bob: 'xx', eve: 'xxx' })) {
    kept.keep(userId, changes.momentOf(userId), value)
  }
  assert.equal(['ann', 'bob', 'eve'].map(kept.find), [undefined, 'xx', 'xxx'])
})

test.run()
