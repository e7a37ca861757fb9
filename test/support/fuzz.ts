import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { askServer } from '../../src/adapters/control/client.ts'
import { contractOf, type Document, schemasOf } from './contract.ts'
import { createClient, curlOf, type Exchange, type Handout } from './fuzz-client.ts'
import { type Asked, anyRequest, type Operation, operationsOf } from './fuzz-requests.ts'
import { runProgram, startServer } from './process.ts'

type Wish = {
  requests: number
  seed: number
  /** Asked alone, such as `POST /v1/sessions`; unless told, all are. */
  only?: string
  isVerified?: boolean
}

/** How often each operation was asked, and with which statuses it answered. */
export type Answered = Map<string, Map<number, number>>

/**
 * Asks the real program what its OpenAPI document describes, rightly and wrongly. It never fails, answers as
 * documented, refuses a body that its schema does not allow, and stores nothing with a refusal.
 */
export async function fuzz({ requests, seed, only, isVerified = false }: Wish): Promise<Answered> {
  const dataDir = await mkdtemp(join(tmpdir(), 'repledger-fuzz-'))
  let complaints = ''
  // Behind a proxy, so that a request can say from where it comes.
  const env = { TRUST_PROXY_HOPS: '1', LOG_LEVEL: 'warn' }
  const server = await startServer(dataDir, env, undefined, (text) => (complaints += text))
  try {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document
    const operations = operationsOf(document)
    const client = await createClient(server.url, handoutOf(dataDir))
    const log = new Database(join(dataDir, 'log.db'), { readonly: true })
    const { hold, answered } = laws(document, log, client)
    const wanted = operations.filter(({ name }) => only === undefined || name === only)
    let failed: Exchange | undefined
    const property = fc.asyncProperty(anyRequest(document, wanted), async (asked) => {
      const exchange: { last?: Exchange } = {}
      try {
        await hold(asked, exchange)
        assert.not.match(complaints, 'request failed')
      } catch (error) {
        failed = exchange.last
        throw error
      }
    })
    const report = await fc.check(property, { numRuns: requests, seed, interruptAfterTimeLimit: 15 * 60_000 })
    client.end()
    log.close()
    if (report.failed) throw failureOf(report, seed, server.url, failed, complaints)
    return answered
  } finally {
    await server.stop('SIGTERM')
    const verified = isVerified ? await runProgram(dataDir, 'verify') : { code: 0, output: '' }
    await rm(dataDir, { recursive: true, force: true })
    assert.is(verified.code, 0, verified.output)
  }
}

function failureOf(
  report: fc.RunDetails<[Asked]>,
  seed: number,
  url: string,
  last: Exchange | undefined,
  complaints: string,
) {
  const { errorInstance: cause, numRuns, numShrinks } = report
  const where = `Seed ${seed}, request ${numRuns}, made smaller ${numShrinks} times`
  const line = last === undefined ? '' : curlOf(url, last.sent)
  return new Error(`${where}: ${(cause as Error)?.message}\n${line}\n${complaints.slice(-4000)}`, { cause })
}

function handoutOf(dataDir: string): Handout {
  async function told(command: string, given: object): Promise<Record<string, string>> {
    const reply = await askServer(dataDir, { command, arguments: given })
    assert.ok(reply !== undefined && 'answer' in reply, `${command}: ${JSON.stringify(reply)}`)
    return reply.answer as Record<string, string>
  }
  const operatorToken = async (scope: string) => (await told('token create', { name: 'fuzz', scope })).token
  return {
    operatorTokens: async () => ({
      audit: await operatorToken('audit'),
      metrics: await operatorToken('metrics'),
    }),
    resetTicket: async (person) => (await told('password-reset', { person })).ticket,
  }
}

type Client = Awaited<ReturnType<typeof createClient>>

