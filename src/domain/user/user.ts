import { type FieldError, type Refusal, refuse, refuseFields } from '../refusal.ts'
import { isDate, isTimeZone, localDateOf } from '../statistics/calendar.ts'
import { type ClassicKey, type Profile, type ProfileChange, type UserEvent, unitSystems } from './events.ts'

export const userLimits = {
  emailLength: 254,
  nameLength: 500,
  goalLength: 500,
  phoneLength: 500,
  exerciseNames: 5000,
  exerciseNameLength: 300,
  ageYearsLeast: 13,
  ageYearsMost: 120,
} as const

export type RegisteredUser = {
  status: 'registered'
  userId: string
  registeredAt: string
  claimedAt?: string
  classicStatisticsAt?: string
  /** Every plan that there ever was, in the order of their numbers. */
  numberedPlans?: readonly { planId: string; number: number }[]
  /** By the key of a name in files of other programs, the exercise that is meant. */
  exerciseNames?: ReadonlyMap<string, string>
  importKey?: string
} & Profile &
  Partial<ClassicKey>

export type UserState = { status: 'none' } | RegisteredUser | { status: 'erased' }

const initial: UserState = { status: 'none' }

function evolve(state: UserState, event: UserEvent): UserState {
  switch (event.type) {
    case 'UserRegistered':
      return { status: 'registered', ...event.data }
    case 'UserProfileChanged': {
      const told = Object.entries({ ...state, ...event.data }).filter(([, value]) => value !== null)
      return Object.fromEntries(told) as RegisteredUser
    }
    case 'AccountClaimed':
      return { ...(state as RegisteredUser), claimedAt: event.data.claimedAt }
    case 'PlanNumberTaken': {
      const { numberedPlans = [], ...person } = state as RegisteredUser
      return { ...person, numberedPlans: [...numberedPlans, event.data] }
    }
    case 'ClassicStatisticsCreated':
      return { ...(state as RegisteredUser), classicStatisticsAt: event.data.createdAt }
    case 'ClassicCountsCleared':
      return state
    case 'ExerciseNamesMapped': {
      const { exerciseNames = [], ...person } = state as RegisteredUser
      const { names, ...key } = event.data
      const told = names.map(({ name, exerciseId }) => [name, exerciseId] as const)
      return { ...person, ...key, exerciseNames: new Map([...exerciseNames, ...told]) }
    }
    case 'UserErased':
      return { status: 'erased' }
  }
}

export const user = { initial: initial as UserState, evolve }

export type RegisterUser = { userId: string; now: string; profile: Profile; classicKey?: ClassicKey }

/** Refuses all failing fields at once, and `id-taken` for a person who is registered already. */
export function registerUser(state: UserState, command: RegisterUser): UserEvent[] | Refusal {
  if (state.status !== 'none') return refuse('id-taken', 'This person is registered already.')
  const { userId, now, classicKey } = command
  const profile = trimmed(command.profile)
  const errors = fieldErrors(profile, now, profile.timeZone, classicKey === undefined ? e164 : anyPhone)
  if (errors.length > 0) return refuseFields(errors)
  return [{ type: 'UserRegistered', data: { userId, registeredAt: now, ...profile, ...classicKey } }]
}

export type ChangeProfile = { now: string; change: ProfileChange }

/**
 * Keeps what differs from the profile as it stands. Age and birth date exclude each other: the one told last
 * is kept, and forgetting the age forgets both. Refuses all failing fields at once.
 */
export function changeProfile(state: UserState, command: ChangeProfile): UserEvent[] | Refusal {
  if (state.status !== 'registered') return noPerson()
  const told = trimmed(command.change)
  const errors = fieldErrors(told, command.now, told.timeZone ?? state.timeZone)
  if (errors.length > 0) return refuseFields(errors)
  const change: ProfileChange = {
    ...(told.ageYears !== undefined && { birthDate: null }),
    ...(typeof told.birthDate === 'string' && { ageYears: null }),
    ...told,
  }
  const standing: ProfileChange = state
  const changed = (Object.keys(change) as (keyof Profile)[]).filter(
    (name) => change[name] !== (standing[name] ?? null),
  )
  if (changed.length === 0) return []
  const data: ProfileChange = Object.fromEntries(changed.map((name) => [name, change[name]]))
  return [{ type: 'UserProfileChanged', data }]
}

/** Gives the next number to a plan; one that has its number keeps it. */
export function takePlanNumber(state: UserState, planId: string): UserEvent[] | Refusal {
  if (state.status !== 'registered') return noPerson()
  if (planNumberOf(state, planId) !== undefined) return []
  const number = (state.numberedPlans?.at(-1)?.number ?? 0) + 1
  return [{ type: 'PlanNumberTaken', data: { number, planId } }]
}

