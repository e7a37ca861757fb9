import { statfsSync } from 'node:fs'
import type { Watch } from './http/watching.ts'
import { createMeasuring, type Measuring } from './metrics/measuring.ts'
import { createMetricsServer } from './metrics/server.ts'
import { type Make, the } from './parts.ts'
import { requestSpan } from './tracing/spans.ts'

export function makeObserving(make: Make) {
  make(the.measuring, [], createMeasuring)
  make(the.metricsServer, [the.settings, the.measuring], (settings, measuring) =>
    createMetricsServer(settings, measuring),
  )
  make(
    the.observed,
    [the.measuring, the.settings, the.storage, the.views, the.streaming],
    async (measuring, { dataDir }, { head, waiting }, views, streaming) => {
      measuring.lookAt({
        head,
        viewsPosition: views.position,
        waiting,
        liveStreams: () => streaming.count().streams,
        freeBytes: () => {
          const { bavail, bsize } = statfsSync(dataDir)
          return bavail * bsize
        },
      })
      return measuring
    },
  )
}

/** Each request is a span, and is counted. */
export function watching({ answered }: Measuring): Watch {
  return async (asked, answer) => answered(await requestSpan(asked, answer))
}
