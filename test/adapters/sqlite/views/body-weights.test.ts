import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sessionsView } from '../../../../src/adapters/sqlite/views/sessions.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { ann, answerOf, bob, training } from '../../../support/training.ts'

const weighing = suite('the body weight of sets')

const at = (day: number, hour = '10') => `2025-06-0${day}T${hour}:00:00.000Z`
const pull = { exercise: 'pull-up', reps: 10 }

type Training = ReturnType<typeof training>

/** The load of each set in kg, in the order of logging. */
function loads({ db }: Training) {
  const rows = db
    .prepare<[], number | null>('SELECT load_micrograms FROM session_set ORDER BY key')
    .pluck()
    .all()
  return rows.map((micrograms) => micrograms && micrograms / 1e9)
}

/** Pull-ups on the 2nd, the 4th and the 6th. */
function threeSessions() {
  const told = training()
  const ids = [2, 4, 6].map((day) => told.session({ startedAt: at(day), sets: [pull] }))
  return { told, ids }
}

weighing('is the last that was measured up to the start of the session, never a later one', () => {
  const { told } = threeSessions()
  assert.equal(loads(told), [null, null, null])
  told.measure(90, { measuredAt: at(7) })
  assert.equal(loads(told), [null, null, null])
  told.measure(80, { measuredAt: at(4) })
  assert.equal(loads(told), [null, 80, 80])
  told.measure(81, { measuredAt: at(5) })
  assert.equal(loads(told), [null, 80, 81])
  told.measure(79, { measuredAt: at(1) })
  assert.equal(loads(told), [79, 80, 81])
  told.session({ startedAt: at(3), sets: [pull] })
  told.session({ startedAt: at(8), sets: [pull] })
  assert.equal(loads(told), [79, 80, 81, 79, 90])
})

weighing('that is told of between two sets of a live session is that of the next one too', () => {
  const told = training()
  const live = told.session({ startedAt: at(2), live: true })
  told.logSets(live, pull)
  const first = told.measure(80, { measuredAt: at(1) })
  told.logSets(live, pull)
  assert.equal(loads(told), [80, 80])
  told.change(live, { startedAt: at(1, '09'), localDate: '2025-06-01' })
  told.logSets(live, pull)
  assert.equal(loads(told), [null, null, null])
  told.deleteMeasurement(first)
  told.measure(70, { measuredAt: at(1, '08') })
  told.logSets(live, pull)
  assert.equal(loads(told), [70, 70, 70, 70])
})

weighing('is corrected and deleted with the measurement, in the sessions that hang on it alone', () => {
  const { told } = threeSessions()
  const first = told.measure(80, { measuredAt: at(1) })
  const second = told.measure(82, { measuredAt: at(3) })
  assert.equal(loads(told), [80, 82, 82])
  told.correctMeasurement(second, { value: 83, weightMicrograms: 83_000_000_000 })
  assert.equal(loads(told), [80, 83, 83])
  told.correctMeasurement(second, { measuredAt: at(5) })
  assert.equal(loads(told), [80, 80, 83])
  told.correctMeasurement(second, { measuredAt: at(2, '09') })
  assert.equal(loads(told), [83, 83, 83])
  told.correctMeasurement(second, { notes: 'With shoes.' })
  told.deleteMeasurement(second)
  assert.equal(loads(told), [80, 80, 80])
  told.deleteMeasurement(first)
  assert.equal(loads(told), [null, null, null])
  assert.is(told.db.prepare('SELECT count(*) FROM body_weight').pluck().get(), 0)
})

weighing('is that of the session where it has one', () => {
  const { told, ids } = threeSessions()
  told.change(ids[1] as string, {
    bodyWeight: 70,
    bodyWeightUnit: 'kg',
    bodyWeightMicrograms: 70_000_000_000,
  })
  told.measure(80, { measuredAt: at(1) })
  assert.equal(loads(told), [80, 70, 80])
  told.change(ids[1] as string, { bodyWeight: null, bodyWeightUnit: null, bodyWeightMicrograms: null })
  assert.equal(loads(told), [80, 80, 80])
})

weighing('is looked up again when a session moves in time', () => {
  const { told, ids } = threeSessions()
  told.measure(80, { measuredAt: at(1) })
  told.measure(85, { measuredAt: at(5) })
  told.change(ids[2] as string, { startedAt: at(3), localDate: '2025-06-03' })
  assert.equal(loads(told), [80, 80, 80])
})

