import type { Metric } from '../exercise/events.ts'

/**
 * What a set of the metric moves, in micrograms: the weight, the body weight, both together, or the body
 * weight less the assistance, never below 0. Undefined where the metric moves no load or a part of it is not
 * known.
 */
export function effectiveLoadMicrograms(
  metric: Metric,
  weightMicrograms: number | undefined,
  bodyWeightMicrograms: number | undefined,
): number | undefined {
  switch (metric) {
    case 'weight-reps':
    case 'weight-duration':
    case 'weight-distance':
      return weightMicrograms
    case 'bodyweight-reps':
      return bodyWeightMicrograms
    case 'weighted-bodyweight-reps':
      if (weightMicrograms === undefined || bodyWeightMicrograms === undefined) return undefined
      return bodyWeightMicrograms + weightMicrograms
    case 'assisted-bodyweight-reps':
      if (weightMicrograms === undefined || bodyWeightMicrograms === undefined) return undefined
      return Math.max(0, bodyWeightMicrograms - weightMicrograms)
    default:
      return undefined
  }
}

/** Load times repetitions, in micrograms; undefined where either is not known. */
export function setVolume(loadMicrograms: number | undefined, reps: number | undefined): number | undefined {
  return loadMicrograms === undefined || reps === undefined ? undefined : loadMicrograms * reps
}