function laws(document: Document, log: Database.Database, client: Client) {
  const position = log.prepare<[], number>('SELECT max(position) FROM events').pluck()
  const answers = log.prepare<[], number>('SELECT count(*) FROM idempotency').pluck()
  const stored = () => `${position.get()} events, ${answers.get()} kept answers`
  const conforms = contractOf(document)
  const fits = bodiesOf(document)
  const answered: Answered = new Map()

  function count({ name }: Operation, status: number) {
    const statuses = answered.get(name) ?? new Map<number, number>()
    answered.set(name, statuses.set(status, (statuses.get(status) ?? 0) + 1))
  }

  async function hold(asked: Asked, kept: { last?: Exchange }) {
    const { operation } = asked
    const ask = await client.prepare(asked)
    const before = stored()
    const exchange = await ask()
    const { sent, status, headers, body, value, who } = exchange
    kept.last = exchange
    const { method, target } = sent
    const where = `${who}: ${method} ${target} -> ${status} ${JSON.stringify(body).slice(0, 1500)}`
    // One check of everything at a time, and the one before may still be putting its things away.
    const isBusy = status === 503 && body.type === 'urn:repledger:problem:contended'
    assert.ok(status < 500 || (isBusy && operation.scheme === 'operator'), where)
    // A GET that makes something takes no HEAD.
    if (method !== 'HEAD' || status !== 405) conforms(method, target, { status, headers, body })
    if (status < 400 && value !== undefined && !operation.isClassic) assert.ok(fits(operation, value), where)
    const isReading = method === 'HEAD' || (method === 'GET' && !operation.statuses.includes(201))
    if (status >= 400 || isReading) assert.is(stored(), before, `${where} stored something`)
    if (status >= 400 && method !== 'HEAD') whole(exchange, where)
    if (method === 'HEAD' || status === 204 || status === 304) assert.is(body, '', where)
    if (status < 300 && operation.takesKey && headers['idempotency-replayed'] === undefined) {
      await sameAgain(exchange, where)
    }
    if (method === operation.method) count(operation, status)
  }

  /** A request that bore an Idempotency-Key does nothing more when it is sent again. */
  async function sameAgain({ sent, status, body }: Exchange, where: string) {
    if (!sent.headers['idempotency-key'] || sent.method === 'HEAD') return
    const before = stored()
    const again = await client.again(sent)
    assert.equal({ status: again.status, body: again.body }, { status, body }, `${where}, sent again`)
    assert.is(stored(), before, `${where} stored something when it was sent again`)
  }

  return { hold, answered }
}

/** Problem details that say all they must. */
function whole({ status, headers, body }: Exchange, where: string) {
  assert.is(headers['content-type'], 'application/problem+json; charset=utf-8', where)
  assert.is(body.status, status, where)
  assert.is(body.instance, headers['x-request-id'], where)
  for (const field of ['type', 'title', 'detail']) assert.ok(body[field]?.length > 0, where)
  if (status === 422) assert.ok(body.errors?.length > 0, where)
  if (status === 401) assert.ok(headers['www-authenticate'], where)
  if (status === 405) assert.ok(headers.allow, where)
}

/** Whether a body is one that the document allows; where none is described, any may come. */
function bodiesOf(document: Document) {
  const schemas = schemasOf(document)
  // Spaces around most texts are taken off before they are looked at.
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value), (_, inner) => (typeof inner === 'string' ? inner.trim() : inner))
  return ({ method, path, body, contentType }: Operation, value: unknown) => {
    if (body === undefined) return true
    const place = ['paths', path, method.toLowerCase(), 'requestBody', 'content', contentType, 'schema']
    return schemas.at(...place)?.(plain(value)) === true
  }
}

/** Operations that can succeed and never did. */
export function neverGood(answered: Answered): string[] {
  return [...answered].filter(([, statuses]) => goodOf(statuses) === 0).map(([name]) => name)
}

/** One line an operation: how often it was asked, the share of success, and every status. */
export function tableOf(answered: Answered): string[] {
  return [...answered]
    .toSorted(([, a], [, b]) => shareOf(a) - shareOf(b))
    .map(([name, statuses]) => {
      const each = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`)
      const percent = String(Math.round(shareOf(statuses) * 100)).padStart(3)
      return `${percent} % of ${sum(statuses)}  ${name}  ${each.join(', ')}`
    })
}

function shareOf(statuses: ReadonlyMap<number, number>): number {
  return goodOf(statuses) / (sum(statuses) || 1)
}

function goodOf(statuses: ReadonlyMap<number, number>): number {
  return [...statuses].reduce((total, [status, times]) => total + (status < 400 ? times : 0), 0)
}

function sum(statuses: ReadonlyMap<number, number>): number {
  return [...statuses.values()].reduce((total, times) => total + times, 0)
}
