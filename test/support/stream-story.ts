import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Following, follow, type Json, type Received } from './event-client.ts'

export type Server = { url: string; token: string }

type Doing =
  | { what: 'set' | 'step' | 'skip' | 'swap' | 'adjust' | 'rest' | 'correct' | 'delete'; number: number }
  | { what: 'patch' | 'unplan' | 'many' | 'finish' | 'discard' | 'restore'; number: number }
  | { what: 'cut' | 'cut after' | 'come again'; number: number }

const doings = fc.oneof(
  { weight: 6, arbitrary: doing('step', 'set', 'skip', 'swap', 'adjust', 'rest', 'correct', 'delete') },
  { weight: 2, arbitrary: doing('patch', 'unplan', 'many') },
  { weight: 1, arbitrary: doing('finish', 'discard', 'restore') },
  { weight: 4, arbitrary: doing('cut', 'cut after', 'come again') },
)

function doing(...whats: Doing['what'][]): fc.Arbitrary<Doing> {
  return fc.record({ what: fc.constantFrom(...whats), number: fc.nat(3000) }) as fc.Arbitrary<Doing>
}

/**
 * Two clients follow one session whatever is done to it, one of them cut off again and again. Both are told
 * of the same versions in the same order, none lost, none twice, and what they know by that is how it stands.
 */
export async function tellStreamStory(server: () => Promise<Server>, { runs, seed }: Record<string, number>) {
  const { url, token } = await server()
  const post = postingTo(url, token)
  const live = await post('GET', '/v1/sessions/live')
  if (live.id !== undefined) await post('DELETE', `/v1/sessions/${live.id}`)
  const plan = (await post('POST', '/v1/plans', day)).id
  const property = fc.asyncProperty(fc.array(doings, { minLength: 10, maxLength: 30 }), async (all) => {
    const { id } = await post('POST', '/v1/sessions', { planId: plan, planDay: 0 })
    const path = `/v1/sessions/${id}`
    const stream = `${url}${path}/stream`
    const [steady, cutOff] = [clientOf(stream, token), clientOf(stream, token)]
    await Promise.all([steady.come(), cutOff.come()])
    await Promise.all([steady.reached(1), cutOff.reached(1)])
    for (const one of all) {
      if (one.what === 'cut') cutOff.following().cut()
      else if (one.what === 'cut after') cutOff.following().cutAfter(one.number + 1)
      else if (one.what === 'come again') await cutOff.come()
      else await act(post, path, one)
      await steady.come()
    }
    const { version } = await post('GET', path)
    await Promise.all([steady.reached(version), cutOff.reached(version)])
    const told = steady.received()
    assert.equal(
      told.map((message) => message.id),
      Array.from({ length: version }, (_, index) => index + 1),
    )
    assert.equal(cutOff.received(), told)
    const now = clientOf(stream, token)
    await now.reached(version)
    const { guide, status, finished } = (now.received()[0] as Received).data
    assert.equal(known(told), { ...partsOf(guide), status, finished })
    for (const client of [steady, cutOff, now]) client.following().cut()
    await post('DELETE', path)
  })
  await fc.assert(property, { numRuns: runs ?? 1, ...(seed !== undefined && { seed }), endOnFailure: true })
}

const parts = ['step', 'next', 'progress'] as const
const partsOf = (source: Json | null) =>
  Object.fromEntries(parts.map((part) => [part, source === null ? null : source[part]]))

/** What somebody knows who began with the snapshot and took in every change. */
function known([first, ...changes]: readonly Received[]): Json {
  const { guide, status, finished } = (first as Received).data
  const so: Json = { ...partsOf(guide), status, finished }
  for (const { data } of changes) {
    for (const part of parts) if (data[part] !== undefined) so[part] = data[part]
    Object.assign(so, { status: data.status, finished: data.finished })
  }
  return so
}

