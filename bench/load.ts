import { Agent, request } from 'node:http'

export type Shot = { path: string; body?: unknown; token?: string }

/** Sends requests over so many connections for so long, one at a time on each; gives their latencies. */
export async function load(
  url: string,
  connections: number,
  milliseconds: number,
  next: (connection: number) => Promise<Shot> | Shot,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  const until = performance.now() + milliseconds
  const one = async (connection: number) => {
    while (performance.now() < until) {
      const shot = await next(connection)
      const started = performance.now()
      await send(agent, url, shot)
      latencies.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, connection) => one(connection)))
  agent.destroy()
  return latencies
}

/** Sends one request and gives what it answers; whatever is no success ends the run. */
export function send(agent: Agent, url: string, { path, body, token }: Shot) {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise<Record<string, ReturnType<typeof JSON.parse>>>((resolve, reject) => {
    const outgoing = request(`${url}${path}`, {
      agent,
      method: text === undefined ? 'GET' : 'POST',
      headers: {
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (answer) => {
      let received = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => {
        received += chunk
      })
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(JSON.parse(received))
        else reject(new Error(`${path}: ${answer.statusCode} ${received}`))
      })
    })
    outgoing.end(text)
  })
}
