// These shapes are on disk for ever: add optional fields, never rename or remove one.

export const unitSystems = ['metric', 'imperial'] as const
export type Units = (typeof unitSystems)[number]

export type Profile = {
  email: string
  firstName: string
  lastName?: string
  /** As told on some day; a birth date, where known, is the better source. */
  ageYears?: number
  birthDate?: string
  phone?: string
  goal?: string
  units: Units
  timeZone: string
}

/** A change names only what changed; null clears an optional field. */
export type ProfileChange = {
  [K in keyof Profile]?: undefined extends Profile[K] ? Profile[K] | null : Profile[K]
}

/** The secret that opens an account until it is claimed, and the keyed hash that it is found by. */
export type ClassicKey = { classicId: string; classicIdHmac: string }

export type UserEvent =
  | { type: 'UserRegistered'; data: Profile & Partial<ClassicKey> & { userId: string; registeredAt: string } }
  | { type: 'UserProfileChanged'; data: ProfileChange }
  | { type: 'AccountClaimed'; data: { claimedAt: string } }
  /** Numbers count the plans of a person and are never used twice. */
  | { type: 'PlanNumberTaken'; data: { number: number; planId: string } }
  /** The counts that a classic client begins with, whatever was completed before. */
  | {
      type: 'ClassicStatisticsCreated'
      data: { easy: number; average: number; heavy: number; createdAt: string }
    }
  /** The counts that classic clients see are 0 from here on; nothing is deleted. */
  | { type: 'ClassicCountsCleared'; data: { clearedAt: string } }
  /**
   * Which exercise is meant by a name in files of other programs. What comes from these gets ids made from
   * `importKey`, told once, so that it is known when it comes again.
   */
  | {
      type: 'ExerciseNamesMapped'
      data: { importKey?: string; names: { name: string; exerciseId: string }[] }
    }
  /** The last event of a person, in the clear: with it everything else about them became unreadable. */
  | { type: 'UserErased'; data: { erasedAt: string } }
