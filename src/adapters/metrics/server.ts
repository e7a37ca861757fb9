import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Measuring } from './measuring.ts'

type Place = { metricsHost: string; metricsPort: number | undefined }

const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8'

export type MetricsServer = ReturnType<typeof createMetricsServer>

/** Shows the metrics on a port of their own, which nobody but the one who watches is to reach. */
export function createMetricsServer({ metricsHost, metricsPort }: Place, { begin, render }: Measuring) {
  const server = createServer(async (request, response) => {
    const { method, url } = request
    request.resume()
    if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is only GET /metrics.\n')
      return
    }
    const [status, type, text] = await render().then(
      (metrics) => [200, PROMETHEUS, metrics] as const,
      () => [500, 'text/plain', 'The metrics could not be read.\n'] as const,
    )
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  return {
    /** Nothing where no port is wanted. */
    async listen(): Promise<void> {
      if (metricsPort === undefined) return
      await begin()
      server.listen(metricsPort, metricsHost)
      await once(server, 'listening')
    },
    async close(): Promise<void> {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
