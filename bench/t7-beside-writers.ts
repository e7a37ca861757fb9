import { Worker } from 'node:worker_threads'
import { history } from './history.ts'
import type { Row, Scale, Side } from './row.ts'

/** Milliseconds that 99 of 100 answers of statistics take at most, asked one after the other. */
function answered(name: string, work: (seconds: number) => Promise<unknown>): Side {
  return {
    name,
    async open({ seconds }: Scale) {
      const { url, small } = await history()
      const round = async () => {
        const [late] = await Promise.all([lateAnswer(url, small.token, seconds), work(seconds)])
        return late
      }
      return { round, close: () => {} }
    },
  }
}

// In a thread of its own, as the one that keeps the writers busy would be late itself.
function lateAnswer(url: string, token: string, seconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./asker.ts', import.meta.url), { workerData: { url, token, seconds } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

export const rows: readonly Row[] = [
  {
    id: 'T7',
    name: 'p99 of statistics while 32 connections write / while nobody does',
    unit: ' ms',
    better: 'less',
    must: 4,
    goal: 2,
    sides: [
      answered('beside writers', async (seconds) => (await history()).write(seconds)),
      answered('alone', async () => {}),
    ],
  },
]
