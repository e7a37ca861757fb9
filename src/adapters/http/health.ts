import Type from 'typebox'
import { Problem } from './problem.ts'
import { type Route, route } from './route.ts'
import { OneOf } from './schemas.ts'

/** `behind`: the views are catching up with the log, so that reads would answer with the past. */
export type Readiness = 'ready' | 'starting' | 'behind' | 'draining'

const REASONS = {
  starting: 'The service is starting.',
  behind: 'The service is catching up with its log.',
  draining: 'The service is going down.',
}

const Health = Type.Object(
  { status: OneOf(['up', 'ready'], { description: 'That it is so.' }) },
  { title: 'Health' },
)

/** Throws a 503 unless the service can answer a request of this method. */
export function demandReady(readiness: Readiness, method: string): void {
  if (readiness === 'ready') return
  if (readiness === 'behind' && method !== 'GET' && method !== 'HEAD') return
  throw new Problem('not-ready', REASONS[readiness])
}

export function healthRoutes(readiness: () => Readiness): Route[] {
  const live = (path: string) =>
    route(
      'GET',
      path,
      {
        summary: 'Does the process run?',
        tag: 'Operation',
        access: 'nobody',
        always: true,
        answers: { 200: { description: 'It runs.', schema: Health } },
      },
      async () => ({ status: 200, body: { status: 'up' } }),
    )
  const ready = (path: string) =>
    route(
      'GET',
      path,
      {
        summary: 'Is it ready to serve?',
        tag: 'Operation',
        access: 'nobody',
        always: true,
        answers: { 200: { description: 'It is ready.', schema: Health } },
      },
      async () => {
        demandReady(readiness(), 'GET')
        return { status: 200, body: { status: 'ready' } }
      },
    )
  return [live('/livez'), live('/health/live'), ready('/readyz'), ready('/health/ready')]
}
