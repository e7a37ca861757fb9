import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ExportedEvent } from '../../src/application/import-check.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { belongings, livedBy, openToldLog } from '../support/told-log.ts'
import { training } from '../support/training.ts'

const imports = suite('taking a document in')

type Document = {
  format: string
  events: (ExportedEvent & { data: Record<string, ReturnType<typeof JSON.parse>> })[]
}

const log = await openToldLog()
const told = training()
const session = told.session({
  bodyWeight: 80,
  sets: [{ exercise: 'squat', reps: 5, weight: 100 }],
})
told.correct(session, told.setIn(session, 0), { exercise: 'squat', reps: 6, weight: 100 })
told.measure(81)
const ada = await log.person({ goal: 'Ten pull-ups', phone: '+14155552671' })
await log.append(livedBy(ada, [...belongings, ...told.folded]))
const document: Document = await log.document(ada)
const place = (type: string) => document.events.findIndex((event) => event.type === type)
const changed = (change: (document: Document) => unknown) => {
  const copy = structuredClone(document)
  change(copy)
  return copy
}
const at = (copy: Document, type: string) => copy.events[place(type)] as Document['events'][number]

imports('tells what came, takes the profile over, and leaves a phone that somebody has', async () => {
  const userId = await log.person({ firstName: 'Grace' })
  assert.equal(await log.import(userId, document), {
    ...{ events: 10, exercises: 1, plans: 1, sessions: 1, measurements: 1, goals: 2 },
  })
  const { profile } = (await log.live(userId)) as { profile: Record<string, unknown> }
  const { firstName, goal, phone, email } = profile
  assert.equal([firstName, goal, phone], ['Ada', 'Ten pull-ups', null])
  assert.match(email as string, userId)
})

const hostile: readonly [what: string, pointer: string, change: (copy: Document) => unknown][] = [
  ['another format', '/format', (copy) => Object.assign(copy, { format: 'repledger user 9' })],
  ['a field that nobody knows', '/besides', (copy) => Object.assign(copy, { besides: 1 })],
  ['a time that is none', '/exportedAt', (copy) => Object.assign(copy, { exportedAt: 'today' })],
  ['a head that is none', '/head', (copy) => Object.assign(copy, { head: null })],
  ['a head of no place', '/head', (copy) => Object.assign(copy, { head: { position: -1, hash: '' } })],
  ['a head of more', '/head', (copy) => Object.assign(copy, { head: { position: 1, hash: '', more: 1 } })],
  ['a day that does not exist', '/events/0/recordedAt', (copy) => recordedAt(copy, '2025-02-30')],
  ['a month that does not exist', '/events/0/recordedAt', (copy) => recordedAt(copy, '2025-13-01')],
  ['no list of events', '/events', (copy) => Object.assign(copy, { events: {} })],
  ['an event that is none', '/events/0', (copy) => Object.assign(copy.events, { 0: null })],
  ['nobody', '/events', (copy) => copy.events.splice(0)],
  ['a gap', `/events/${place('SetCorrected')}/version`, (copy) => (at(copy, 'SetCorrected').version = 3)],
  ['a type of another stream', `/events/${place('GoalProgressed')}/type`, (copy) => wrongKind(copy)],
  ['a type that nobody knows', `/events/${place('GoalSet')}/type`, (copy) => unheard(copy, 'GoalDreamt')],
  ['an inherited name', `/events/${place('GoalSet')}/type`, (copy) => unheard(copy, 'constructor')],
  ['an erasure', `/events/${place('GoalSet')}/type`, (copy) => unheard(copy, 'UserErased')],
  ['a later schema', `/events/${place('GoalSet')}/schemaVersion`, (copy) => later(copy)],
  ['a set that is not there', `/events/${place('SetCorrected')}`, (copy) => otherSet(copy)],
  ['another person’s id', `/events/${place('SessionLogged')}/data/sessionId`, (copy) => otherId(copy)],
  [
    'an unknown exercise',
    `/events/${place('SessionLogged')}/data/entries/0/exerciseId`,
    (copy) => slug(copy),
  ],
  ['an unknown plan', `/events/${place('SessionLogged')}/data/planId`, (copy) => otherPlan(copy)],
  ['a number of its own', `/events/${place('PlanNumberTaken')}`, (copy) => number(copy)],
  [
    'an integer of its own',
    `/events/${place('MeasurementTaken')}/data/weightMicrograms`,
    (copy) => light(copy),
  ],
  ['an absurd number', `/events/${place('MeasurementTaken')}/data/value`, (copy) => heavy(copy)],
  ['an end before the beginning', `/events/${place('SessionLogged')}`, (copy) => early(copy)],
  [
    'a stream with a longer name',
    '/events/0/stream',
    (copy) => Object.assign(copy.events[0] as object, { stream: 'user-x' }),
  ],
  ['a second beginning', `/events/${place('SessionLogged') + 1}`, (copy) => twice(copy)],
]

const other = '00000000-0000-4000-8000-0000000000ff'
const recordedAt = (copy: Document, day: string) =>
  Object.assign(copy.events[0] as object, { recordedAt: `${day}T00:00:00Z` })
