import { rebuildViews } from '../src/adapters/sqlite/rebuild.ts'
import { masterKey } from '../test/support/writer.ts'
import { largeFiles, openLarge } from './large.ts'
import type { Row, Scale, Side } from './row.ts'
import { reading } from './sides-reading.ts'

function rebuilding(name: string, eventsOf: (scale: Scale) => number): Side {
  return {
    name,
    async open(scale) {
      const { dataDir } = largeFiles(eventsOf(scale))
      const { close, ...options } = openLarge(dataDir)
      const round = async () => {
        const began = performance.now()
        const { position } = rebuildViews({ ...options, ahead: { masterKey } })
        return (position * 1000) / (performance.now() - began)
      }
      return { round, close }
    },
  }
}

const whole = rebuilding('rebuild', ({ events }) => events)
const tenth = rebuilding('rebuild of a tenth', ({ events }) => Math.ceil(events / 10))
const more = { unit: ' events/s', better: 'more' } as const

export const rows: readonly Row[] = [
  {
    ...more,
    id: 'T5',
    name: 'rebuild all views, with unsealing / paged SELECT + JSON.parse',
    must: 0.1,
    goal: 0.2,
    sides: [whole, reading],
  },
  {
    ...more,
    id: 'T5b',
    name: 'rate of a rebuild / of one of a tenth of the events',
    must: 0.7,
    goal: 0.9,
    sides: [whole, tenth],
  },
]