weighing('is followed while a session is discarded, so that it comes back as it should be', async () => {
  const { told, ids } = threeSessions()
  const id = told.measure(80, { measuredAt: at(1) })
  told.discard(ids[0] as string)
  told.correctMeasurement(id, { value: 90, weightMicrograms: 90_000_000_000 })
  assert.equal(loads(told), [90, 90, 90])
  told.restore(ids[0] as string)
  assert.equal((await answerOf(told.statistics.summary(ann, {}, 'en'))).volume, { value: 2700, unit: 'kg' })
})

weighing('is the later told of two that were measured at the same time', () => {
  const { told } = threeSessions()
  told.measure(80, { measuredAt: at(1) })
  const id = told.measure(81, { measuredAt: at(1) })
  assert.equal(loads(told), [81, 81, 81])
  told.deleteMeasurement(id)
  assert.equal(loads(told), [80, 80, 80])
})

weighing('counts in sets that are logged and corrected one by one', () => {
  const told = training()
  told.measure(80, { measuredAt: at(1) })
  const id = told.session({ live: true, startedAt: at(2) })
  const [setId] = told.logSets(id, { exercise: 'assisted-pull-up', weight: 30, reps: 5 }, pull)
  assert.equal(loads(told), [50, 80])
  told.correct(id, setId as string, { exercise: 'assisted-pull-up', weight: 90, reps: 5 })
  assert.equal(loads(told), [0, 80])
})

weighing('is nobody else’s, and no other measurement', () => {
  const told = training()
  told.session({ startedAt: at(2), sets: [pull] }, bob)
  told.session({ startedAt: at(2), sets: [pull, { exercise: 'squat', weight: 100, reps: 5 }] })
  told.deleteMeasurement(told.measure(90, { kind: 'chest', unit: 'cm', measuredAt: at(1) }))
  told.measure(20, { kind: 'custom:weight', unit: 'kg', measuredAt: at(1) })
  assert.equal(loads(told), [null, null, 100])
  told.measure(80, { measuredAt: at(1) })
  assert.equal(loads(told), [null, 80, 100])
})

weighing('moves totals and records with it', async () => {
  const { told } = threeSessions()
  const volume = async () => (await answerOf(told.statistics.summary(ann, {}, 'en'))).volume.value
  const best = async () => {
    const found = await told.need.records.bestsOf(ann, 'pull-up')
    const record = found.find(({ kind }) => kind === 'best-set-volume')
    return record && [record.value / 1e9, record.localDate, record.previous && record.previous / 1e9]
  }
  assert.equal([await volume(), await best()], [0, undefined])
  told.measure(80, { measuredAt: at(3) })
  assert.equal([await volume(), await best()], [1600, [800, '2025-06-04', null]])
  const id = told.measure(90, { measuredAt: at(5) })
  assert.equal([await volume(), await best()], [1700, [900, '2025-06-06', 800]])
  told.correctMeasurement(id, { value: 70, weightMicrograms: 70_000_000_000 })
  assert.equal([await volume(), await best()], [1500, [800, '2025-06-04', null]])
  told.deleteMeasurement(id)
  assert.equal([await volume(), await best()], [1600, [800, '2025-06-04', null]])
  assert.is(told.db.prepare('SELECT count(*) FROM set_before').pluck().get(), 0)
})

weighing('touches no row but the one that was weighed, its sums and its records', () => {
  const told = training()
  told.session({ startedAt: at(1), sets: [pull] })
  told.session({ startedAt: at(2), sets: [pull, { exercise: 'squat', weight: 100, reps: 5 }] })
  told.session({ startedAt: at(4), sets: [pull] })
  told.measure(85, { measuredAt: at(3) })
  told.measure(80, { measuredAt: at(2) })
  const rowsOf = (kilograms: number) => {
    const changes = told.db.prepare<[], number>('SELECT total_changes()').pluck()
    const before = changes.get() as number
    told.measure(kilograms, { measuredAt: at(2) })
    return (changes.get() as number) - before
  }
  const again = rowsOf(80)
  // The set and how it was before, that forgotten, the four sums it is in, six records gone and made anew.
  assert.equal([rowsOf(81) - again, loads(told)], [1 + 2 + 4 + 2 * 6, [null, 81, 100, 85]])
})

weighing('is found by index', () => {
  const steps = [...plansOf(training().db, sessionsView.on).values()].flat()
  assert.equal(
    steps.filter((step) => step.startsWith('SCAN') && step !== 'SCAN CONSTANT ROW'),
    // The list of sets that have got another load.
    ['SCAN loaded VIRTUAL TABLE INDEX 1:'],
  )
})

weighing.run()
