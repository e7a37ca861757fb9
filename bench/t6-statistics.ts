import { history } from './history.ts'
import { headersOf } from './load.ts'
import type { Row, Side } from './row.ts'

const ASKED_A_ROUND = 200

type Who = 'large' | 'small'

/**
 * Milliseconds from the question to the answer, the median of a round. Before each the person has changed a
 * goal in words, so that no answer that was kept still holds.
 */
function asked(who: Who, name: string, query: () => string): Side {
  return {
    name,
    async open() {
      const { url, [who]: person } = await history()
      const headers = headersOf(person.token)
      const ask = async (number: number) => {
        const body = JSON.stringify({ goal: `goal ${number}` })
        await (await fetch(`${url}/v1/me`, { method: 'PATCH', headers, body })).arrayBuffer()
        const began = performance.now()
        const answer = await fetch(`${url}/v1/statistics${query()}`, { headers })
        await answer.arrayBuffer()
        if (answer.status !== 200) throw new Error(`statistics: ${answer.status}`)
        return performance.now() - began
      }
      const round = async () => {
        const times: number[] = []
        while (times.length < ASKED_A_ROUND) times.push(await ask(times.length))
        return times.toSorted((a, b) => a - b)[ASKED_A_ROUND / 2] as number
      }
      await round()
      return { round, close: () => {} }
    },
  }
}

const ninetyDays = () => `?from=${new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10)}`
const whole = () => ''
const flat = { unit: ' ms', better: 'less', must: 1.5, goal: 1 } as const

export const rows: readonly Row[] = [
  {
    ...flat,
    id: 'T6',
    name: 'statistics of 100,000 sets / of 100, nothing kept, all history',
    sides: [asked('large', '100,000 sets', whole), asked('small', '100 sets', whole)],
  },
  {
    ...flat,
    id: 'T6 90 d',
    name: 'the same over 90 days',
    sides: [asked('large', '100,000 sets', ninetyDays), asked('small', '100 sets', ninetyDays)],
  },
]
