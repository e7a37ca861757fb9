/**
 * Lets so many begin in one turn of the event loop and the others in the next ones, in the order of coming.
 * In between those who only read are answered, and the writer works on what has begun.
 */
export function createTurns(most: number) {
  const waiting: (() => void)[] = []
  let begun = 0

  function turn() {
    begun = 0
    for (const begin of waiting.splice(0, most)) enter(begin)
  }

  function enter(begin: () => void): void {
    if (begun === most) {
      waiting.push(begin)
      return
    }
    if (begun === 0) setImmediate(turn)
    begun += 1
    begin()
  }

  return enter
}
