import type { KeyObject } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '../../application/audit.ts'
import { views } from './all-views.ts'
import { DuplicateKey } from './duplicate.ts'
import { openLog } from './log-file.ts'
import { type Built, rebuildBeside } from './rebuild-beside.ts'
import { yieldToOthers } from './thread-priority.ts'
import { createKeyring, openVault } from './vault.ts'

export type BuilderSettings = { dataDir: string; masterKey: KeyObject; reserveBytes: number }

export type BuilderReport =
  | { kind: 'progress'; progress: Progress }
  /** Ready to be switched to, unless a duplicate forbids it. */
  | { kind: 'built'; built: Built; usable: boolean }
  | { kind: 'failed'; failure: { name: string; message: string; code?: string } }

if (parentPort === null) throw new Error('This runs as a worker thread.')
const port = parentPort
const { dataDir, masterKey, reserveBytes }: BuilderSettings = workerData
const pausing = !yieldToOthers()
let rested = performance.now()

const log = openLog(dataDir, { readonly: true })
const vault = openVault(dataDir, { readonly: true })
try {
  const keys = createKeyring(vault, masterKey, log)
  const onProgress = (progress: Progress) => report({ kind: 'progress', progress })
  const built = rebuildBeside({ dataDir, logDb: log, keys, views, onProgress, rest, reserveBytes })
  report({ kind: 'built', built, usable: true })
} catch (error) {
  if (error instanceof DuplicateKey) {
    const { position, stream, message: detail } = error
    const built = {
      events: position,
      findings: [{ kind: 'view-differs', position, stream, detail } as const],
    }
    report({ kind: 'built', built, usable: false })
  } else {
    const { name, message, code } = error as Error & { code?: string }
    report({ kind: 'failed', failure: { name, message, ...(code !== undefined && { code }) } })
  }
} finally {
  log.close()
  vault.close()
}

/** Where it cannot let others go first, this thread rests as long as it works. */
function rest() {
  if (pausing) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, performance.now() - rested)
  rested = performance.now()
}

function report(message: BuilderReport) {
  port.postMessage(message)
}
