import type { Planned, Result } from 'autocannon'

export type Load = { answers: number; seconds: number }

/** What the generator itself took of one core in the rounds so far: near 1 it is what limits them. */
export const generator = { cpuSeconds: 0, seconds: 0, busiest: 0 }

/** Keeps so many connections busy with what `requestsOf` gives each of them; any failure ends it. */
export async function load(
  url: string,
  connections: number,
  seconds: number,
  requestsOf: (connection: number) => readonly Planned[],
): Promise<Load> {
  const { 'module.exports': autocannon } = await import('autocannon')
  let connection = 0
  const before = process.cpuUsage()
  const setupClient = (client: { setRequests: (requests: readonly Planned[]) => void }) =>
    client.setRequests(requestsOf(connection++))
  const result = await autocannon({ url, connections, duration: seconds, setupClient })
  const { user, system } = process.cpuUsage(before)
  generator.cpuSeconds += (user + system) / 1e6
  generator.seconds += result.duration
  generator.busiest = Math.max(generator.busiest, (user + system) / 1e6 / result.duration)
  const answers = result['2xx'] + result['3xx']
  const wrong = result['4xx'] + result['5xx'] + result.errors + result.timeouts
  if (wrong > 0) throw new Error(`of ${wrong + answers} requests ${wrong} failed: ${told(result)}`)
  return { answers, seconds: result.duration }
}

const told = (result: Result) =>
  (['4xx', '5xx', 'errors', 'timeouts'] as const).map((kind) => `${kind} ${result[kind]}`).join(', ')

/** One request, for what is not measured; undefined where it conflicts with what is there. */
export async function send(url: string, path: string, token: string, body?: unknown) {
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: headersOf(token),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (answer.status === 409) return undefined
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

export function headersOf(token: string): Record<string, string> {
  return { 'content-type': 'application/json', authorization: `Bearer ${token}` }
}
