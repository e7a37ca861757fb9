import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ada, bob, memorySessions, metadata, must } from '../support/memory-sessions.ts'

const roundTrips = suite('what was entered')

/** In quarters, fifths and thousandths, as people enter weights. */
const weight = fc.oneof(
  fc.constantFrom(135, 13.75, 0.1, 2.5, 100),
  fc.integer({ min: 1, max: 1_000_000 }).map((thousandths) => thousandths / 1000),
)
const unit = fc.constantFrom<('kg' | 'lb')[]>('kg', 'lb')
const person = fc.constantFrom(ada, bob)

roundTrips('comes back as it was, through any number of readings and corrections', async () => {
  const { sessions, measurements, recorded } = await memorySessions()
  await fc.assert(
    fc.asyncProperty(
      weight,
      unit,
      person,
      fc.integer({ min: 1, max: 4 }),
      async (value, unit, userId, times) => {
        const asked = { userId, metadata }
        const squat = {
          exerciseId: 'barbell-back-squat',
          sets: [{ reps: 1, weight: value, weightUnit: unit }],
        }
        const told = { bodyWeight: value, bodyWeightUnit: unit, exercises: [squat] }
        const whole = { ...told, finishedAt: '2025-03-01T18:30:00.000Z' }
        const { document } = must(await sessions.log(asked, whole))
        const { measurement } = must(await measurements.take(asked, { kind: 'weight', value, unit }))
        const before = recorded().length
        for (let time = 0; time < times; time++) {
          const session = must(await sessions.get(userId, document.id))
          const set = session.exercises[0]?.sets[0]
          assert.equal([set?.weight, set?.weightUnit], [value, unit])
          assert.equal([session.bodyWeight, session.bodyWeightUnit], [value, unit])
          const { id, ...fields } = set as NonNullable<typeof set>
          must(await sessions.correctSet(asked, document.id, id, fields))
          const { bodyWeight, bodyWeightUnit } = session
          const sent = { bodyWeight, ...(bodyWeightUnit !== null && { bodyWeightUnit }) }
          must(await sessions.change(asked, document.id, sent))

          const measured = must(await measurements.get(userId, measurement.measurementId))
          assert.equal([measured.value, measured.unit], [value, unit])
          const again = { value: measured.value, unit: measured.unit }
          must(await measurements.correct(asked, measurement.measurementId, again))
        }
        // Nothing differs, so nothing was corrected.
        assert.is(recorded().length, before)
      },
    ),
    { numRuns: 40 },
  )
})

roundTrips('in kilograms and pounds adds up exactly', async () => {
  const { sessions, db } = await memorySessions()
  const sets = [
    { reps: 1, weight: 135, weightUnit: 'lb' },
    { reps: 1, weight: 13.75, weightUnit: 'kg' },
    { reps: 10, weight: 0.1, weightUnit: 'lb' },
  ] as const
  const told = { exercises: [{ exerciseId: 'barbell-back-squat', sets }] }
  must(await sessions.log({ userId: ada, metadata }, told))
  const sum = db.prepare('SELECT volume_kilograms * 1000000000 + volume_micrograms FROM user_total').pluck()
  assert.is(sum.get(), 135 * 453_592_370 + 13_750_000_000 + 453_592_370)
})

roundTrips.run()
