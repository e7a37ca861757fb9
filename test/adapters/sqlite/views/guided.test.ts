import { renameSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../../src/adapters/sqlite/all-views.ts'
import { rebuildViews } from '../../../../src/adapters/sqlite/rebuild.ts'
import type { DomainEvent } from '../../../../src/domain/events.ts'
import { catalogue } from '../../../../src/domain/exercise/catalogue.ts'
import type { EntryExercise } from '../../../../src/domain/session/events.ts'
import { planned } from '../../../support/guided.ts'
import { guidedHistories, told } from '../../../support/random-guided.ts'
import { differences, within } from '../../../support/rebuilding.ts'
import { sessionId } from '../../../support/sessions.ts'
import { appendOf, registrationOf, start, temporaryDirectory, writerOn } from '../../../support/writer.ts'

const test = suite('views of guided sessions')

const known = catalogue.filter(({ exerciseId }) =>
  ['barbell-back-squat', 'leg-press', 'plank'].includes(exerciseId),
)
const exercises = known.map(
  ({ exerciseId, metric, texts }): EntryExercise => ({ exerciseId, exerciseName: texts.en.name, metric }),
)
const plan: DomainEvent = {
  type: 'PlanCreated',
  data: {
    ...{ planId: 'plan', number: 1, createdAt: '2025-01-01T00:00:00.000Z', name: 'Plan', exerciseTypes: [] },
    days: exercises.slice(0, 2).map((exercise) => ({
      name: exercise.exerciseName,
      exercises: [planned(exercise, [{ kind: 'working', reps: 5 }])],
    })),
  },
}

test('are the same when they are rebuilt as when they were folded, whatever was told', () => {
  fc.assert(
    fc.property(guidedHistories(exercises), (history) => {
      const dataDir = temporaryDirectory()
      const writer = writerOn(dataDir, { views })
      writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
      const published = known.map((data) => ({
        stream: `exercise-${data.exerciseId}`,
        events: [{ type: 'CatalogueExercisePublished', data } satisfies DomainEvent],
      }))
      const sessions = [...told(history)].map(({ events }) => ({
        ...{ stream: `session-ada-${sessionId}`, subject: 'ada', events },
      }))
      const made = { stream: 'plan-ada-plan', subject: 'ada', events: [plan] }
      const outcomes = writer.append(
        [
          registrationOf('ada'),
          appendOf([...published, made]),
          ...sessions.filter(({ events }) => events.length > 0).map((append) => appendOf([append])),
        ],
        start,
      )
      for (const outcome of outcomes) assert.ok('lastPosition' in (outcome as { result: object }).result)
      writer.close(start)
      renameSync(join(dataDir, 'views.1.db'), join(dataDir, 'kept.db'))
      within(dataDir, rebuildViews, { views })
      assert.equal(differences(join(dataDir, 'kept.db'), join(dataDir, 'views.1.db')), [])
    }),
    { numRuns: 8 },
  )
})

test.run()
