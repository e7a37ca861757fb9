import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { formsOf } from './canaries.ts'
import { root } from './sources.ts'

type Json = Record<string, ReturnType<typeof JSON.parse>>
type Sent = {
  body?: unknown
  raw?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  token?: string
}
export type Asking = ReturnType<typeof askingAt>
export type Told = { asked: string; status: number; headers: string; body: string }
export type Listened = Awaited<ReturnType<typeof listenTo>>

/** One of a kind, and known again wherever it turns up. */
export const canary = (what: string) => `${hash('sha256', what).slice(0, 12)}.${what}`

/** Sends as a client does, and keeps every answer. */
export function askingAt(url: string) {
  const told: Told[] = []
  async function ask(method: string, path: string, { body, raw, headers, token }: Sent = {}) {
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...((body ?? raw) !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...((body ?? raw) !== undefined && { body: raw ?? JSON.stringify(body) }),
    })
    const text = await answer.text()
    const type = answer.headers.get('content-type') ?? ''
    const shown = [...answer.headers].map((pair) => pair.join(': ')).join('\n')
    told.push({ asked: `${method} ${path}`, status: answer.status, headers: shown, body: text })
    return {
      status: answer.status,
      json: (/[/+]json/.test(type) && text !== '' ? JSON.parse(text) : {}) as Json,
    }
  }

  /** Sends bytes that are no request, and keeps what comes back. */
  async function send(text: string) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
    socket.write(text)
    socket.setTimeout(5000, () => socket.destroy())
    let body = ''
    socket.on('data', (more) => (body += more)).on('error', () => {})
    await once(socket, 'close')
    told.push({ asked: 'bytes', status: Number(body.split(' ')[1]), headers: '', body })
  }

  return { url, ask, send, told }
}

/** The real program in a process of its own, as talkative as it can be; keeps all that it says. */
export async function listenTo(dataDir: string, env: Record<string, string> = {}) {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    env: {
      ...{ PATH, NODE_COMPILE_CACHE, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir },
      ...{ LOG_LEVEL: 'trace', RATE_LIMIT: 'off', ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const { promise: url, resolve, reject } = Promise.withResolvers<string>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, address] = / answers at (\S+)/.exec(said) ?? []
      if (address !== undefined) resolve(address)
    })
  }
  const closed = once(child, 'close')
  void closed.then(() => reject(new Error(`The server ended: ${said}`)))
  return {
    url: await url,
    processId: child.pid as number,
    said: () => said,
    async stop(signal: 'SIGTERM' | 'SIGKILL') {
      child.kill(signal)
      return (await closed)[0] as number | null
    },
  }
}

/** The forms in which a request can be broken around what is secret in it. */
export function brokenBodies(secret: string): Sent[] {
  const text = JSON.stringify({ email: 'broken@example.org', password: secret, refreshToken: secret })
  return [
    { raw: text.slice(0, -5) },
    { raw: `${secret}${text}` },
    { raw: `{"password": ${secret}}` },
    { raw: `[${text}]` },
    { raw: text, headers: { 'content-type': 'text/plain' } },
    { raw: `password=${secret}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { raw: text, headers: { 'content-type': `application/json; charset=${secret}` } },
    { raw: text, headers: { 'content-encoding': 'gzip' } },
    { raw: text, headers: { 'content-encoding': secret } },
    { raw: Buffer.from(text.replace('broken', '\xff'), 'latin1') },
    { body: { password: [secret], email: { secret }, refreshToken: 1, id: [secret] } },
    { body: { password: secret, email: secret, id: secret, refreshToken: secret.repeat(20), units: secret } },
    { body: { password: secret.repeat(20), email: `${secret}@`, firstName: [secret], timeZone: secret } },
    { body: { password: secret, newPassword: secret, currentPassword: [secret], ticket: [secret] } },
    { body: { name: secret, scopes: [secret], expiresAt: secret, startedAt: secret, planId: secret } },
    { body: { kind: secret, value: secret, unit: secret, exerciseId: secret, weightUnit: secret } },
  ]
}

/** Which of these secrets turn up in a text, in any form that it could have there. */
export function found(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const bytes = Buffer.from(text)
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => bytes.includes(form)) ? [name] : [],
  )
}

/** The answers that refuse something and yet hold one of these secrets, in their body or a header. */
export function repeatedIn(told: readonly Told[], secrets: Readonly<Record<string, string>>): string[] {
  return told
    .filter(({ status }) => !(status < 400))
    .flatMap(({ asked, status, headers, body }) =>
      found(`${headers}\n${body}`, secrets).map((name) => `${asked}: ${status} ${name}`),
    )
}
