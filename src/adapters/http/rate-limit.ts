import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from './problem.ts'

/** Counts one request of a caller and gives the headers that say so; throws a 429 for one too many. */
export type Count = (caller: string) => Counted | Promise<Counted>
type Counted = Readonly<Record<string, string>>

const WINDOW_SECONDS = 60
const NONE = {}

export function createRateLimit(perMinute: number | 'off'): Count {
  if (perMinute === 'off') return () => NONE
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS })
  const policy = `"default";q=${perMinute};w=${WINDOW_SECONDS}`

  function headersOf({ remainingPoints, msBeforeNext }: RateLimiterRes) {
    const seconds = Math.ceil(msBeforeNext / 1000)
    return { ratelimit: `"default";r=${remainingPoints};t=${seconds}`, 'ratelimit-policy': policy }
  }

  return async (caller) => {
    try {
      return headersOf(await limiter.consume(caller))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
      const headers = { ...headersOf(error), 'retry-after': String(seconds) }
      throw new Problem('too-many-requests', `Try again in ${seconds} s.`, { headers })
    }
  }
}
