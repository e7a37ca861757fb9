import { planRoutes } from '../../src/adapters/http/plans.ts'
import { createSessionStreaming } from '../../src/adapters/http/session-stream.ts'
import { sessionRoutes } from '../../src/adapters/http/sessions.ts'
import { startHttp } from './http.ts'
import { memorySessions } from './memory-sessions.ts'

/**
 * Sessions and their streams over views in memory. Seconds pass when `pass` is called; the token of a person
 * is their id, and their one login ends when `ended` has it.
 */
export async function startStreams() {
  const memory = await memorySessions({ known: ['barbell-back-squat', 'pull-up', 'plank'] })
  const failures: unknown[] = []
  const ended = new Set<string>()
  const ticks = new Set<() => void>()
  let seconds = 0
  const now = () => seconds * 1000
  const loginHasEnded = async (loginId: string) => ended.has(loginId)
  const streaming = createSessionStreaming({
    ...{ stream: memory.stream, loginHasEnded, now },
    onFailure: (error) => failures.push(error),
    everySecond: (tick) => {
      ticks.add(tick)
      return () => ticks.delete(tick)
    },
  })
  const authenticate = async (userId: string) => ({
    ...{ userId, loginId: `login ${userId}`, tokenId: 'token', expiresAt: Number.POSITIVE_INFINITY },
    scopes: ['read', 'write'] as const,
  })
  const http = await startHttp(
    [...sessionRoutes(memory.sessions), ...planRoutes(memory.plans), ...streaming.routes],
    { authentication: { authenticate, loginHasEnded, now }, onClosing: streaming.closeAll },
  )
  return {
    ...{ ...http, memory, streaming, ended, failures },
    isTicking: () => ticks.size > 0,
    pass(count: number) {
      for (let passed = 0; passed < count; passed++) {
        seconds += 1
        for (const tick of ticks) tick()
      }
    },
  }
}
