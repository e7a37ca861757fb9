/** Numbers from 0 up to 1 that follow from the seed alone. */
export type Random = () => number

/**
 * Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, the same sequence on every machine.
 */
export function seededRandom(seed: number): Random {
  // Of a larger seed the upper bits are folded in.
  let state = (seed ^ Math.floor(seed / 0x1_0000_0000)) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

/** In an order drawn anew, each as likely as the other (Fisher and Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const drawn = [...items]
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = between(random, 0, last)
    ;[drawn[last], drawn[other]] = [drawn[other] as T, drawn[last] as T]
  }
  return drawn
}
