import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { trailingMeans } from '../../../src/domain/statistics/moving-average.ts'

const means = suite('trailingMeans')

means('are those of the seven days that end with each day', () => {
  const days = [80, 81, 82, 83, 84, 85, 86, 94].map((value, index) => ({
    date: `2025-06-0${index + 1}`,
    value,
  }))
  const values = trailingMeans(days).map(({ value }) => value)
  assert.equal(values, [80, 80.5, 81, 81.5, 82, 82.5, 83, 85])
})

means('leave out days without a value', () => {
  const days = [
    { date: '2024-12-28', value: 90 },
    { date: '2025-01-03', value: 80 },
    { date: '2025-01-04', value: 82 },
    { date: '2025-03-01', value: 70 },
  ]
  assert.equal(trailingMeans(days), [
    { date: '2024-12-28', value: 90 },
    { date: '2025-01-03', value: 85 },
    { date: '2025-01-04', value: 81 },
    { date: '2025-03-01', value: 70 },
  ])
})

means('of nothing are none', () => assert.equal(trailingMeans([]), []))

means.run()
