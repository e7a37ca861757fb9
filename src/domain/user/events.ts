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

export type UserEvent =
  | { type: 'UserRegistered'; data: Profile & { userId: string; registeredAt: string } }
  | { type: 'UserProfileChanged'; data: ProfileChange }
