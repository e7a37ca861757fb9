import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Metric } from '../../../src/domain/exercise/events.ts'
import type { FieldError } from '../../../src/domain/refusal.ts'
import { type PlannedSetFields, plannedSet } from '../../../src/domain/session/planned-set.ts'

const test = suite('planned set')

function planned(fields: PlannedSetFields, metric: Metric = 'weight-reps') {
  const errors: FieldError[] = []
  const set = plannedSet({ at: '', errors }, fields, metric, 'imperial')
  return { set, errors: errors.map(({ pointer, code }) => `${pointer} ${code}`) }
}

test('a weight may be left open, and has the person’s unit where none is told', () => {
  assert.equal(planned({ reps: 5 }), { set: { kind: 'working', reps: 5 }, errors: [] })
  assert.equal(planned({ kind: 'drop', reps: 5, weight: 135, rpe: 8.5 }), {
    set: { kind: 'drop', reps: 5, weight: 135, weightUnit: 'lb', weightMicrograms: 61_234_969_950, rpe: 8.5 },
    errors: [],
  })
})

test('repetitions are a number or a range', () => {
  assert.equal(planned({ repsMin: 8, repsMax: 8 }).errors, [])
  const wrong: [PlannedSetFields, string[]][] = [
    [{}, ['/reps required']],
    [{ reps: null }, ['/reps required']],
    [{ repsMin: 8 }, ['/repsMax required']],
    [{ repsMax: 8 }, ['/repsMin required']],
    [{ repsMin: 9, repsMax: 8 }, ['/repsMin out-of-order']],
    [{ reps: 8, repsMin: 8, repsMax: 9 }, ['/repsMin either-or', '/repsMax either-or']],
    [{ repsMin: 1.5, repsMax: 2001 }, ['/repsMin out-of-range', '/repsMax out-of-range']],
  ]
  for (const [fields, errors] of wrong) assert.equal(planned(fields).errors, errors)
})

test('what a set needs hangs on the metric, as it does where sets are logged', () => {
  const right: [Metric, PlannedSetFields][] = [
    ['bodyweight-reps', { reps: 10 }],
    ['assisted-bodyweight-reps', { repsMin: 5, repsMax: 8 }],
    ['duration', { durationSeconds: 60 }],
    ['weight-duration', { durationSeconds: 30 }],
    ['distance-duration', { durationSeconds: 1200 }],
    ['distance-duration', { distance: 5, distanceUnit: 'km' }],
    ['weight-distance', { distance: 20, weight: 40 }],
  ]
  for (const [metric, fields] of right) assert.equal(planned(fields, metric).errors, [], metric)
  const wrong: [Metric, PlannedSetFields, string[]][] = [
    [
      'duration',
      { repsMin: 1, repsMax: 2 },
      ['/durationSeconds required', '/repsMin not-applicable', '/repsMax not-applicable'],
    ],
    ['bodyweight-reps', { reps: 5, weight: 10 }, ['/weight not-applicable']],
    ['distance-duration', {}, ['/distance required']],
    ['weight-distance', { weight: 40 }, ['/distance required']],
    ['weight-reps', { reps: 5, weightUnit: 'kg' }, ['/weightUnit not-applicable']],
    ['weight-reps', { reps: 5, rpe: 8.2, weight: 2001 }, ['/weight out-of-range', '/rpe out-of-range']],
  ]
  for (const [metric, fields, errors] of wrong) assert.equal(planned(fields, metric).errors, errors)
})

test.run()