const unheard = (copy: Document, type: string) => Object.assign(at(copy, 'GoalSet'), { type })
const later = (copy: Document) => Object.assign(at(copy, 'GoalSet'), { schemaVersion: 2 })
const set = (copy: Document, type: string, data: object) => Object.assign(at(copy, type).data, data)
const otherSet = (copy: Document) => set(copy, 'SetCorrected', { setId: other })
const otherId = (copy: Document) => set(copy, 'SessionLogged', { sessionId: other })
const otherPlan = (copy: Document) => set(copy, 'SessionLogged', { planId: other })
const early = (copy: Document) => set(copy, 'SessionLogged', { finishedAt: '2025-05-01T10:00:00.000Z' })
const number = (copy: Document) => set(copy, 'PlanNumberTaken', { number: 7 })
const light = (copy: Document) => set(copy, 'MeasurementTaken', { weightMicrograms: 1 })
const heavy = (copy: Document) => set(copy, 'MeasurementTaken', { value: 1e300 })
const slug = (copy: Document) =>
  Object.assign(at(copy, 'SessionLogged').data.entries[0], { exerciseId: 'no-such' })
const twice = (copy: Document) =>
  copy.events.splice(place('SessionLogged') + 1, 0, { ...at(copy, 'SessionLogged'), version: 2 })
const wrongKind = (copy: Document) =>
  Object.assign(at(copy, 'GoalProgressed'), { type: 'MeasurementDeleted', data: {} })

for (const [what, pointer, change] of hostile) {
  imports(`refuses ${what} by its place, and nothing is left of it`, async () => {
    const userId = await log.person()
    const before = await log.feed.page(userId, 0, 200)
    const refused = await log.import(userId, changed(change))
    assert.ok('errors' in refused, JSON.stringify(refused))
    const pointers = refused.errors?.map((error) => error.pointer) ?? []
    assert.ok(pointers.includes(pointer), `${pointer} is not among ${pointers}`)
    assert.equal(await log.feed.page(userId, 0, 200), before)
  })
}

const raw: readonly [what: string, text: string][] = [
  ['what is no JSON', '{'],
  ['a prototype', '{"__proto__": {"format": "repledger user 1", "events": []}}'],
  ['a million little events', `{"format":"repledger user 1","events":[${'{},'.repeat(999_999)}{}]}`],
  ['deep nesting', `{"format":"repledger user 1","events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['bytes that are no text', '\ud800'],
]

for (const [what, text] of raw) {
  imports(`refuses ${what}`, async () => {
    const bytes = what.startsWith('bytes') ? Buffer.from([0xff, 0xfe]) : Buffer.from(text)
    const refused = await log.imports.take(await log.person(), meta, bytes)
    assert.is('refusal' in refused && refused.refusal, 'invalid-fields')
  })
}

const meta = { actor: 'nobody', commandId: 'command', correlationId: 'request' }

imports('refuses an account that holds something, and a second live session', async () => {
  const userId = await log.person()
  await log.append(livedBy(userId, belongings.slice(0, 1)))
  assert.is(((await log.import(userId, document)) as { refusal: string }).refusal, 'not-empty')
})

imports('leaves the phone of an older client, and whatever opened the account elsewhere', async () => {
  const userId = await log.person()
  const old = changed((copy) => set(copy, 'UserRegistered', { phone: 'the one in the hall' }))
  assert.ok('events' in (await log.import(userId, old)))
  const { profile } = (await log.live(userId)) as { profile: { phone: unknown } }
  assert.is(profile.phone, null)
})

imports('goes on where it was cut off, though something was logged meanwhile, and is done once', async () => {
  const from = await log.person()
  const many = Array.from({ length: 1200 }, (_, index) => {
    const measurementId = `00000000-0000-4000-8000-00000000${String(1000 + index)}`
    const data = { ...measured, measurementId }
    return { stream: `measurement-${from}-${measurementId}`, subject: from, event: taken(data) }
  })
  await log.append(many)
  const long = await log.document(from)
  const bytes = Buffer.from(JSON.stringify(long))
  const userId = await log.person()
  let landed = 0
  const dying = log.importsBy({
    append: async (...asked) => {
      if (landed === 1) throw new Error('The power is cut.')
      landed += 1
      return log.events.append(...asked)
    },
  })
  const [cut] = await Promise.allSettled([dying.take(userId, meta, bytes)])
  assert.is(cut.status, 'rejected')
  const measurementId = '00000000-0000-4000-8000-000000009999'
  const late = { stream: `measurement-${userId}-${measurementId}`, subject: userId }
  await log.append([{ ...late, event: taken({ ...measured, measurementId }) }])
  const counts = await log.import(userId, long)
  assert.equal(counts, { events: 1200, exercises: 0, plans: 0, sessions: 0, measurements: 1200, goals: 0 })
  const { events } = (await log.document(userId)) as Document
  assert.is(events.length, 1 + 1200 + 1)
  assert.equal(await log.import(userId, long), counts)
  assert.is(((await log.document(userId)) as Document).events.length, events.length)
})

imports('takes one document of a person at a time', async () => {
  const userId = await log.person()
  const answers = await Promise.all([log.import(userId, document), log.import(userId, document)])
  const refusals = answers.map((answer) => ('refusal' in answer ? answer.refusal : 'none'))
  assert.equal(refusals.toSorted(), ['contended', 'none'])
})

const measured = {
  ...{ kind: 'resting-heart-rate', value: 52, unit: 'bpm', measuredAt: '2025-05-01T08:00:00.000Z' },
  ...{ timeZone: 'UTC', localDate: '2025-05-01' },
} as const
const taken = (data: typeof measured & { measurementId: string }) =>
  ({ type: 'MeasurementTaken', data }) as DomainEvent

imports.after(log.close)

imports.run()
