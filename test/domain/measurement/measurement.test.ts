import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeasurementDetails, MeasurementEvent } from '../../../src/domain/measurement/events.ts'
import {
  type CorrectMeasurement,
  correctMeasurement,
  deleteMeasurement,
  type MeasurementState,
  measurement,
  type TakeMeasurement,
  takeMeasurement,
} from '../../../src/domain/measurement/measurement.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import { given } from '../../support/given-when-then.ts'
import { now, settings } from '../../support/sessions.ts'

const measurementId = '0198c0de-0000-7000-8000-0000000000e1'
const details: MeasurementDetails = {
  kind: 'weight',
  value: 81.4,
  unit: 'kg',
  weightMicrograms: 81_400_000_000,
  measuredAt: '2025-03-01T06:30:00.000Z',
  timeZone: 'Europe/Berlin',
  localDate: '2025-03-01',
}
const taken = (more: Partial<MeasurementDetails> = {}): MeasurementEvent => ({
  type: 'MeasurementTaken',
  data: { measurementId, ...details, ...more },
})
const deleted: MeasurementEvent = { type: 'MeasurementDeleted', data: {} }

const told = { kind: 'weight', value: 81.4, measuredAt: '2025-03-01T07:30:00+01:00' } as const
const take =
  (more: Partial<TakeMeasurement> = {}) =>
  (state: MeasurementState) =>
    takeMeasurement(state, { measurementId, now, settings, ...told, ...more })

