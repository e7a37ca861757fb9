import Type from 'typebox'
import type { Progress } from '../../application/audit.ts'
import { Problem } from './problem.ts'
import { type Route, route } from './route.ts'
import { OneOf } from './schemas.ts'

/** `behind`: the views are catching up with the log, so that reads would answer with the past. */
export type Readiness = 'ready' | 'starting' | 'behind' | 'draining'

const EXAMPLE = { phase: 'Rebuilding the views', done: 12_000, total: 100_000 }

const REASONS = {
  starting: 'The service is starting.',
  behind: 'The service is catching up with its log.',
}

const Health = Type.Object(
  { status: OneOf(['up', 'ready'], { description: 'That it is so.' }) },
  { title: 'Health' },
)

const NotReady = Type.Object(
  {
    status: OneOf(['starting', 'behind', 'draining'], { description: 'Why it is not ready.' }),
    progress: Type.Optional(
      Type.Object(
        {
          phase: Type.String({ description: 'What is being done.' }),
          done: Type.Integer({ description: 'How many events of it are done.' }),
          total: Type.Integer({ description: 'How many there are.' }),
        },
        { description: 'How far the start is.' },
      ),
    ),
  },
  { title: 'NotReady', examples: [{ status: 'starting', progress: EXAMPLE }] },
)

/**
 * Throws a 503 unless the service can answer a request of this method. While draining it can: nobody new is
 * let in, and who is in is served once more.
 */
export function demandReady(readiness: Readiness, method: string): void {
  if (readiness === 'ready' || readiness === 'draining') return
  if (readiness === 'behind' && method !== 'GET' && method !== 'HEAD') return
  throw new Problem('not-ready', REASONS[readiness])
}

export function healthRoutes(
  readiness: () => Readiness,
  progress: () => Progress | undefined = () => undefined,
): Route[] {
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
        answers: {
          200: { description: 'It is ready.', schema: Health },
          503: { description: 'It is not.', schema: NotReady, headers: ['retry-after'] },
        },
      },
      async () => {
        const status = readiness()
        if (status === 'ready') return { status: 200, body: { status } }
        const body = status === 'starting' ? { status, progress: progress() } : { status }
        return { status: 503, headers: { 'retry-after': '1' }, body }
      },
    )
  return [live('/livez'), live('/health/live'), ready('/readyz'), ready('/health/ready')]
}
