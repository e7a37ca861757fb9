import { Worker } from 'node:worker_threads'
import type { Verifying, VerifyReport } from '../../application/audit.ts'
import { refuse } from '../../domain/refusal.ts'
import type { VerifyJob, VerifyMessage } from './verify-thread.ts'

/** Verifies in a thread of its own, while the server goes on; one at a time. */
export function createVerifying(files: Pick<VerifyJob, 'dataDir' | 'masterKey' | 'masterKeyFile'>) {
  let running: Worker | undefined

  const verifying: Verifying = {
    start(range, onProgress) {
      if (running !== undefined) {
        return refuse('contended', 'The log is being verified already; try again when that is done.')
      }
      const { promise: report, resolve, reject } = Promise.withResolvers<VerifyReport | undefined>()
      const workerData: VerifyJob = { ...files, ...range }
      const worker = new Worker(new URL('./verify-thread.ts', import.meta.url), { workerData })
      let found: VerifyReport | undefined
      running = worker
      worker.on('message', (message: VerifyMessage) => {
        if ('progress' in message) onProgress(message.progress)
        else found = message.report
      })
      worker.on('error', reject)
      worker.on('exit', () => {
        running = undefined
        // Only now, so that whoever has a report may ask for the next.
        resolve(found)
      })
      return { report, stop: () => void worker.terminate() }
    },
  }

  return {
    verifying,
    async close() {
      await running?.terminate()
    },
  }
}
