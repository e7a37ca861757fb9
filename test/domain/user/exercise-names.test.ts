import { suite } from 'uvu'
import type { UserEvent } from '../../../src/domain/user/events.ts'
import { mapExerciseNames } from '../../../src/domain/user/exercise-names.ts'
import { user } from '../../../src/domain/user/user.ts'
import { given } from '../../support/given-when-then.ts'

const test = suite('names of exercises in other files')

const registered = {
  type: 'UserRegistered',
  data: {
    ...{ userId: 'ada', registeredAt: '2025-03-01T18:00:00.000Z', email: 'ada@example.org' },
    ...{ firstName: 'Ada', units: 'metric', timeZone: 'UTC' },
  },
} as UserEvent
const mapped = (names: Record<string, string>, key: object = {}): UserEvent => ({
  type: 'ExerciseNamesMapped',
  data: { ...key, names: Object.entries(names).map(([name, exerciseId]) => ({ name, exerciseId })) },
})
const tell = (importKey: string, names: Record<string, string>) => ({
  ...{ importKey, names: Object.entries(names).map(([name, exerciseId]) => ({ name, exerciseId })) },
})

test('are kept by their keys, with a key that is told once', () => {
  given(user, [registered])
    .when((state) => mapExerciseNames(state, tell('k', { ' Bench  PRESS': 'a', Row: 'b' })))
    .then([mapped({ 'bench press': 'a', row: 'b' }, { importKey: 'k' })])
  given(user, [registered])
    .when((state) => mapExerciseNames(state, tell('k', {})))
    .then([mapped({}, { importKey: 'k' })])
})

test('are told of again only where they mean something else', () => {
  const past = [registered, mapped({ row: 'b', press: 'a' }, { importKey: 'k' }), mapped({ row: 'c' })]
  given(user, past)
    .when((state) => mapExerciseNames(state, tell('other', { Row: 'c', Press: 'a' })))
    .then([])
  given(user, past)
    .when((state) => mapExerciseNames(state, tell('other', { Row: 'b', Press: 'a' })))
    .then([mapped({ row: 'b' })])
})

test('are nobody’s where there is nobody', () => {
  given(user, [])
    .when((state) => mapExerciseNames(state, tell('k', {})))
    .thenRefused('not-found')
})

test.run()
