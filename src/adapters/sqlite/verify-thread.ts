import { parentPort, workerData } from 'node:worker_threads'
import type { Progress, VerifyReport } from '../../application/audit.ts'
import { views } from './all-views.ts'
import type { MasterKeySource } from './master-key.ts'
import { yieldToOthers } from './thread-priority.ts'
import { verifyData } from './verify.ts'

export type VerifyJob = MasterKeySource & { dataDir: string; from?: number; to?: number }
export type VerifyMessage = { progress: Progress } | { report: VerifyReport }

const TOLD_EVERY_MILLISECONDS = 200

if (parentPort === null) throw new Error('This runs as a worker thread.')
const port = parentPort
const job: VerifyJob = workerData
let toldAt = Number.NEGATIVE_INFINITY

yieldToOthers()
const report = verifyData({ ...job, views, onProgress: tell })
port.postMessage({ report } satisfies VerifyMessage)

function tell(progress: Progress) {
  if (performance.now() - toldAt < TOLD_EVERY_MILLISECONDS && progress.done < progress.total) return
  toldAt = performance.now()
  port.postMessage({ progress } satisfies VerifyMessage)
}
