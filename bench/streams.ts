import { type Measured, measureStreams } from '../test/support/many-streams.ts'
import { startOurs } from './program.ts'
import type { Row, Side } from './row.ts'

const STREAMS = 1000

const following = (name: string, of: (measured: Measured) => number): Side => ({
  name,
  async open() {
    const round = async () => {
      const server = await startOurs()
      try {
        return of(await measureStreams(server, STREAMS))
      } finally {
        await server.end()
      }
    }
    return { round, close: () => {} }
  },
})

const lateStep = ({ latencies }: Measured) =>
  latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] as number
const less = { better: 'less', rounds: 1 } as const

export const rows: readonly Row[] = [
  {
    ...less,
    id: 'streams',
    name: 'p99 until 1,000 open streams have a step, milliseconds',
    unit: ' ms',
    sides: [following('step', lateStep)],
  },
  {
    ...less,
    id: 'streams KB',
    name: 'memory of an open stream, KB',
    unit: ' KB',
    sides: [following('stream', ({ kilobytesAStream }) => kilobytesAStream)],
  },
]
