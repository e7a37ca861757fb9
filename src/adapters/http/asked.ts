import type { Command } from '../../application/event-log.ts'
import type { Caller, Request } from './route.ts'

/** A request as a use case sees it: whose it is, and what the client wants of its repetition and its base. */
export function askedBy(
  request: Pick<Request<undefined, undefined, undefined, 'user'>, 'metadata' | 'ifMatch' | 'idempotency'> & {
    caller: Caller
  },
): Command & { userId: string } {
  const { caller, metadata, ifMatch, idempotency } = request
  return {
    userId: caller.userId,
    metadata,
    ...(ifMatch !== undefined && { ifMatch }),
    ...(idempotency !== undefined && { idempotency }),
  }
}

/** The headers of an answer that shows one version of something, perhaps for the second time. */
export function versioned(version: number | string, replayed = false): Record<string, string> {
  return { etag: `${version}`, ...(replayed && { 'idempotency-replayed': 'true' }) }
}
