import type { MeasurementDetails, MeasurementKind } from '../domain/measurement/events.ts'
import {
  correctMeasurement,
  deleteMeasurement,
  type MeasurementFields,
  type MeasurementState,
  measurement,
  noMeasurement,
  type TakenMeasurement,
  takeMeasurement,
} from '../domain/measurement/measurement.ts'
import { isRefusal, type Refusal, refuseFields } from '../domain/refusal.ts'
import type { Act, Folded, Load } from './event-log.ts'
import type { Clock, NewId } from './ports.ts'
import type { Range } from './records.ts'
import type { Asked } from './session-requests.ts'
import type { UserReads } from './users.ts'

export type Measurement = MeasurementDetails & { measurementId: string; version: number }

/** `from` and `to` are local dates, both inclusive. */
export type MeasurementFilter = Range & { kind?: MeasurementKind | undefined }

/** Where a page ends; the next one goes on behind it. */
export type MeasurementPlace = { measuredAt: string; key: number }
export type MeasurementPage = { items: Measurement[]; next?: MeasurementPlace }

/** What was measured on one day: micrograms of weights, micrometres of lengths, else as entered. */
export type MeasuredDay = { date: string; average: number; max: number }

export interface MeasurementReads {
  /** Newest first; at most `limit`, behind `after`. */
  list(
    userId: string,
    filter: MeasurementFilter,
    limit: number,
    after?: MeasurementPlace,
  ): Promise<MeasurementPage>
  /**
   * The days with a measurement of this kind, in order, and the unit of the last one ever, which those of
   * other units, that a kind of one's own may have, are left out for.
   */
  days(
    userId: string,
    kind: MeasurementKind,
    range: Range,
  ): Promise<{ unit: string | undefined; days: MeasuredDay[] }>
}

export type MeasurementsNeed = {
  act: Act
  load: Load
  reads: MeasurementReads
  users: Pick<UserReads, 'settingsOf'>
  clock: Clock
  newId: NewId
}

export type NewMeasurement = MeasurementFields & { id?: string | undefined }
export type MeasurementCorrection = Partial<Omit<MeasurementFields, 'kind'>>

export type Measurements = ReturnType<typeof createMeasurements>

export function createMeasurements({ act, load, reads, users, clock, newId }: MeasurementsNeed) {
  const now = () => new Date(clock.now()).toISOString()

  async function measurementAt(userId: string, measurementId: string, version: number) {
    const { state } = await load(streamOf(userId, measurementId), measurement, version)
    return shown(state as TakenMeasurement, version)
  }

  return {
    /** Refuses all failing fields at once, and `id-taken`. */
    async take(
      asked: Asked,
      { id, ...fields }: NewMeasurement,
    ): Promise<{ measurement: Measurement; replayed: boolean } | Refusal> {
      const { userId } = asked
      const measurementId = id?.toLowerCase() ?? newId()
      const command = { ...fields, measurementId, now: now(), settings: await users.settingsOf(userId) }
      const target = {
        stream: streamOf(userId, measurementId),
        aggregate: measurement,
        decide: (state: MeasurementState) => takeMeasurement(state, command),
      }
      const acted = await act(asked, [target], () => ({ measurementId }))
      if (isRefusal(acted)) return acted
      // Told of again, a measurement is shown as it was taken.
      const { outcome, replayed } = acted
      return { measurement: await measurementAt(userId, outcome.measurementId, 1), replayed }
    },

    async get(userId: string, measurementId: string): Promise<Measurement | Refusal> {
      const { state, version } = await load(streamOf(userId, measurementId), measurement)
      return state.status === 'taken' ? shown(state, version) : noMeasurement()
    },

    /** Newest first. Refuses a range that ends before it begins. */
    async list(
      userId: string,
      filter: MeasurementFilter,
      limit: number,
      after?: MeasurementPlace,
    ): Promise<MeasurementPage | Refusal> {
      const { from, to } = filter
      if (from !== undefined && to !== undefined && from > to) {
        return refuseFields([
          { pointer: '/from', code: 'out-of-order', message: 'from must not be after to.' },
        ])
      }
      return reads.list(userId, filter, limit, after)
    },

    async correct(
      asked: Asked,
      measurementId: string,
      change: MeasurementCorrection,
    ): Promise<Measurement | Refusal> {
      const { userId } = asked
      const command = { now: now(), settings: await users.settingsOf(userId), change }
      const target = {
        stream: streamOf(userId, measurementId),
        aggregate: measurement,
        decide: (state: MeasurementState) => correctMeasurement(state, command),
      }
      const acted = await act(asked, [target], ([after]) => (after as Folded<MeasurementState>).version)
      return isRefusal(acted) ? acted : measurementAt(userId, measurementId, acted.outcome)
    },

    /** Gives the version that the measurement ended with. */
    async delete(asked: Asked, measurementId: string): Promise<number | Refusal> {
      const stream = streamOf(asked.userId, measurementId)
      const acted = await act(
        asked,
        [{ stream, aggregate: measurement, decide: deleteMeasurement }],
        ([after]) => (after as Folded<MeasurementState>).version,
      )
      return isRefusal(acted) ? acted : acted.outcome
    },
  }
}

function shown({ measurementId, details }: TakenMeasurement, version: number): Measurement {
  return { measurementId, ...details, version }
}

export function streamOf(userId: string, measurementId: string): string {
  return `measurement-${userId}-${measurementId.toLowerCase()}`
}
