import Type from 'typebox'
import { type Route, route } from './route.ts'

const Metrics = Type.String({
  title: 'Metrics',
  description: 'Counters, gauges and histograms in the text format of Prometheus.',
  examples: ['repledger_log_position 171\n'],
})

/** For whoever watches from elsewhere; METRICS_PORT shows the same to those who are near. */
export function metricsRoute(render: () => Promise<string>): Route {
  return route(
    'GET',
    '/metrics',
    {
      summary: 'What the service does, in numbers',
      description:
        'Says nothing about anybody. Requests and commits are counted from the first time that this is ' +
        'asked, or from the start where `METRICS_PORT` is set.',
      tag: 'Operation',
      access: 'operator',
      scope: 'metrics',
      answers: {
        200: {
          description: 'As Prometheus reads it.',
          schema: Metrics,
          contentType: 'text/plain',
          headers: ['cache-control'],
        },
      },
    },
    async () => ({
      status: 200,
      body: await render(),
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    }),
  )
}