/** A client that comes back with the last id it has, for as long as there is something to come back to. */
function clientOf(stream: string, token: string) {
  let following: Following | undefined
  const before: Received[] = []
  const received = () => [...before, ...(following?.received ?? [])]

  async function come() {
    if (following !== undefined && !following.isOver()) return
    before.push(...(following?.received ?? []))
    const lastEventId = before.at(-1)?.id
    following = await follow(stream, { token, ...(lastEventId !== undefined && { lastEventId }) })
    assert.ok([200, 204].includes(following.status))
  }

  return {
    come,
    received,
    following: () => following as Following,
    async reached(version: number) {
      while ((received().at(-1)?.id ?? 0) < version) {
        await come()
        await following?.reached(version)
      }
    },
  }
}

export const day = {
  name: 'Day',
  days: [
    {
      name: 'One',
      exercises: [
        {
          exerciseId: 'barbell-back-squat',
          restSeconds: 90,
          supersetGroup: 1,
          sets: [{ reps: 5 }, { reps: 5 }],
        },
        {
          exerciseId: 'pull-up',
          restSeconds: 60,
          supersetGroup: 1,
          sets: [{ reps: 8 }, { reps: 8 }, { reps: 6 }],
        },
        { exerciseId: 'plank', sets: [{ durationSeconds: 60 }] },
      ],
    },
  ],
}
const exercises = ['barbell-back-squat', 'pull-up', 'plank']
const factsOf = (exerciseId: string): Json =>
  exerciseId === 'plank'
    ? { durationSeconds: 45 }
    : { reps: 5, ...(exerciseId === 'barbell-back-squat' && { weight: 100 }) }

type Post = ReturnType<typeof postingTo>

export function postingTo(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (method: string, path: string, body?: unknown): Promise<Json> => {
    const content = body === undefined ? null : JSON.stringify(body)
    const answer = await fetch(url + path, { method, headers, body: content })
    assert.ok(answer.status < 500, `${method} ${path} ${answer.status}`)
    const text = await answer.text()
    return text === '' ? {} : JSON.parse(text)
  }
}

/** Whether it is refused or not: what is asked hangs on where the session stands now. */
async function act(post: Post, path: string, { what, number }: Doing) {
  const session = await post('GET', path)
  const guide = await post('GET', `${path}/guide`)
  const sets: Json[] = session.exercises.flatMap((entry: Json) => entry.sets)
  const set = `${path}/sets/${sets[number % sets.length]?.id}`
  const other = exercises[number % exercises.length] as string
  const { id: stepId = '1', exerciseId = 'plank' } = guide.step ?? {}
  const lone = { exerciseId: other, ...factsOf(other) }
  const asked: Record<string, () => Promise<unknown>> = {
    set: () => post('POST', `${path}/sets`, lone),
    many: () => post('POST', `${path}/sets`, { sets: Array.from({ length: number % 50 }, () => lone) }),
    step: () => post('POST', `${path}/sets`, { stepId, ...factsOf(exerciseId) }),
    skip: () => post('POST', `${path}/guide/skip`, { stepId, whole: number % 3 === 0, reason: 'Tired.' }),
    swap: () => post('POST', `${path}/guide/swap`, { stepId, exerciseId: other }),
    adjust: () => post('POST', `${path}/guide/adjust`, { stepId, note: `Note ${number}.` }),
    rest: () => post('POST', `${path}/guide/rest`, { seconds: number % 2 === 0 ? 0 : number }),
    correct: () => post('PATCH', set, { notes: `Note ${number}.` }),
    delete: () => post('DELETE', set),
    patch: () => post('PATCH', path, { title: `Title ${number}.` }),
    unplan: () => post('PATCH', path, { planId: null }),
    finish: () => post('POST', `${path}/finish`, {}),
    discard: () => post('DELETE', path),
    restore: () => post('POST', `${path}/restore`),
  }
  await asked[what]?.()
}
