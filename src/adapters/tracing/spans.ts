import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { Act, EventLog } from '../../application/event-log.ts'
import { isRefusal } from '../../domain/refusal.ts'

type Asked = { method: string; headers: object }
type Answered = {
  route: string | undefined
  status: number
  code: string | undefined
  requestId: string
}
type Queries = Record<string, (...asked: never[]) => unknown>

const tracer = trace.getTracer('repledger')

/** Answers a request in a span that goes on with the trace of the client, where anybody keeps spans. */
export function requestSpan<A extends Answered>(
  { method, headers }: Asked,
  answer: (traceId: string | undefined) => Promise<A>,
): Promise<A> {
  const active = context.active()
  // Where Node's own server is watched as well, its span is there and has read the headers.
  const parent = trace.getSpan(active) === undefined ? propagation.extract(active, headers) : active
  const attributes = { 'http.request.method': method }
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent)
  const spanContext = span.spanContext()
  if (!isSpanContextValid(spanContext)) return answer(undefined)
  return context.with(trace.setSpan(parent, span), () =>
    ending(span, answer(spanContext.traceId), ({ route, status, code, requestId }) => {
      if (route !== undefined) span.updateName(`${method} ${route}`)
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      return {
        'http.response.status_code': status,
        ...(route && { 'http.route': route }),
        ...(code && { 'error.type': code }),
        'repledger.request_id': requestId,
      }
    }),
  )
}

/** A command is a span named for the kinds of streams that it may change. */
export function tracedAct(act: Act): Act {
  return (command, targets, outcome) => {
    if (!isKept()) return act(command, targets, outcome)
    return inSpan(
      `command ${kindsOf(targets)}`,
      () => act(command, targets, outcome),
      (acted) =>
        isRefusal(acted) ? { 'error.type': acted.refusal } : { 'repledger.replayed': acted.replayed },
    )
  }
}

/** An append is a span from the wish to the answer after both commits. */
export function tracedLog(log: EventLog): EventLog {
  return {
    ...log,
    append(appends, metadata, remember) {
      if (!isKept()) return log.append(appends, metadata, remember)
      return inSpan(
        `append ${kindsOf(appends)}`,
        () => log.append(appends, metadata, remember),
        (appended) => ({
          'repledger.event_types': appends.flatMap(({ events }) => events.map(({ type }) => type)),
          ...('lastPosition' in appended && { 'repledger.position': appended.lastPosition }),
          ...('conflict' in appended && { 'error.type': 'version-conflict' }),
          ...(isRefusal(appended) && { 'error.type': appended.refusal }),
        }),
      )
    },
  }
}

/** Each question to a view is a span. */
export function tracedReads<R extends Record<string, object>>(reads: R): R {
  const traced = Object.entries(reads).map(([view, queries]) => [
    view,
    Object.fromEntries(
      Object.entries(queries as Queries).map(([name, query]) => [
        name,
        (...asked: never[]) =>
          isKept() ? inSpan(`view ${view}.${name}`, () => query(...asked)) : query(...asked),
      ]),
    ),
  ])
  return Object.fromEntries(traced)
}

/** Asked first, so that nothing is made where no span is kept: that is nearly always so. */
function isKept(): boolean {
  return trace.getActiveSpan()?.isRecording() === true
}

function inSpan<T>(name: string, work: () => T, tell?: (result: Awaited<T>) => Attributes): T {
  return tracer.startActiveSpan(name, (span) => {
    const result = work()
    if (result instanceof Promise) return ending(span, result, tell) as T
    span.end()
    return result
  })
}

async function ending<T>(span: Span, working: Promise<T>, tell?: (result: T) => Attributes): Promise<T> {
  try {
    const result = await working
    if (tell !== undefined) span.setAttributes(tell(result))
    return result
  } catch (error) {
    span.recordException(error as Error)
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    span.end()
  }
}

/** What stands before the id in the names of the streams. */
function kindsOf(streams: readonly { stream: string }[]): string {
  return [...new Set(streams.map(({ stream }) => stream.split('-', 1)[0]))].join(' ')
}
