import { Problem } from './problem.ts'
import { createTurns } from './turns.ts'

const SECOND_MILLISECONDS = 1000
const CHANGES_A_TURN = 16

export const crowdedOut = () =>
  new Problem('contended', 'More is to be written than can be in a second; try again.')

export type Crowd = ReturnType<typeof createCrowd>

/**
 * Lets changes in while those that are under way can be answered in about a second, as was so in the last
 * one, and always so many. More would wait ever longer, and be asked again by clients that gave up on them.
 */
export function createCrowd(always: number, now: () => number) {
  const turns = createTurns(CHANGES_A_TURN)
  let underWay = 0
  let since = now()
  let answered = 0
  let answeredASecond = 0

  function look() {
    const milliseconds = now() - since
    if (milliseconds < SECOND_MILLISECONDS) return
    answeredASecond = (answered * SECOND_MILLISECONDS) / milliseconds
    answered = 0
    since += milliseconds
  }

  function isFull(method: string | undefined): boolean {
    if (underWay < always || isReading(method)) return false
    look()
    return underWay >= answeredASecond
  }

  async function counted<T>(method: string, work: () => Promise<T>): Promise<T> {
    if (isFull(method)) throw crowdedOut()
    underWay += 1
    try {
      const turn = turns.mine()
      if (turn !== undefined) await turn
      return await work()
    } finally {
      underWay -= 1
      answered += 1
      look()
    }
  }

  return {
    /** Whether a request of this method has to come again. */
    isFull,
    /** Throws where there are too many by now: others may have been on their way here when it came. */
    within<T>(method: string, work: () => Promise<T>): Promise<T> {
      return isReading(method) ? work() : counted(method, work)
    },
  }
}

function isReading(method: string | undefined) {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}
