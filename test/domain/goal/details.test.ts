import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { GoalFields } from '../../../src/domain/goal/details.ts'
import { goal, type SetGoal, setGoal } from '../../../src/domain/goal/goal.ts'
import type { FieldError } from '../../../src/domain/refusal.ts'
import { goalId, setAt, squat, squat140 } from '../../support/goals.ts'

const set = suite('what a goal may not be')

const wrong: readonly [
  sentence: string,
  fields: Partial<GoalFields>,
  pointers: string[],
  more?: Partial<SetGoal>,
][] = [
  ['an exercise that there is not', {}, ['/exerciseId unknown-exercise'], { exercise: undefined }],
  ['no exercise for a lift', { exerciseId: undefined }, ['/exerciseId required']],
  [
    'an exercise without weights for a lift',
    {},
    ['/exerciseId not-applicable'],
    { exercise: { exerciseId: 'plank', metric: 'duration' } },
  ],
  [
    'an exercise for a body weight',
    { kind: 'body-weight', measurementKind: 'waist' },
    ['/exerciseId not-applicable', '/measurementKind not-applicable'],
  ],
  [
    'no kind for a measurement',
    { kind: 'measurement', exerciseId: undefined },
    ['/measurementKind required'],
  ],
  [
    'a kind of measurement that there is not',
    { kind: 'measurement', exerciseId: undefined, measurementKind: 'ears' },
    ['/measurementKind not-allowed', '/unit not-allowed'],
  ],
  ['a unit of something else', { unit: 'km' }, ['/unit not-allowed']],
  [
    'blank texts',
    { kind: 'custom', exerciseId: undefined, title: ' ', unit: ' ' },
    ['/title required', '/unit required'],
  ],
  ['texts that are too long', { title: 'x'.repeat(201) }, ['/title too-long']],
  [
    'numbers out of range',
    { target: 2001, start: -1, direction: 'up' },
    ['/target out-of-range', '/start out-of-range'],
  ],
  ['a target of nothing', { target: 0 }, ['/target out-of-range']],
  ['half a repetition', { kind: 'reps', target: 7.5, unit: 'reps' }, ['/target out-of-range']],
  [
    'a frequency that falls',
    { kind: 'frequency', exerciseId: undefined, target: 3, unit: 'per-week', direction: 'down' },
    ['/direction not-allowed'],
  ],
  ['a day that does not exist', { dueOn: '2025-02-30' }, ['/dueOn wrong-format']],
]

for (const [sentence, fields, errors, more = {}] of wrong) {
  set(sentence, () => {
    const refused = setGoal(goal.initial, {
      goalId,
      now: setAt,
      exercise: squat,
      standing: [],
      ...more,
      fields: { ...squat140, ...fields },
    })
    const found = 'errors' in refused ? (refused.errors as FieldError[]) : []
    assert.equal(
      found.map(({ pointer, code }) => `${pointer} ${code}`),
      errors,
    )
  })
}

set.run()
