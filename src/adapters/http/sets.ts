import Type from 'typebox'
import type { Sessions } from '../../application/sessions.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { sessionLimits } from '../../domain/session/details.ts'
import { askedBy, versioned } from './asked.ts'
import { stepConflict } from './guide-schemas.ts'
import { Record } from './record-schemas.ts'
import { type Route, route } from './route.ts'
import { Id } from './schemas.ts'
import { LoneSetDocument, NewLoneSet, NewStepSet, SetChange } from './set-schemas.ts'

const tag = 'Sessions'
const access = 'user'
const params = Type.Object({ id: Id, setId: Id })

const NewSets = Type.Object(
  {
    sets: Type.Array(Type.Union([NewLoneSet, NewStepSet]), {
      minItems: 1,
      maxItems: sessionLimits.sets,
      description: 'In the order they were done.',
    }),
  },
  { title: 'NewSets' },
)

const records = Type.Array(Record, { description: 'The personal records that have just been made.' })
const sets = Type.Array(LoneSetDocument, { description: 'As they were logged, in order.' })
const Logged = Type.Union([
  Type.Object({ set: LoneSetDocument, records }, { title: 'LoggedSet' }),
  Type.Object({ sets, records }, { title: 'LoggedSets' }),
])

export function setRoutes(sessions: Sessions): Route[] {
  return [
    route(
      'POST',
      '/v1/sessions/{id}/sets',
      {
        summary: 'Log one set, or several',
        description:
          'Into a live session, or into a finished one afterwards. Several land all or none. ' +
          'Answers the personal records that they have just made; of sets told again under their ids, ' +
          'those that they hold. A set of the current step of the guide names its `stepId`, moves on, and ' +
          'begins the rest; several may name one step after the other.',
        tag,
        access,
        params: Type.Object({ id: Id }),
        body: Type.Union([NewLoneSet, NewStepSet, NewSets]),
        conditional: true,
        answers: {
          201: { description: 'What was logged.', schema: Logged, headers: ['etag'] },
          409: stepConflict,
        },
      },
      async (request) => {
        const { body } = request
        const alone = !('sets' in body)
        const told = alone
          ? [{ ...body, at: '' }]
          : body.sets.map((set, index) => ({ ...set, at: `/sets/${index}` }))
        const logged = await sessions.logSets(askedBy(request), request.params.id, told, request.language)
        if (isRefusal(logged)) return logged
        const { sets, records: made, version, replayed } = logged
        const answer = { ...(alone ? { set: sets[0] } : { sets }), records: made }
        return { status: 201, body: answer, headers: versioned(version, replayed) }
      },
    ),
    route(
      'PATCH',
      '/v1/sessions/{id}/sets/{setId}',
      {
        summary: 'Correct a set',
        description: 'Also in the past: records and totals follow.',
        tag,
        access,
        params,
        body: SetChange,
        conditional: true,
        refusals: [409],
        answers: {
          200: { description: 'The set as it is now.', schema: LoneSetDocument, headers: ['etag'] },
        },
      },
      async (request) => {
        const { id, setId } = request.params
        const corrected = await sessions.correctSet(askedBy(request), id, setId, request.body)
        if (isRefusal(corrected)) return corrected
        return { status: 200, body: corrected.set, headers: versioned(corrected.version) }
      },
    ),
    route(
      'DELETE',
      '/v1/sessions/{id}/sets/{setId}',
      {
        summary: 'Delete a set',
        description: 'Records and totals follow. Its history stays.',
        tag,
        access,
        params,
        conditional: true,
        refusals: [409],
        answers: { 204: { description: 'The set is deleted.', headers: ['etag'] } },
      },
      async (request) => {
        const { id, setId } = request.params
        const deleted = await sessions.deleteSet(askedBy(request), id, setId)
        if (isRefusal(deleted)) return deleted
        return { status: 204, headers: versioned(deleted.outcome.version) }
      },
    ),
  ]
}
