import { availableParallelism } from 'node:os'
import { createFindings } from '../src/adapters/sqlite/findings.ts'
import { verifyChain } from '../src/adapters/sqlite/verify-chain.ts'
import { masterKey } from '../test/support/writer.ts'
import { largeFiles, openLarge } from './large.ts'
import type { Row, Side } from './row.ts'
import { reading } from './sides-reading.ts'

function verifying(name: string, opensBodies: boolean): Side {
  return {
    name,
    async open({ events: leastEvents }) {
      const { dataDir, events } = largeFiles(leastEvents)
      const { logDb: log, keys, close } = openLarge(dataDir)
      const round = async () => {
        const findings = createFindings()
        const began = performance.now()
        const opening = opensBodies ? { keys, masterKey } : { keys: undefined, masterKey: undefined }
        const helping = { threads: availableParallelism(), dataDir, masterKey: opening.masterKey }
        const range = { from: 1, to: events }
        const checked = verifyChain({ log, keys: opening.keys, ...range, findings, helping }).events
        if (findings.total() > 0 || checked !== events) throw new Error('the log is not as it was made')
        return (checked * 1000) / (performance.now() - began)
      }
      return { round, close }
    },
  }
}

export const rows: readonly Row[] = [
  {
    id: 'T4',
    name: 'verify the chain / paged SELECT + JSON.parse of the same events',
    unit: ' events/s',
    better: 'more',
    must: 0.6,
    goal: 0.8,
    sides: [verifying('verify', false), reading],
  },
  {
    id: 'T4 bodies',
    name: 'the same, every body opened and held against its schema',
    unit: ' events/s',
    better: 'more',
    sides: [verifying('verify', true), reading],
  },
]
