import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  addDays,
  bucketOf,
  bucketsBetween,
  daysBetween,
  instantOf,
  isDate,
  isoWeekOf,
  isTimeZone,
  localDateOf,
  mondayOf,
} from '../../../src/domain/statistics/calendar.ts'

const zones = suite('time zones')

zones('are known by their IANA names, not by offsets', () => {
  for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])
    assert.is(isTimeZone(name), true)
  for (const name of ['', '+02:00', 'Mars/Olympus', 'Europe/', '1']) assert.is(isTimeZone(name), false)
})

zones('tell the date of an instant', () => {
  assert.is(localDateOf('2025-03-01T23:30:00.000Z', 'UTC'), '2025-03-01')
  assert.is(localDateOf('2025-03-01T23:30:00.000Z', 'Europe/Berlin'), '2025-03-02')
  assert.is(localDateOf('2025-03-02T04:59:59.999Z', 'America/New_York'), '2025-03-01')
  assert.is(localDateOf('1900-01-01T00:00:00.000Z', 'America/New_York'), '1899-12-31')
})

zones('know when clocks are put forward and back', () => {
  assert.is(localDateOf('2025-03-30T22:30:00.000Z', 'Europe/Berlin'), '2025-03-31')
  assert.is(localDateOf('2025-03-29T22:30:00.000Z', 'Europe/Berlin'), '2025-03-29')
  assert.is(localDateOf('2025-10-26T22:30:00.000Z', 'Europe/Berlin'), '2025-10-26')
  assert.is(localDateOf('2025-10-25T22:30:00.000Z', 'Europe/Berlin'), '2025-10-26')
})

zones('may be met in any number', () => {
  // Names are told apart by their case, so there are more of them than are kept.
  const letters = [...'america/new_york']
  for (let turn = 0; turn < 2300; turn++) {
    const name = letters
      .map((letter, index) => ((turn >> index) & 1 ? letter.toUpperCase() : letter))
      .join('')
    assert.is(localDateOf('2025-03-02T04:00:00.000Z', name), '2025-03-01')
  }
})

const days = suite('days')

days('are those that the calendar has', () => {
  for (const date of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) assert.is(isDate(date), true)
  for (const text of ['2023-02-29', '1900-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '', 'today']) {
    assert.is(isDate(text), false)
  }
})

days('are counted over months, years and leap days', () => {
  assert.is(addDays('2024-02-28', 2), '2024-03-01')
  assert.is(addDays('2025-01-01', -1), '2024-12-31')
  assert.is(daysBetween('2024-02-28', '2024-03-01'), 2)
  assert.is(daysBetween('2025-01-01', '2024-12-31'), -1)
})

const weeks = suite('ISO weeks')

weeks('begin on Monday', () => {
  assert.is(mondayOf('2025-06-09'), '2025-06-09')
  assert.is(mondayOf('2025-06-15'), '2025-06-09')
  assert.is(mondayOf('1969-12-31'), '1969-12-29')
  assert.is(mondayOf('1900-01-01'), '1900-01-01')
})

const isoWeeks: [date: string, week: string][] = [
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2018-12-31', '2019-W01'],
  ['2024-12-29', '2024-W52'],
  ['2024-12-30', '2025-W01'],
  ['2016-01-03', '2015-W53'],
  ['2025-06-15', '2025-W24'],
]
for (const [date, week] of isoWeeks) {
  weeks(`${date} belongs to ${week}`, () => assert.is(isoWeekOf(date), week))
}

weeks('hold seven days that share the Monday and the week', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30_000, max: 60_000 }), (day) => {
      const monday = mondayOf(addDays('1970-01-01', day))
      const all = [0, 1, 2, 3, 4, 5, 6].map((more) => addDays(monday, more))
      assert.equal([...new Set(all.map(mondayOf))], [monday])
      assert.is(new Set(all.map(isoWeekOf)).size, 1)
      assert.is.not(isoWeekOf(addDays(monday, 7)), isoWeekOf(monday))
    }),
  )
})

const buckets = suite('buckets')

buckets('are named by their first day', () => {
  assert.is(bucketOf('2025-06-15', 'day'), '2025-06-15')
  assert.is(bucketOf('2025-06-15', 'week'), '2025-06-09')
  assert.is(bucketOf('2025-06-15', 'month'), '2025-06-01')
})

buckets('follow one another without a gap', () => {
  assert.equal(bucketsBetween('2024-02-28', '2024-03-01', 'day'), ['2024-02-28', '2024-02-29', '2024-03-01'])
  assert.equal(bucketsBetween('2020-12-31', '2021-01-12', 'week'), ['2020-12-28', '2021-01-04', '2021-01-11'])
  const months = ['2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01', '2025-03-01']
  assert.equal(bucketsBetween('2024-11-30', '2025-03-01', 'month'), months)
  assert.equal(bucketsBetween('2025-03-02', '2025-03-01', 'day'), [])
})

const clocks: readonly [localTime: string, timeZone: string, instant: string, what: string][] = [
  ['2025-03-01T18:00:05', 'Europe/Berlin', '2025-03-01T17:00:05.000Z', 'an hour of winter'],
  ['2025-07-01T18:00:00', 'Asia/Kathmandu', '2025-07-01T12:15:00.000Z', 'an offset of quarters'],
  ['2025-03-30T02:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z', 'a time that the clock leaves out'],
  ['2025-10-26T02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00.000Z', 'a time that it shows twice'],
  ['2025-03-09T02:30:00', 'America/New_York', '2025-03-09T07:30:00.000Z', 'one that it leaves out elsewhere'],
  [
    '2025-11-02T01:30:00',
    'America/New_York',
    '2025-11-02T05:30:00.000Z',
    'one that it shows twice elsewhere',
  ],
]

for (const [localTime, timeZone, instant, what] of clocks) {
  zones(`${localTime} in ${timeZone} is ${what}`, () => {
    assert.is(instantOf(localTime, timeZone), instant)
  })
}

zones.run()
days.run()
weeks.run()
buckets.run()