export function planNumberOf(state: UserState, planId: string): number | undefined {
  if (state.status !== 'registered') return undefined
  return state.numberedPlans?.find((plan) => plan.planId === planId)?.number
}

/** For good: nothing that follows undoes it, and whoever is erased is found no more. */
export function eraseUser(state: UserState, { now }: { now: string }): UserEvent[] | Refusal {
  if (state.status === 'none') return noPerson()
  return state.status === 'erased' ? [] : [{ type: 'UserErased', data: { erasedAt: now } }]
}

export function noPerson(): Refusal {
  return refuse('not-found', 'There is no such person.')
}

/** E-mail addresses that reach the same person have the same key; the address itself is kept as entered. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}

/** Numbers that ring the same phone have the same key, where they are in international form. */
export function phoneKey(phone: string): string {
  return phone.startsWith('+') ? `+${phone.replace(/\D/g, '')}` : phone.normalize('NFKC').toLowerCase()
}

/** In whole years on the person's own day, from the birth date where it is known; null when neither is. */
export function ageAt(profile: Pick<Profile, 'ageYears' | 'birthDate'>, localDate: string): number | null {
  const { ageYears, birthDate } = profile
  return birthDate === undefined ? (ageYears ?? null) : yearsBetween(birthDate, localDate)
}

function yearsBetween(birthDate: string, localDate: string): number {
  const years = Number(localDate.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return localDate.slice(5) < birthDate.slice(5) ? years - 1 : years
}

function trimmed<P extends ProfileChange>(profile: P): P {
  const texts = (['email', 'firstName', 'lastName', 'phone', 'goal'] as const).flatMap((name) => {
    const text = profile[name]
    return typeof text === 'string' ? [[name, text.trim()]] : []
  })
  return { ...profile, ...Object.fromEntries(texts) }
}

const e164 = /^\+[1-9]\d{6,14}$/
// The old clients never said in which form a number is.
const anyPhone = new RegExp(`^.{1,${userLimits.phoneLength}}$`, 'su')

function fieldErrors(told: ProfileChange, now: string, timeZone: string, phoneForm = e164): FieldError[] {
  const { emailLength, nameLength, goalLength } = userLimits
  const { email, firstName, lastName, ageYears, birthDate, phone, goal, units } = told
  const errors: FieldError[] = []
  const no = (pointer: string, code: string, message: string) => errors.push({ pointer, code, message })

  if (email !== undefined) {
    if (countOf(email) > emailLength) no('/email', 'too-long', `At most ${emailLength} characters.`)
    else if (!isEmail(email)) no('/email', 'wrong-format', 'An e-mail has the form name@example.org.')
  }
  for (const [pointer, text, length] of [
    ['/firstName', firstName, nameLength],
    ['/lastName', lastName, nameLength],
    ['/goal', goal, goalLength],
  ] as const) {
    if (text === '') no(pointer, 'too-short', 'This text cannot be blank.')
    if (countOf(text ?? '') > length) no(pointer, 'too-long', `This text takes up to ${length} characters.`)
  }
  if (units !== undefined && !unitSystems.includes(units)) {
    no('/units', 'not-allowed', `Units are one of: ${unitSystems.join(', ')}.`)
  }
  const zoneKnown = isTimeZone(timeZone)
  if (told.timeZone !== undefined && !zoneKnown) {
    no('/timeZone', 'wrong-format', 'A time zone is an IANA name, such as Europe/Paris.')
  }
  if (typeof phone === 'string' && !phoneForm.test(phone)) {
    no('/phone', 'wrong-format', 'A phone number is in international form, such as +14155552671.')
  }
  if (typeof ageYears === 'number' && !isAge(ageYears)) no('/age', 'out-of-range', ageRule)
  if (typeof birthDate === 'string') {
    const today = localDateOf(now, zoneKnown ? timeZone : 'UTC')
    if (!isDate(birthDate)) no('/birthDate', 'wrong-format', 'A birth date has the form 1990-12-31.')
    else if (!isAge(yearsBetween(birthDate, today))) no('/birthDate', 'out-of-range', ageRule)
    if (typeof ageYears === 'number') no('/birthDate', 'either-or', 'Give age or birth date, not both.')
  }
  return errors
}

const ageRule = `An age is ${userLimits.ageYearsLeast} to ${userLimits.ageYearsMost} whole years.`

function isAge(years: number): boolean {
  return Number.isInteger(years) && years >= userLimits.ageYearsLeast && years <= userLimits.ageYearsMost
}

function isEmail(text: string): boolean {
  return /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text) && !/\p{C}/u.test(text)
}

/** Characters as a person counts them: code points, as JSON Schema does. */
function countOf(text: string): number {
  return [...text].length
}
