import Type from 'typebox'
import type { Erasure } from '../../application/erasure.ts'
import type { VersionedPerson } from '../../application/profile.ts'
import type { Users } from '../../application/users.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { passwordLimits } from '../../domain/user/password.ts'
import { userLimits } from '../../domain/user/user.ts'
import { type Answer, type Route, route } from './route.ts'
import { DateTime, Email, Id, LocalDate, Nullable, Text, TimeZone, Units } from './schemas.ts'
import { callerKey, type Throttle } from './throttle.ts'

const { nameLength, goalLength, ageYearsLeast, ageYearsMost } = userLimits

/** The fields of a person as they are given. */
export const Told = {
  email: Email,
  firstName: Text(1, nameLength, { description: 'What to call the person.', examples: ['Ada'] }),
  lastName: Text(1, nameLength, { description: 'The family name.', examples: ['Lovelace'] }),
  age: Type.Integer({
    minimum: ageYearsLeast,
    maximum: ageYearsMost,
    description: 'In whole years. Either this or `birthDate`; the one told last is kept.',
    examples: [36],
  }),
  birthDate: { ...LocalDate, description: 'Gives the age from then on.', examples: ['1990-12-31'] },
  phone: Type.String({
    trim: true,
    maxLength: 41,
    pattern: '^\\+[0-9 ().-]{6,40}$',
    description: 'In international form; kept as E.164.',
    examples: ['+14155552671'],
  }),
  goal: Text(1, goalLength, { description: 'What it is all for.', examples: ['Ten pull-ups by June'] }),
  units: Units,
  timeZone: TimeZone,
}

export const examplePassword = 'correct horse battery staple'

/** A password that somebody claims to be theirs: any text that could be one. */
export const GivenPassword = Type.String({
  maxLength: passwordLimits.most,
  description: 'The password as it is now.',
  examples: [examplePassword],
})

export function newPassword(passwordMin: number) {
  return Type.String({
    minLength: passwordMin,
    maxLength: passwordLimits.most,
    description:
      'Any characters. Not a common password, the e-mail or a name, nor a text around one of these.',
    examples: [examplePassword],
  })
}

export const User = Type.Object(
  {
    id: Id,
    email: { ...Email, description: 'As it was entered.' },
    firstName: Told.firstName,
    lastName: Nullable(Told.lastName),
    age: Nullable(Type.Integer(), {
      description: 'In whole years today where the person lives.',
      examples: [36],
    }),
    birthDate: Nullable(Told.birthDate),
    phone: Nullable(Type.String(), {
      description: 'In E.164, or as an older client wrote it.',
      examples: ['+14155552671'],
    }),
    goal: Nullable(Told.goal),
    units: Units,
    timeZone: TimeZone,
    createdAt: { ...DateTime, description: 'When the person registered.' },
  },
  { title: 'User', description: 'A person who logs workouts. What is not known is null.' },
)

const ProfileChange = Type.Partial(
  Type.Object({
    ...Told,
    lastName: Nullable(Told.lastName),
    age: Nullable(Told.age),
    birthDate: Nullable(Told.birthDate),
    phone: Nullable(Told.phone),
    goal: Nullable(Told.goal),
    currentPassword: { ...GivenPassword, description: 'Needed when `email` is given, ignored otherwise.' },
  }),
  {
    title: 'ProfileChange',
    description: 'What is to change; null clears what may be unknown.',
    examples: [{ goal: 'Ten pull-ups by June', phone: '+14155552671', lastName: null }],
  },
)

export function meRoutes(users: Users, erasure: Pick<Erasure, 'eraseOwn'>, throttle: Throttle): Route[] {
  const read = route(
    'GET',
    '/v1/me',
    {
      summary: 'The profile of the one who asks',
      tag: 'Accounts',
      access: 'user',
      answers: { 200: { description: 'The profile.', schema: User, headers: ['etag'] } },
      refusals: [404],
    },
    async ({ caller }) => answerOf(await users.me(caller.userId)),
  )

  const change = route(
    'PATCH',
    '/v1/me',
    {
      summary: 'Change the profile',
      description: 'Names only what changes. A new time zone moves no history.',
      tag: 'Accounts',
      access: 'user',
      body: ProfileChange,
      conditional: true,
      answers: { 200: { description: 'The profile as it is now.', schema: User, headers: ['etag'] } },
      refusals: [404, 409],
    },
    async ({ caller, body, metadata, ifMatch, address }) => {
      const { currentPassword, age, phone, ...told } = body
      const change = {
        ...told,
        ...(age !== undefined && { ageYears: age }),
        ...(phone !== undefined && { phone: phone && (await phoneNumber(phone)) }),
      }
      const command = { userId: caller.userId, metadata, ...(ifMatch !== undefined && { ifMatch }) }
      const work = () => users.changeProfile(command, change, currentPassword)
      if (change.email === undefined || currentPassword === undefined) return answerOf(await work())
      return answerOf(await throttle.attempt({ account: callerKey(caller.userId), address }, work))
    },
  )

  return [read, change, eraseRoute(erasure, throttle)]
}

function eraseRoute(erasure: Pick<Erasure, 'eraseOwn'>, throttle: Throttle): Route {
  return route(
    'DELETE',
    '/v1/me',
    {
      summary: 'Erase the account, for good',
      description:
        'Ends every login and destroys everything that this person ever logged; the e-mail and the phone ' +
        'are free again. The answer comes when no file holds anything of it. 503 after half a minute says ' +
        'that another program still reads the files: the erasure is then finished by itself.',
      tag: 'Accounts',
      access: 'login',
      body: Type.Object(
        { password: GivenPassword },
        { title: 'Erasure', examples: [{ password: examplePassword }] },
      ),
      conditional: true,
      answers: { 204: { description: 'Erased.' } },
      refusals: [404],
    },
    async ({ caller: { userId }, body, metadata, ifMatch, address }) => {
      const command = { userId, metadata, ...(ifMatch !== undefined && { ifMatch }) }
      const refusal = await throttle.attempt({ account: callerKey(userId), address }, () =>
        erasure.eraseOwn(command, body.password),
      )
      return refusal ?? { status: 204 }
    },
  )
}

/** In E.164; a text that cannot be a number of any country comes back empty, which the domain refuses. */
export async function phoneNumber(text: string): Promise<string> {
  // A tenth of what a start would load, and many never tell one.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js')
  const phone = parsePhoneNumberFromString(text, { extract: false })
  return phone?.isPossible() ? phone.number : ''
}

function answerOf(found: VersionedPerson | Refusal): Answer | Refusal {
  if (isRefusal(found)) return found
  return { status: 200, body: found.person, headers: { etag: String(found.version) } }
}
