import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Body,
  createGuidedSession,
  type PlannedStep,
  type Reply,
  recordOf,
  START_MS,
  type Told,
} from './guided-session.ts'

export type Asked = { what: string; key: string | undefined; token: string; body: Body }
/** How a request goes wrong: before its work is done, behind it, half way, or answered by somebody else. */
export type Fault =
  | 'lost'
  | 'answer lost'
  | 'answer cut'
  | { status: number; headers?: Record<string, string>; body?: string }

const days = [
  { name: 'Upper', exercises: [{ name: 'Bench Press', sets: [{}, {}] }] },
  { name: 'Lower', exercises: [] },
]
export const plans = [
  { id: 'plan', number: 7, name: 'Upper Lower', days },
  { id: 'other', number: 8, name: 'Ups and Downs', days: [] },
]
const ok = (body: unknown): Reply => ({ status: 200, body })

/** A server of the guide's contract with one session: writes down what it is asked, and fails when told. */
export async function startGuideServer(planned: readonly PlannedStep[]) {
  let nowMs = START_MS
  const session = createGuidedSession(planned, () => nowMs)
  const asked: Asked[] = []
  const faults: { path: RegExp; fault: Fault; times: number }[] = []
  const kept = new Map<string, Reply>()
  const streams = new Set<ServerResponse>()
  const good = new Set(['secret'])
  let issued = 0
  let faster: Body | undefined

  function pair(): Reply {
    issued += 1
    good.add(`token-${issued}`)
    return ok({ accessToken: `token-${issued}`, expiresIn: 600, refreshToken: `again-${issued}` })
  }

  const routes = [
    ...loginRoutes(pair, () => issued),
    ...routesOf(session, () => {
      const set = faster
      faster = undefined
      return set
    }),
  ]

  function follow(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1\n\n')
    const after = request.headers['last-event-id']
    const missed = session.told.filter(({ id }) => id > Number(after))
    for (const message of after === undefined ? [session.snapshot()] : missed)
      response.write(written(message))
    if (session.told.length > 0 && !session.isLive()) return response.end()
    streams.add(response)
    return response.on('close', () => streams.delete(response))
  }
  session.listen((message) => {
    for (const stream of streams) stream.write(written(message))
    if (!session.isLive()) for (const stream of streams) stream.end()
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '', headers } = request
    const what = `${method} ${url}`
    let text = ''
    for await (const chunk of request) text += chunk
    const key = headers['idempotency-key'] as string | undefined
    const token = (headers.authorization ?? '').replace('Bearer ', '')
    const body = text === '' ? {} : (JSON.parse(text) as Body)
    asked.push({ what, key, token, body })
    const found = faults.find(({ path, times }) => times > 0 && path.test(what))
    const fault = found?.fault
    if (found !== undefined) found.times -= 1
    if (fault === 'lost') return request.socket.destroy()
    if (typeof fault === 'object') return response.writeHead(fault.status, fault.headers).end(fault.body)
    response.setHeader('date', new Date(nowMs).toUTCString())
    if (!url.startsWith('/v1/auth/') && !good.has(token)) return response.writeHead(401).end()
    if (url.endsWith('/stream')) return follow(request, response)
    const [pattern, act] = routes.find(([each]) => each.test(what)) ?? []
    const reply = kept.get(key ?? '') ??
      act?.(body, pattern?.exec(what)?.[1] ?? '') ?? { status: 404, body: {} }
    if (key !== undefined && reply.status < 400) kept.set(key, reply)
    if (fault === 'answer lost') return request.socket.destroy()
    if (fault === 'answer cut') {
      response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': '100' })
      return response.write('{', () => request.socket.destroy())
    }
    const etag = reply.version === undefined ? {} : { etag: `"${reply.version}"` }
    response.writeHead(reply.status, { 'content-type': 'application/json', ...etag })
    return response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
  }

  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...session,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** The next requests to such a path fail. */
    fail: (path: RegExp, fault: Fault, times = 1) => faults.push({ path, fault, times }),
    cut() {
      for (const stream of streams) stream.destroy()
    },
    /** Another device logs this set while the next one is on its way. */
    fasten(set: Body) {
      faster = set
    },
    /** Nothing comes over the streams any more, though they stay. */
    mute: () => streams.clear(),
    /** A refresh token that was given is good no longer. */
    spend() {
      issued += 1
    },
    /** The access tokens that were given are good no longer. */
    expire() {
      good.clear()
    },
    pass(milliseconds: number) {
      nowMs += milliseconds
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export type GuideServer = Awaited<ReturnType<typeof startGuideServer>>

function written({ id, event, data }: Told) {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

type Handler = readonly [pattern: RegExp, answer: (body: Body, id: string) => Reply]

function loginRoutes(pair: () => Reply, issued: () => number): Handler[] {
  return [
    [
      /^POST \/v1\/auth\/login$/,
      ({ password }) =>
        password === 'right' ? pair() : { status: 401, body: { detail: 'Wrong password.' } },
    ],
    [
      /^POST \/v1\/auth\/refresh$/,
      ({ refreshToken }) => (refreshToken === `again-${issued()}` ? pair() : { status: 401, body: {} }),
    ],
  ]
}

/** `takeFaster` gives the set that another device logs just before the one that arrives. */
function routesOf(
  session: ReturnType<typeof createGuidedSession>,
  takeFaster: () => Body | undefined,
): Handler[] {
  return [
    [/^GET \/v1\/me$/, () => ok({ firstName: 'Ann', units: 'metric' })],
    [/^GET \/v1\/plans\?limit=200$/, () => ok({ items: plans.slice(0, 1), next: 'a b' })],
    [/^GET \/v1\/plans\?limit=200&cursor=a\+b$/, () => ok({ items: plans.slice(1) })],
    [/^GET \/v1\/plans\/plan$/, () => ok(plans[0])],
    [
      /^GET \/v1\/sessions\/live$/,
      () => (session.isLive() ? ok(session.session()) : { status: 404, body: { detail: 'None.' } }),
    ],
    [/^POST \/v1\/sessions$/, (body) => session.change('start', body)],
    [/^GET \/v1\/sessions\/one$/, () => ok(session.session())],
    [/^GET \/v1\/sessions\/one\/guide$/, () => ok(session.guide())],
    [
      /^POST \/v1\/sessions\/one\/sets$/,
      (body) => {
        const set = takeFaster()
        if (set !== undefined) session.change('log', set)
        return session.change('log', body)
      },
    ],
    [/^DELETE \/v1\/sessions\/one\/sets\/(.+)$/, (body, id) => session.change('delete', body, id)],
    [/^POST \/v1\/sessions\/one\/guide\/(.+)$/, (body, id) => session.change(id, body)],
    [/^POST \/v1\/sessions\/one\/finish$/, (body) => session.change('finish', body)],
    [/^GET \/v1\/exercises\?.*q=chin/, () => ok({ items: [{ id: 'pull-up', name: 'Chin-Up' }] })],
    [/^GET \/v1\/exercises\?/, () => ok({ items: [] })],
    [/^GET \/v1\/exercises\/(.+)$/, (_, id) => ok({ id, name: id, metric: 'weight-reps' })],
    [
      /^GET \/v1\/statistics\/records\?.*=bench$/,
      () => ok({ items: [recordOf('one', 90), recordOf('another', 100)] }),
    ],
    [/^GET \/v1\/statistics\/records/, () => ok({ items: [] })],
  ]
}
