import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { joinVolume, MICROGRAMS_PER_KILOGRAM } from '../../../src/domain/statistics/volume.ts'

test('a volume in two columns is one number, however great', () => {
  assert.is(joinVolume({ volumeKilograms: 0, volumeMicrograms: 0 }), 0n)
  assert.is(
    joinVolume({ volumeKilograms: 2, volumeMicrograms: 3 * MICROGRAMS_PER_KILOGRAM + 7 }),
    5_000_000_007n,
  )
  const great = { volumeKilograms: 12_345_678_901, volumeMicrograms: 1 }
  assert.is(joinVolume(great), 12_345_678_901_000_000_001n)
})

test.run()
