import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { measurementKinds } from '../../../src/domain/measurement/events.ts'
import { convertedTo, dimensionOf, unitOf, unitsFitting } from '../../../src/domain/measurement/kinds.ts'

const kinds = suite('kinds of measurements')

const others = ['weight', 'body-fat', 'resting-heart-rate', 'sleep-hours']

kinds('have units of both systems where these differ', () => {
  assert.equal(unitsFitting('weight'), ['kg', 'lb'])
  assert.equal(unitsFitting('body-fat'), ['%'])
  assert.equal(unitsFitting('resting-heart-rate'), ['bpm'])
  assert.equal(unitsFitting('sleep-hours'), ['h'])
  for (const kind of measurementKinds.filter((name) => !others.includes(name))) {
    assert.equal([unitsFitting(kind), dimensionOf(kind)], [['cm', 'in'], 'length'])
  }
  assert.equal([unitsFitting('custom:mood'), unitOf('custom:mood', 'metric')], [undefined, ''])
})

kinds('are turned from whole numbers into their units', () => {
  assert.is(convertedTo('weight', 'lb')(45_359_237_000), 100)
  assert.is(convertedTo('waist', 'in')(914_400), 36)
  assert.is(convertedTo('body-fat', '%')(18.5), 18.5)
  assert.is(convertedTo('custom:arm span', 'cm')(180), 180)
})

kinds.run()
