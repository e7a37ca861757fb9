import { setTimeout as delay } from 'node:timers/promises'
import type { Erasures } from '../../application/ports.ts'
import type { WriterClient } from './writer-client.ts'

const PATIENCE_MILLISECONDS = 30_000
const AGAIN_MILLISECONDS = 100

/** Erasures as the use cases see them: the writer thread carries them out, and is asked until it is done. */
export function createErasures(
  writer: Pick<WriterClient, 'erase'>,
  whenErased: Erasures['whenErased'],
  patienceMilliseconds: number = PATIENCE_MILLISECONDS,
): Erasures {
  return {
    async erase(userId, askedAt, metadata) {
      const until = performance.now() + patienceMilliseconds
      const command = { kind: 'erase', userId, askedAt, metadata: JSON.stringify(metadata) } as const
      for (;;) {
        const { done } = await writer.erase(command)
        if (done || performance.now() >= until) return { done }
        await delay(AGAIN_MILLISECONDS)
      }
    },
    whenErased,
  }
}
