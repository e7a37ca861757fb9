import prometheus from 'prom-client'

export type Answered = {
  method: string
  route: string | undefined
  status: number
  code: string | undefined
  milliseconds: number
}

/** What one transaction of the writer carried out. */
export type Batch = { of: 'append' | 'vault' | 'alone'; commands: number; milliseconds: number }

/** What is only looked at when somebody asks. */
export type Sources = {
  /** The end of the log, and the last signed checkpoint. */
  head: () => Promise<{ position: number; checkpoint: { position: number } | null }>
  viewsPosition: () => number
  /** How many commands wait for the writer, or are with it. */
  waiting: () => number
  liveStreams: () => number
  freeBytes: () => number
}

export type Metrics = {
  answered: (answered: Answered) => void
  committed: (batch: Batch) => void
  /** The text of Prometheus' exposition format. */
  render: () => Promise<string>
}

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const BATCH_COMMANDS = [1, 2, 4, 8, 16, 32, 64]

/** No label holds anything of a user: routes as declared, statuses, codes of refusals. */
export function createMetrics(sources: () => Sources | undefined): Metrics {
  const register = new prometheus.Registry()
  const registers = [register]
  prometheus.collectDefaultMetrics({ register })
  const requests = new prometheus.Counter({
    name: 'repledger_http_requests_total',
    help: 'Requests answered, by route as declared and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestSeconds = new prometheus.Histogram({
    name: 'repledger_http_request_duration_seconds',
    help: 'Time until the answer began.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_SECONDS,
    registers,
  })
  const refusals = new prometheus.Counter({
    name: 'repledger_http_refusals_total',
    help: 'Requests refused or failed, by the code in the type of their problem details.',
    labelNames: ['code'],
    registers,
  })
  const batchCommands = new prometheus.Histogram({
    name: 'repledger_commit_commands',
    help: 'Commands that one transaction carried out.',
    labelNames: ['of'],
    buckets: BATCH_COMMANDS,
    registers,
  })
  const commitSeconds = new prometheus.Histogram({
    name: 'repledger_commit_duration_seconds',
    help: 'Time of one transaction, views and syncs to the disk included.',
    labelNames: ['of'],
    buckets: COMMIT_SECONDS,
    registers,
  })
  gauge('writer_waiting_commands', 'Commands that the writer has not answered yet.', ({ waiting }) =>
    waiting(),
  )
  gauge('live_streams', 'Open streams of live sessions.', ({ liveStreams }) => liveStreams())
  gauge('data_free_bytes', 'Room on the disk of DATA_DIR.', ({ freeBytes }) => freeBytes())
  gauge('log_position', 'Events in the log.', async ({ head }) => (await head()).position)
  gauge('unsigned_events', 'Events behind the last signed checkpoint.', async ({ head }) => {
    const { position, checkpoint } = await head()
    return position - (checkpoint?.position ?? 0)
  })
  gauge('view_lag_events', 'Events in the log that the views lack.', async ({ head, viewsPosition }) => {
    const reached = viewsPosition()
    return Math.max(0, (await head()).position - reached)
  })

  function gauge(name: string, help: string, read: (sources: Sources) => number | Promise<number>) {
    new prometheus.Gauge({
      ...{ name: `repledger_${name}`, help, registers },
      async collect() {
        const opened = sources()
        // Absent rather than nought before the start is over.
        if (opened === undefined) this.remove()
        else this.set(await read(opened))
      },
    })
  }

  return {
    answered({ method, route = 'none', status, code, milliseconds }) {
      requests.inc({ method, route, status })
      requestSeconds.observe({ method, route }, milliseconds / 1000)
      if (code !== undefined) refusals.inc({ code })
    },
    committed({ of, commands, milliseconds }) {
      batchCommands.observe({ of }, commands)
      commitSeconds.observe({ of }, milliseconds / 1000)
    },
    render: () => register.metrics(),
  }
}
