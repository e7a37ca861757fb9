import type { Answered, Batch, Metrics, Sources } from './metrics.ts'

export type Measuring = ReturnType<typeof createMeasuring>

/** Counts nothing until somebody wants to know, and loads nothing for it. */
export function createMeasuring() {
  let metrics: Metrics | undefined
  let sources: Sources | undefined

  async function begin(): Promise<Metrics> {
    const { createMetrics } = await import('./metrics.ts')
    metrics ??= createMetrics(() => sources)
    return metrics
  }

  return {
    begin,
    /** The metrics as text; counted since `begin`, or since this was first asked. */
    async render(): Promise<string> {
      const { render } = await begin()
      return render()
    },
    answered: (answered: Answered) => metrics?.answered(answered),
    committed: (batch: Batch) => metrics?.committed(batch),
    /** What there is to look at once the service is open. */
    lookAt(opened: Sources) {
      sources = opened
    },
  }
}
