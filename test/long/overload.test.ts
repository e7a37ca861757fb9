import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Answered, openPipe } from '../support/pipelining.ts'
import { type ServerProcess, startServer } from '../support/process.ts'

const test = suite('overload')

const PEOPLE = 16
const PIPES = 64
const KEPT_IN_FLIGHT = 8
const RATE_SECONDS = 2
const OVERLOAD_SECONDS = 5
const TIMES_TOO_MUCH = 4
const TICK_MS = 10
const CALM_REQUESTS = 300

type Person = { token: string; acknowledged: Set<string> }

const dataDir = mkdtempSync(join(tmpdir(), 'repledger-'))
const ends: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
test.after(async () => {
  for (const end of ends.toReversed()) await end()
})

async function register(url: string, number: number): Promise<Person> {
  const account = { email: `o${number}@example.com`, password: 'a long enough phrase', firstName: 'Bo' }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(account)
  const answer = await fetch(`${url}/v1/auth/register`, { method: 'POST', headers, body })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  return { token: accessToken, acknowledged: new Set() }
}

/** Measurements, each of an id of its own; those that were acknowledged are kept in mind. */
function measuring(url: string, people: readonly Person[]) {
  const pipes = Array.from({ length: PIPES }, (_, index) => {
    const person = people[index % people.length] as Person
    const pipe = openPipe(url, person.token)
    ends.push(pipe.close)
    return async (): Promise<Answered> => {
      const id = randomUUID()
      const answered = await pipe.post(
        '/v1/measurements',
        JSON.stringify({ id, kind: 'waist', value: 80, unit: 'cm' }),
      )
      if (answered.status === 201) person.acknowledged.add(id)
      return answered
    }
  })
  return pipes
}

/** How many are answered in a second where each waits for an answer before it asks again. */
async function rateOf(pipes: readonly (() => Promise<Answered>)[]): Promise<number> {
  const until = performance.now() + RATE_SECONDS * 1000
  let answers = 0
  const asking = pipes.flatMap((ask) =>
    Array.from({ length: KEPT_IN_FLIGHT }, async () => {
      while (performance.now() < until) {
        assert.is((await ask()).status, 201)
        answers += 1
      }
    }),
  )
  await Promise.all(asking)
  return answers / RATE_SECONDS
}

async function inTurn(ask: () => Promise<Answered>) {
  const all: Answered[] = []
  while (all.length < CALM_REQUESTS) all.push(await ask())
  return all
}

/** So many requests in a second, whatever becomes of those before. */
async function flood(pipes: readonly (() => Promise<Answered>)[], rate: number) {
  const asked: Promise<Answered>[] = []
  const began = performance.now()
  for (let passed = 0; passed < OVERLOAD_SECONDS * 1000; passed = performance.now() - began) {
    while (asked.length < (passed * rate) / 1000) {
      asked.push((pipes[asked.length % pipes.length] as () => Promise<Answered>)())
    }
    await pause(TICK_MS)
  }
  const ended = performance.now()
  const answers = await Promise.all(asked)
  return { answers, drainedMs: performance.now() - ended }
}

async function idsOf(url: string, { token }: Person): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let cursor = ''; ; ) {
    const answer = await fetch(`${url}/v1/measurements?limit=200${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { items, next } = (await answer.json()) as { items: { id: string }[]; next?: string }
    for (const { id } of items) ids.add(id)
    if (next === undefined) return ids
    cursor = `&cursor=${encodeURIComponent(next)}`
  }
}

const p99 = (all: readonly Answered[]) =>
  all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[Math.floor(all.length * 0.99)] as number

async function started(): Promise<ServerProcess> {
  const server = await startServer(dataDir, { LOG_LEVEL: 'error' })
  ends.push(() => server.stop('SIGKILL'))
  return server
}

test('is refused, reading goes on, and nothing that was acknowledged is lost', async () => {
  const server = await started()
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, number) => register(server.url, number)),
  )
  const [reader] = people as [Person, ...Person[]]
  const pipes = measuring(server.url, people)
  const [calmPipe] = pipes as [() => Promise<Answered>, ...(() => Promise<Answered>)[]]
  const rate = await rateOf(pipes)
  const before = await inTurn(calmPipe)

  let isOver = false
  const reads: number[] = []
  const reading = (async () => {
    while (!isOver) {
      const headers = { authorization: `Bearer ${reader.token}` }
      const answer = await fetch(`${server.url}/v1/statistics`, { headers })
      await answer.arrayBuffer()
      reads.push(answer.status)
    }
  })()
  const { answers, drainedMs } = await flood(pipes, rate * TIMES_TOO_MUCH)
  const after = await inTurn(calmPipe)
  isOver = true
  await reading

  const statuses = Map.groupBy(answers, ({ status }) => status)
  assert.equal([...statuses.keys()].sort(), [201, 503])
  const refused = statuses.get(503) as Answered[]
  assert.equal(
    refused.filter(({ head }) => !/\nretry-after: 1\b/i.test(head)),
    [],
  )
  const taken = p99(statuses.get(201) as Answered[]).toFixed(0)
  assert.equal(new Set(reads), new Set([200]))
  assert.equal(new Set(after.map(({ status }) => status)), new Set([201]))
  const told = [
    `# ${Math.round(rate)} a second can be answered; of ${answers.length} ${refused.length} were refused`,
    `# the last answer came ${drainedMs.toFixed(0)} ms late, 99 % of what was taken within ${taken} ms`,
    `# p99 in turn ${p99(before).toFixed(1)} ms before and ${p99(after).toFixed(1)} ms after`,
  ]
  console.log(`\n${told.join('\n')}`)

  await server.stop('SIGKILL')
  const { url } = await started()
  for (const person of people) assert.equal(await idsOf(url, person), person.acknowledged)
})

test.run()
