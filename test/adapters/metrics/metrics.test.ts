import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createMeasuring } from '../../../src/adapters/metrics/measuring.ts'
import type { Sources } from '../../../src/adapters/metrics/metrics.ts'

const test = suite('metrics')

const opened: Sources = {
  head: async () => ({ position: 1200, checkpoint: { position: 1000 } }),
  viewsPosition: () => 1199,
  waiting: () => 3,
  liveStreams: () => 2,
  freeBytes: () => 4096,
}
const set = { method: 'POST', route: '/v1/sessions/{id}/sets', status: 201, code: undefined, milliseconds: 4 }

/** What is shown of our own under each name, without the buckets. */
async function shown({ render }: ReturnType<typeof createMeasuring>) {
  const lines = (await render()).split('\n').filter((line) => line.startsWith('repledger_'))
  return Object.fromEntries(
    lines
      .filter((line) => !line.includes('_bucket{'))
      .map((line) => {
        const [name, value] = line.split(/ (?=\S+$)/)
        return [name?.replace('repledger_', ''), Number(value)]
      }),
  )
}

test('tell requests by route and status, refusals by code, transactions by what they carried', async () => {
  const measuring = createMeasuring()
  await measuring.begin()
  measuring.answered(set)
  measuring.answered({ ...set, status: 409, code: 'session-not-active', milliseconds: 6 })
  measuring.answered({ ...set, method: 'GET', route: undefined, status: 404, code: 'unknown-path' })
  measuring.committed({ of: 'append', commands: 5, milliseconds: 2 })
  measuring.committed({ of: 'append', commands: 1, milliseconds: 1 })
  const route = 'route="/v1/sessions/{id}/sets"'
  assert.equal(await shown(measuring), {
    [`http_requests_total{method="POST",${route},status="201"}`]: 1,
    [`http_requests_total{method="POST",${route},status="409"}`]: 1,
    'http_requests_total{method="GET",route="none",status="404"}': 1,
    [`http_request_duration_seconds_sum{method="POST",${route}}`]: 0.01,
    [`http_request_duration_seconds_count{method="POST",${route}}`]: 2,
    'http_request_duration_seconds_sum{method="GET",route="none"}': 0.004,
    'http_request_duration_seconds_count{method="GET",route="none"}': 1,
    'http_refusals_total{code="session-not-active"}': 1,
    'http_refusals_total{code="unknown-path"}': 1,
    'commit_commands_sum{of="append"}': 6,
    'commit_commands_count{of="append"}': 2,
    'commit_duration_seconds_sum{of="append"}': 0.003,
    'commit_duration_seconds_count{of="append"}': 2,
  })
})

test('look at what is open only when asked, and show nothing of it before', async () => {
  const measuring = createMeasuring()
  assert.equal(await shown(measuring), {})
  measuring.lookAt(opened)
  assert.equal(await shown(measuring), {
    log_position: 1200,
    unsigned_events: 200,
    view_lag_events: 1,
    writer_waiting_commands: 3,
    live_streams: 2,
    data_free_bytes: 4096,
  })
  measuring.lookAt({
    ...opened,
    head: async () => ({ position: 7, checkpoint: null }),
    viewsPosition: () => 8,
  })
  const { unsigned_events, view_lag_events } = await shown(measuring)
  assert.equal([unsigned_events, view_lag_events], [7, 0])
})

test('count from when somebody first asks, and show the process as well', async () => {
  const measuring = createMeasuring()
  measuring.answered(set)
  measuring.committed({ of: 'vault', commands: 1, milliseconds: 1 })
  assert.match(await measuring.render(), /^process_resident_memory_bytes \d+$/m)
  measuring.answered(set)
  const counts = Object.values(await shown(measuring))
  assert.equal(counts, [1, 0.004, 1])
})

test.run()
