import Type from 'typebox'
import { classicLimits } from '../../../domain/user/classic.ts'
import { type UserEvent, unitSystems } from '../../../domain/user/events.ts'
import { userLimits } from '../../../domain/user/user.ts'
import {
  Change,
  Day,
  ExerciseId,
  Fields,
  Id,
  Instant,
  OneOf,
  schemasOf,
  Text,
  TimeZone,
  UpTo,
  Whole,
} from './parts.ts'

const { emailLength, nameLength, goalLength, phoneLength, ageYearsLeast, ageYearsMost } = userLimits
const Count = Whole(0, classicLimits.workouts)

const profile = {
  email: Text(emailLength),
  firstName: Text(nameLength),
  lastName: Type.Optional(Text(nameLength)),
  ageYears: Type.Optional(Whole(ageYearsLeast, ageYearsMost)),
  birthDate: Type.Optional(Day),
  phone: Type.Optional(Text(phoneLength)),
  goal: Type.Optional(Text(goalLength)),
  units: OneOf(unitSystems),
  timeZone: TimeZone,
}

export const userSchemas = schemasOf<UserEvent>()({
  UserRegistered: Fields({
    ...profile,
    userId: Id,
    registeredAt: Instant,
    classicId: Type.Optional(Id),
    classicIdHmac: Type.Optional(Type.String({ pattern: '^[\\da-f]+$', maxLength: 128 })),
  }),
  UserProfileChanged: Change(profile),
  AccountClaimed: Fields({ claimedAt: Instant }),
  PlanNumberTaken: Fields({ number: Whole(1, Number.MAX_SAFE_INTEGER), planId: Id }),
  ClassicStatisticsCreated: Fields({ easy: Count, average: Count, heavy: Count, createdAt: Instant }),
  ClassicCountsCleared: Fields({ clearedAt: Instant }),
  ExerciseNamesMapped: Fields({
    importKey: Type.Optional(Id),
    names: UpTo(
      userLimits.exerciseNames,
      Fields({ name: Text(userLimits.exerciseNameLength), exerciseId: ExerciseId }),
    ),
  }),
  UserErased: Fields({ erasedAt: Instant }),
})
