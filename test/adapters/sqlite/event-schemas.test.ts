import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventSchemas, metadataFault, schemaFault } from '../../../src/adapters/sqlite/event-schemas.ts'
import { type EventType, eventVersions, readEvent } from '../../../src/domain/events.ts'
import { catalogue } from '../../../src/domain/exercise/catalogue.ts'

const test = suite('event schemas')
const golden = new URL('../../golden/', import.meta.url)
const examples = readdirSync(golden).map((name) => {
  const [type, version] = name.split('.') as [EventType, string]
  const stored = JSON.parse(readFileSync(new URL(name, golden), 'utf8'))
  return { name, ...readEvent(type, Number(version), stored) }
})

/** Replaces what stands at a path of the example of a type; undefined takes it out. */
function spoilt(type: EventType, path: readonly (string | number)[], value: unknown): unknown {
  const data = structuredClone(examples.find((example) => example.type === type)?.data) as object
  let at = data as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) at = at[step] as typeof at
  if (value === undefined) delete at[path.at(-1) as string]
  else at[path.at(-1) as string] = value
  return data
}

test('there is one for every type', () => {
  assert.equal(Object.keys(eventSchemas).sort(), Object.keys(eventVersions).sort())
})

test('every stored example passes, and none with one more field or one less', () => {
  for (const { name, type, data } of examples) {
    assert.is(schemaFault(type, data), undefined, name)
    assert.is(schemaFault(type, { ...data, wild: 1 }), 'the field /wild does not belong there', name)
    for (const list of [null, [], 'text', 7]) assert.match(schemaFault(type, list) ?? '', 'must be object')
  }
})

test('the whole catalogue passes', () => {
  for (const entry of catalogue) assert.is(schemaFault('CatalogueExercisePublished', entry), undefined)
})

const wrong: readonly [type: EventType, path: (string | number)[], value: unknown, fault: string][] = [
  ['UserRegistered', ['userId'], undefined, 'the field /userId is missing'],
  ['UserRegistered', ['userId'], 'ADA', 'the field /userId must match pattern'],
  ['UserRegistered', ['ageYears'], 12, 'the field /ageYears must be >= 13'],
  ['UserProfileChanged', ['email'], null, 'the field /email must be string'],
  ['SessionLogged', ['finishedAt'], undefined, 'the field /finishedAt is missing'],
  ['SessionLogged', ['finishedAt'], '2025-03-02T18:00:00Z', 'the field /finishedAt must match pattern'],
  [
    'SessionLogged',
    ['entries', 0, 'sets', 0, 'kind'],
    'joke',
    'the field /entries/0/sets/0/kind must be equal',
  ],
  [
    'SessionLogged',
    ['entries', 0, 'sets', 0, 'reps'],
    2.5,
    'the field /entries/0/sets/0/reps must be integer',
  ],
  ['SetCorrected', ['weight'], -1, 'the field /weight must be >= 0'],
  ['SetCorrected', ['exerciseName'], 'Squat', 'the field /exerciseName does not belong there'],
  ['PlanCreated', ['origin', 'by'], 'magic', 'the field /origin'],
  ['PlanChanged', ['changedAt'], undefined, 'the field /changedAt is missing'],
  ['MeasurementTaken', ['kind'], 'custom:', 'the field /kind must match pattern'],
  ['GoalSet', ['target'], '225', 'the field /target must be number'],
]
for (const [type, path, value, fault] of wrong) {
  test(`${type} is refused with ${JSON.stringify(value)} at ${path.join('.')}`, () => {
    assert.match(schemaFault(type, spoilt(type, path, value)) ?? '', fault)
  })
}

test('a change may clear what may be absent, and only that', () => {
  assert.is(schemaFault('SessionChanged', { title: null, planDay: null, bodyWeight: null }), undefined)
  assert.match(
    schemaFault('SessionChanged', { startedAt: null }) ?? '',
    'the field /startedAt must be string',
  )
})

test('metadata is who and what caused an event, and nothing else', () => {
  const ids = { actor: 'system', commandId: 'c', correlationId: 'r' }
  const fault = (value: unknown) => metadataFault(Buffer.from(JSON.stringify(value)))
  assert.equal([fault(ids), fault({ ...ids, traceId: 'ab' })], [undefined, undefined])
  const told = 'its metadata is not who and what caused it'
  assert.equal([fault({ ...ids, note: 'hi' }), fault({ actor: 'system' }), fault(null)], [told, told, told])
  assert.is(metadataFault(Buffer.from('{')), told)
})

test.run()
