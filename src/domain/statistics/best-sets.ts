import { type CountedSet, compareInTime, holderOf } from './records.ts'

type Quantity = 'loadMicrograms' | 'weightMicrograms' | 'reps' | 'durationSeconds' | 'distanceMillimeters'

const byLoad: readonly Quantity[] = ['weightMicrograms', 'reps', 'durationSeconds', 'distanceMillimeters']
const byReps: readonly Quantity[] = ['reps', 'loadMicrograms']
const byExtent: readonly Quantity[] = ['distanceMillimeters', 'durationSeconds']

/**
 * The best sets of one exercise, best first: the heaviest, then the most repetitions, the longest or
 * farthest; where no weight is added the most repetitions; the least assistance where there is one. The
 * earliest of equals comes first.
 */
export function bestSets<S extends CountedSet>(sets: readonly S[], count: number): S[] {
  return sets
    .filter(({ reps }) => reps !== 0)
    .sort(compare)
    .slice(0, count)
}

function compare(a: CountedSet, b: CountedSet) {
  const assisted = a.metric === 'assisted-bodyweight-reps'
  for (const quantity of quantitiesOf(a)) {
    const more = (b[quantity] ?? 0) - (a[quantity] ?? 0)
    if (more !== 0) return assisted && quantity === 'weightMicrograms' ? -more : more
  }
  return compareInTime('max-reps', holderOf(a), holderOf(b))
}

function quantitiesOf({ metric }: CountedSet) {
  if (metric === 'distance-duration') return byExtent
  return metric === 'reps' || metric === 'bodyweight-reps' ? byReps : byLoad
}
