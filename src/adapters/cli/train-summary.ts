import type * as api from '../../../client/api.ts'
import type { Metric } from '../../domain/exercise/events.ts'
import { unitsOf, weightFrom, weightMicrograms } from '../../domain/statistics/units.ts'
import type { Units } from '../../domain/user/events.ts'
import { outcomeOf, type TrainClient } from './train-client.ts'
import { clock, recordWords, rounded, setWords } from './train-words.ts'

const RECORDS_SHOWN = 10

export type SummaryParts = {
  client: TrainClient
  sessionId: string
  units: Units
  metricOf(exerciseId: string): Promise<Metric>
}

/** What has been done in a session, as lines. */
export async function summarize({ client, sessionId, units, metricOf }: SummaryParts): Promise<string[]> {
  const found = await outcomeOf(client.get('/v1/sessions/{id}', { params: { id: sessionId } }))
  if (found.refused !== undefined) return []
  const { exercises, startedAt, finishedAt } = found.body
  const done = exercises.filter(({ sets }) => sets.length > 0)
  const records = await Promise.all([...new Set(done.map(({ exerciseId }) => exerciseId))].map(recordsOf))
  const made = records.flat()
  const metrics = await Promise.all(done.map(({ exerciseId }) => metricOf(exerciseId)))
  const lifted = done.filter((_, index) => metrics[index] === 'weight-reps')
  const seconds = Math.round((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000)
  return [
    `Done in ${clock(seconds)}: ${[...counts(done), ...volume(lifted, units)].join(', ')}`,
    ...done.map(({ name, sets }) => `  ${name}: ${sets.map(setWords).join(', ')}`),
    ...made.slice(0, RECORDS_SHOWN).map((record) => `  New record: ${record.name}: ${recordWords(record)}`),
    ...(made.length > RECORDS_SHOWN ? [`  and ${made.length - RECORDS_SHOWN} more`] : []),
  ]

  /** Those that the session holds, a first value among them. */
  async function recordsOf(exerciseId: string): Promise<api.Record[]> {
    const query = { limit: 200, exerciseId }
    const page = await outcomeOf(client.get('/v1/statistics/records', { query }))
    return page.refused === undefined ? page.body.items.filter((each) => each.sessionId === sessionId) : []
  }
}

type Done = api.Session['exercises']

function counts(done: Done): string[] {
  const sets = done.flatMap((exercise) => exercise.sets)
  const working = sets.filter(isWorking).length
  const warmups = sets.length - working
  return [`${working} ${working === 1 ? 'set' : 'sets'}`, ...(warmups > 0 ? [`${warmups} to warm up`] : [])]
}

/** Of what was lifted alone: the load of a body is for the server to know. */
function volume(lifted: Done, units: Units): string[] {
  const { weight: unit } = unitsOf[units]
  const sets = lifted.flatMap((exercise) => exercise.sets).filter(isWorking)
  const micrograms = sets.reduce(
    (sum, { weight = 0, weightUnit = unit, reps = 0 }) => sum + weightMicrograms(weight, weightUnit) * reps,
    0,
  )
  return micrograms > 0 ? [`volume ${rounded(weightFrom(micrograms, unit))} ${unit}`] : []
}

function isWorking({ kind }: api.Set) {
  return kind !== 'warmup'
}
