import type { IncomingHttpHeaders } from 'node:http'

/** A request that was answered: the route as it is declared, and no text of the client's. */
export type Answered = {
  method: string
  /** Undefined where nothing is declared. */
  route: string | undefined
  status: number
  /** Of a refusal or failure. */
  code: string | undefined
  /** Until the answer began, which of a stream is not its end. */
  milliseconds: number
  requestId: string
}

/** Goes round the answering of each request; `traceId` is the trace that it is a part of, in hex. */
export type Watch = (
  asked: { method: string; headers: IncomingHttpHeaders },
  answer: (traceId: string | undefined) => Promise<Answered>,
) => Promise<unknown>

const TRACE_PARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}$/

export const unwatched: Watch = (_, answer) => answer(undefined)

/** The trace that the client says it is in. */
export function traceIdOf({ traceparent }: IncomingHttpHeaders): string | undefined {
  return typeof traceparent === 'string' ? TRACE_PARENT.exec(traceparent)?.[1] : undefined
}
