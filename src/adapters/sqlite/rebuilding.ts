import { Worker } from 'node:worker_threads'
import type { OnProgress, RebuildReport } from '../../application/audit.ts'
import type { BuilderReport, BuilderSettings } from './builder.ts'

// A page is soon forgotten: without a bound its remains fill the memory before they are looked for.
const YOUNG_MEBIBYTES = 8
const RETRY_MILLISECONDS = 60_000

export type RebuildingParts = {
  settings: BuilderSettings
  /** Resolves once the writer and all readers use the newest file. */
  switchViews: () => Promise<void>
  onTrouble: (error: Error) => void
}

export type Rebuilding = {
  /** Builds the views anew while the old ones serve; whoever asks meanwhile waits for the same. */
  rebuild: (onProgress: OnProgress) => Promise<RebuildReport>
  /** The same without anybody who asked: trouble is told, and it is tried again later. */
  rebuildUntilDone: () => void
  /** Leaves what is built so far to the next time. */
  close: () => Promise<void>
}

/** Rebuilds the views of a live log, in a thread of its own. */
export function createRebuilding({ settings, switchViews, onTrouble }: RebuildingParts): Rebuilding {
  const watching = new Set<OnProgress>()
  let running: Promise<RebuildReport> | undefined
  let builder: Worker | undefined
  let retrying: NodeJS.Timeout | undefined
  let closed = false

  function build(): Promise<Extract<BuilderReport, { kind: 'built' }>> {
    const worker = new Worker(new URL('./builder.ts', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
    })
    builder = worker
    return new Promise((resolve, reject) => {
      worker.on('message', (report: BuilderReport) => {
        if (report.kind === 'progress') for (const onProgress of watching) onProgress(report.progress)
        else if (report.kind === 'built') resolve(report)
        else reject(Object.assign(new Error(report.failure.message), report.failure))
      })
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('The views were not built to the end.')))
    })
  }

  async function run(): Promise<RebuildReport> {
    for (;;) {
      try {
        const { built, usable } = await build()
        if (usable) await switchViews()
        return built
      } catch (error) {
        if (closed || (error as Error).name !== 'ViewsRemoved') throw error
      }
    }
  }

  async function rebuild(onProgress: OnProgress) {
    watching.add(onProgress)
    try {
      running ??= run().finally(() => {
        running = undefined
      })
      return await running
    } finally {
      watching.delete(onProgress)
    }
  }

  async function rebuildUntilDone() {
    try {
      for (const { kind, detail } of (await rebuild(() => {})).findings) {
        onTrouble(new Error(`A rebuild of the views found ${kind}: ${detail}`))
      }
    } catch (error) {
      if (closed) return
      onTrouble(error as Error)
      retrying = setTimeout(rebuildUntilDone, RETRY_MILLISECONDS)
    }
  }

  return {
    rebuild,
    rebuildUntilDone: () => void rebuildUntilDone(),
    async close() {
      closed = true
      clearTimeout(retrying)
      await builder?.terminate()
      await running?.catch(() => {})
    },
  }
}