/** The pointers and codes of what is wrong with it. */
const errorsOf = (more: Partial<TakeMeasurement>) => {
  const refused = take(more)(measurement.initial)
  return isRefusal(refused) ? (refused.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`) : []
}

const taking = suite('takeMeasurement')

taking('keeps a weight as entered beside its micrograms, on the day of the person', () => {
  given(measurement, []).when(take()).then([taken()])
  given(measurement, [])
    .when(take({ value: 179.5, unit: 'lb', notes: ' Before breakfast. ' }))
    .then([taken({ value: 179.5, unit: 'lb', weightMicrograms: 81_419_830_415, notes: 'Before breakfast.' })])
})

taking('is now, in the units and the zone of the person, unless told', () => {
  const { weightMicrograms: _, ...rest } = details
  given(measurement, [])
    .when(
      take({ kind: 'waist', value: 36, measuredAt: undefined, settings: { ...settings, units: 'imperial' } }),
    )
    .then([
      {
        type: 'MeasurementTaken',
        data: {
          measurementId,
          ...rest,
          kind: 'waist',
          value: 36,
          unit: 'in',
          lengthMicrometers: 914_400,
          measuredAt: now,
        },
      },
    ])
  given(measurement, [])
    .when(take({ measuredAt: '2025-03-01T04:30:00Z', timeZone: 'America/New_York' }))
    .then([
      taken({
        measuredAt: '2025-03-01T04:30:00.000Z',
        timeZone: 'America/New_York',
        localDate: '2025-02-28',
      }),
    ])
})

taking('has no integer beside what is neither a weight nor a length', () => {
  const { weightMicrograms: _, ...rest } = details
  for (const [kind, value, unit] of [
    ['body-fat', 18.5, '%'],
    ['resting-heart-rate', 58, 'bpm'],
    ['sleep-hours', 7.5, 'h'],
    ['custom:Arm span', 180, 'cm'],
  ] as const) {
    given(measurement, [])
      .when(take({ kind, value, ...(kind.startsWith('custom') && { unit }) }))
      .then([{ type: 'MeasurementTaken', data: { measurementId, ...rest, kind, value, unit } }])
  }
})

taking('told again does nothing, whatever became of it since', () => {
  const corrected: MeasurementEvent = { type: 'MeasurementCorrected', data: { value: 80 } }
  given(measurement, [taken()]).when(take()).then([])
  given(measurement, [taken(), corrected, deleted])
    .when(take({ measuredAt: undefined }))
    .then([])
  given(measurement, [taken()])
    .when(take({ value: 81.5 }))
    .thenRefused('id-taken')
  given(measurement, [taken()])
    .when(take({ unit: 'lb' }))
    .thenRefused('id-taken')
})

taking('refuses values that nobody has', () => {
  for (const [kind, least, most] of [
    ['weight', 0.1, 1000],
    ['left-calf', 0.1, 1000],
    ['body-fat', 0, 100],
    ['resting-heart-rate', 20, 300],
    ['sleep-hours', 0, 24],
    ['custom:mood', -1e9, 1e9],
  ] as const) {
    const unit = kind === 'custom:mood' ? 'points' : undefined
    for (const value of [least, most]) assert.equal(errorsOf({ kind, value, unit }), [])
    for (const value of [least - 0.1, most + 0.1, Number.NaN]) {
      assert.equal(errorsOf({ kind, value, unit }), ['/value out-of-range'], `${kind} ${value}`)
    }
  }
})

taking('refuses units that do not fit the kind', () => {
  assert.equal(errorsOf({ kind: 'weight', unit: 'cm' }), ['/unit not-allowed'])
  assert.equal(errorsOf({ kind: 'waist', unit: 'kg' }), ['/unit not-allowed'])
  assert.equal(errorsOf({ kind: 'body-fat', value: 20, unit: 'percent' }), ['/unit not-allowed'])
  assert.equal(errorsOf({ kind: 'custom:mood' }), ['/unit required'])
  assert.equal(errorsOf({ kind: 'custom:mood', unit: 'x'.repeat(21) }), ['/unit too-long'])
})

taking('refuses kinds that there are not', () => {
  for (const kind of ['mood', 'custom:', 'custom: mood', `custom:${'x'.repeat(101)}`]) {
    assert.equal(errorsOf({ kind: kind as 'weight' }), ['/kind not-allowed'])
  }
  assert.equal(errorsOf({ kind: `custom:${'😀'.repeat(100)}`, unit: 'points' }), [])
})

taking('refuses all failing fields at once', () => {
  const wrong = { value: 0, unit: 'st', measuredAt: '1899-12-31T00:00:00Z', timeZone: '+02:00', notes: ' ' }
  assert.equal(errorsOf(wrong), [
    '/value out-of-range',
    '/unit not-allowed',
    '/measuredAt out-of-range',
    '/timeZone unknown-time-zone',
    '/notes required',
  ])
})

const correcting = suite('correctMeasurement')
const correct = (change: CorrectMeasurement['change']) => (state: MeasurementState) =>
  correctMeasurement(state, { now, settings, change })

correcting('records only what differs', () => {
  given(measurement, [taken({ notes: 'Tired.' })])
    .when(correct({ value: 80, unit: 'kg', notes: null }))
    .then([
      { type: 'MeasurementCorrected', data: { value: 80, weightMicrograms: 80_000_000_000, notes: null } },
    ])
  given(measurement, [taken()]).when(correct({})).then([])
  given(measurement, [taken()])
    .when(correct({ value: 81.4, measuredAt: '2025-03-01T06:30:00Z', notes: null }))
    .then([])
})

correcting('takes another unit for what the value is in', () => {
  given(measurement, [taken()])
    .when(correct({ unit: 'lb' }))
    .then([{ type: 'MeasurementCorrected', data: { unit: 'lb', weightMicrograms: 36_922_418_918 } }])
})

correcting('moves the local date with the instant and with the zone, and never by itself', () => {
  given(measurement, [taken()])
    .when(correct({ measuredAt: '2025-02-27T23:30:00Z' }))
    .then([
      {
        type: 'MeasurementCorrected',
        data: { measuredAt: '2025-02-27T23:30:00.000Z', localDate: '2025-02-28' },
      },
    ])
  given(measurement, [taken()])
    .when(correct({ timeZone: 'Pacific/Honolulu' }))
    .then([{ type: 'MeasurementCorrected', data: { timeZone: 'Pacific/Honolulu', localDate: '2025-02-28' } }])
  given(measurement, [taken({ localDate: '2025-03-02' })])
    .when(correct({ notes: 'Fine.' }))
    .then([{ type: 'MeasurementCorrected', data: { notes: 'Fine.' } }])
})

correcting('refuses what it would not have been taken with, and what is not there', () => {
  const wrong = [{ pointer: '/unit', code: 'not-allowed', message: 'The unit of weight is kg or lb.' }]
  given(measurement, [taken()])
    .when(correct({ unit: 'cm' }))
    .thenRefused('invalid-fields', { errors: wrong })
  given(measurement, []).when(correct({})).thenRefused('not-found')
  given(measurement, [taken(), deleted]).when(correct({})).thenRefused('not-found')
})

const deleting = suite('deleteMeasurement')

deleting('ends what is there, once', () => {
  given(measurement, [taken()]).when(deleteMeasurement).then([deleted])
  given(measurement, [taken(), deleted]).when(deleteMeasurement).thenRefused('not-found')
  given(measurement, []).when(deleteMeasurement).thenRefused('not-found')
})

const folding = suite('a measurement')

folding('is what was corrected last, and forgets what was cleared', () => {
  const events: MeasurementEvent[] = [
    taken({ notes: 'Tired.' }),
    { type: 'MeasurementCorrected', data: { value: 80, notes: null } },
  ]
  assert.equal(events.reduce(measurement.evolve, measurement.initial), {
    status: 'taken',
    measurementId,
    taken: { ...details, notes: 'Tired.' },
    details: { ...details, value: 80 },
  })
})

for (const one of [taking, correcting, deleting, folding]) one.run()
