/**
 * Volumes are summed in two columns, whole kilograms and the micrograms beside them, as one could overflow.
 */
export const MICROGRAMS_PER_KILOGRAM = 1_000_000_000

export type SplitVolume = { volumeKilograms: number; volumeMicrograms: number }

/** The sum as micrograms; either column alone stays below 2^53. */
export function joinVolume({ volumeKilograms, volumeMicrograms }: SplitVolume): bigint {
  return BigInt(volumeKilograms) * BigInt(MICROGRAMS_PER_KILOGRAM) + BigInt(volumeMicrograms)
}
