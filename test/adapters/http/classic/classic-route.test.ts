import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { missing } from '../../../../src/adapters/http/classic/classic-route.ts'
import { refuse } from '../../../../src/domain/refusal.ts'

const test = suite('refusals for the older clients')

test('a workout that is archived while it is edited is not found, and no user exists already', () => {
  assert.equal(missing('WORKOUT NOT FOUND', refuse('archived', 'The plan is archived.')), {
    refusal: 'not-found',
    detail: 'There is no such plan.',
    about: { RESPONSE: 'WORKOUT NOT FOUND' },
  })
})

test('any other refusal stays as it is', () => {
  const contended = refuse('contended', 'Too busy.')
  assert.equal(missing('STATISTICS NOT FOUND', contended), contended)
})

test.run()
