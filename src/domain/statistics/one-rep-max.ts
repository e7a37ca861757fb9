/** Named as the answers name them; Epley is used unless another is asked for. */
export const formulas = ['epley', 'brzycki', 'lombardi'] as const
export type Formula = (typeof formulas)[number]

const MOST_REPS = 12

/**
 * The heaviest load, in micrograms, that somebody who moved `loadMicrograms` this many times could move once;
 * the load itself at 1 repetition. Undefined for no load, for no repetition and above 12, where the formulas
 * no longer hold. Epley (1985): w (1 + r/30). Brzycki (1993): 36 w / (37 - r). Lombardi (1989): w r^0.10.
 */
export function estimatedOneRepMax(
  loadMicrograms: number,
  reps: number,
  formula: Formula,
): number | undefined {
  if (loadMicrograms <= 0 || reps < 1 || reps > MOST_REPS) return undefined
  if (reps === 1) return loadMicrograms
  // Products of integers first: a result that is a whole number of micrograms comes out as one.
  switch (formula) {
    case 'epley':
      return (loadMicrograms * (30 + reps)) / 30
    case 'brzycki':
      return (loadMicrograms * 36) / (37 - reps)
    case 'lombardi':
      return loadMicrograms * reps ** 0.1
  }
}
