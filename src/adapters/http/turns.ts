/**
 * Lets so many begin in one turn of the event loop and the others in the next ones, in the order of coming.
 * In between those who only read are answered, and the writer works on what has begun.
 */
export function createTurns(most: number) {
  const waiting: (() => void)[] = []
  let begun = 0

  function turn() {
    const next = waiting.splice(0, most)
    begun = next.length
    if (begun > 0) setImmediate(turn)
    for (const begin of next) begin()
  }

  return {
    /** Undefined where one may begin at once. */
    mine(): Promise<void> | undefined {
      if (begun === most) return new Promise((begin) => waiting.push(begin))
      if (begun === 0) setImmediate(turn)
      begun += 1
      return undefined
    },
  }
}
