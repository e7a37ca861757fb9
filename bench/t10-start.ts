import { masterKey } from '../test/support/writer.ts'
import { largeFiles } from './large.ts'
import { startOurs } from './program.ts'
import type { Row, Side } from './row.ts'

const start: Side = {
  name: 'start',
  async open({ events }) {
    const { dataDir } = largeFiles(events)
    const environment = { MASTER_KEY: masterKey.export().toString('hex') }
    const round = async () => {
      const began = performance.now()
      const server = await startOurs(environment, dataDir)
      while ((await fetch(`${server.url}/readyz`)).status !== 200);
      const seconds = (performance.now() - began) / 1000
      await server.stop('SIGTERM')
      return seconds
    }
    await round()
    return { round, close: () => {} }
  },
}

export const rows: readonly Row[] = [
  {
    id: 'T10',
    name: 'start to ready with a large log, views current, seconds',
    unit: ' s',
    better: 'less',
    must: 2,
    goal: 0.5,
    sides: [start],
  },
]
