import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Profile, UserEvent } from '../../../src/domain/user/events.ts'
import { ageAt, changeProfile, emailKey, registerUser, user } from '../../../src/domain/user/user.ts'
import { given } from '../../support/given-when-then.ts'

const now = '2025-06-15T23:30:00.000Z'
const plain: Profile = { email: 'ann@example.org', firstName: 'Ann', units: 'metric', timeZone: 'UTC' }
const full: Profile = {
  ...plain,
  lastName: 'Lee',
  birthDate: '1990-06-16',
  phone: '+14155552671',
  goal: 'Ten pull-ups',
}

const registered = (profile: Profile = plain): UserEvent => {
  return { type: 'UserRegistered', data: { userId: 'ann', registeredAt: now, ...profile } }
}
const changed = (data: object): UserEvent => ({ type: 'UserProfileChanged', data })

const registering = suite('registerUser')
const register = (profile: object) => {
  return given(user, []).when((state) => {
    return registerUser(state, { userId: 'ann', now, profile: { ...plain, ...profile } })
  })
}
const refused = (pointer: string, code: string, message: string) => ({ errors: [{ pointer, code, message }] })

registering('keeps the profile as it was told', () => {
  register(full).then([registered(full)])
})

registering('trims what was typed around a text', () => {
  register({ email: ' Ann@Example.org ', firstName: ' Ann', lastName: 'Lee ', goal: '\tStrong ' }).then([
    registered({ ...plain, email: 'Ann@Example.org', lastName: 'Lee', goal: 'Strong' }),
  ])
})

registering('happens once', () => {
  given(user, [registered()])
    .when((state) => registerUser(state, { userId: 'ann', now, profile: plain }))
    .thenRefused('id-taken')
})

registering('names every field that does not pass, all at once', () => {
  register({
    email: 'ann@example',
    firstName: ' ',
    lastName: 'x'.repeat(501),
    ageYears: 12,
    birthDate: '1990-02-30',
    phone: '555-2671',
    goal: '',
    units: 'stone',
    timeZone: '+02:00',
  }).thenRefused('invalid-fields', {
    errors: [
      { pointer: '/email', code: 'wrong-format', message: 'An e-mail has the form name@example.org.' },
      { pointer: '/firstName', code: 'too-short', message: 'This text cannot be blank.' },
      { pointer: '/lastName', code: 'too-long', message: 'This text takes up to 500 characters.' },
      { pointer: '/goal', code: 'too-short', message: 'This text cannot be blank.' },
      { pointer: '/units', code: 'not-allowed', message: 'Units are one of: metric, imperial.' },
      {
        pointer: '/timeZone',
        code: 'wrong-format',
        message: 'A time zone is an IANA name, such as Europe/Paris.',
      },
      {
        pointer: '/phone',
        code: 'wrong-format',
        message: 'A phone number is in international form, such as +14155552671.',
      },
      { pointer: '/age', code: 'out-of-range', message: 'An age is 13 to 120 whole years.' },
      { pointer: '/birthDate', code: 'wrong-format', message: 'A birth date has the form 1990-12-31.' },
      { pointer: '/birthDate', code: 'either-or', message: 'Give age or birth date, not both.' },
    ],
  })
})

registering('counts the characters of a text as a person does', () => {
  const goal = '🏋'.repeat(500)
  register({ goal }).then([registered({ ...plain, goal })])
})

for (const email of [
  'ann',
  'ann@',
  '@example.org',
  'a b@example.org',
  'ann@@example.org',
  'ann@example..org',
  'ann\u0000@example.org',
  'ann\ud800@example.org',
]) {
  registering(`does not take ${email} for an e-mail`, () => {
    register({ email }).thenRefused(
      'invalid-fields',
      refused('/email', 'wrong-format', 'An e-mail has the form name@example.org.'),
    )
  })
}

registering('does not take an e-mail that is too long', () => {
  register({ email: `ann@${'x'.repeat(250)}.org` }).thenRefused(
    'invalid-fields',
    refused('/email', 'too-long', 'At most 254 characters.'),
  )
})

for (const ageYears of [13, 120]) {
  registering(`takes an age of ${ageYears}`, () => {
    register({ ageYears }).then([registered({ ...plain, ageYears })])
  })
}

for (const ageYears of [12, 121, 30.5, Number.NaN]) {
  registering(`does not take an age of ${ageYears}`, () => {
    register({ ageYears }).thenRefused(
      'invalid-fields',
      refused('/age', 'out-of-range', 'An age is 13 to 120 whole years.'),
    )
  })
}

for (const birthDate of ['2012-06-15', '1904-06-16']) {
  registering(`takes a birth date of ${birthDate}`, () => {
    register({ birthDate }).then([registered({ ...plain, birthDate })])
  })
}

for (const birthDate of ['2012-06-16', '1904-06-15', '2030-01-01']) {
  registering(`does not take a birth date of ${birthDate}`, () => {
    register({ birthDate }).thenRefused(
      'invalid-fields',
      refused('/birthDate', 'out-of-range', 'An age is 13 to 120 whole years.'),
    )
  })
}

registering('counts an age on the day that it is where the person lives', () => {
  const profile = { birthDate: '2012-06-16', timeZone: 'Europe/Paris' }
  register(profile).then([registered({ ...plain, ...profile })])
})

registering.run()

const changing = suite('changeProfile')
const change = (profile: Profile, data: object, ...past: UserEvent[]) => {
  return given(user, [registered(profile), ...past]).when((state) =>
    changeProfile(state, { now, change: data }),
  )
}

changing('is of somebody', () => {
  given(user, [])
    .when((state) => changeProfile(state, { now, change: { goal: 'Run' } }))
    .thenRefused('not-found')
})

changing('keeps only what differs', () => {
  change(full, { firstName: 'Ann ', goal: 'Run', units: 'imperial' }).then([
    changed({ goal: 'Run', units: 'imperial' }),
  ])
})

changing('is nothing when all of it stands already', () => {
  change(full, full).then([])
  change(plain, { lastName: null, phone: null, goal: null, birthDate: null, ageYears: null }).then([])
  change(full, {}).then([])
})

changing('forgets what is optional', () => {
  change(full, { lastName: null, phone: null, goal: null, birthDate: null }).then([
    changed({ lastName: null, phone: null, goal: null, birthDate: null }),
  ])
})

changing('stands on the changes before it', () => {
  change(full, { goal: 'Run' }, changed({ goal: null }), changed({ goal: 'Run' })).then([])
  change(full, { goal: null }, changed({ goal: null })).then([])
})

changing('prefers the age to the birth date where the age is told last, and the other way round', () => {
  change(full, { ageYears: 40 }).then([changed({ birthDate: null, ageYears: 40 })])
  change({ ...plain, ageYears: 40 }, { birthDate: '1990-01-01' }).then([
    changed({ ageYears: null, birthDate: '1990-01-01' }),
  ])
})

changing('forgets age and birth date when the age is to be forgotten', () => {
  change(full, { ageYears: null }).then([changed({ birthDate: null })])
  change({ ...plain, ageYears: 40 }, { ageYears: null }).then([changed({ ageYears: null })])
  change(full, { ageYears: null, birthDate: '1991-01-01' }).then([changed({ birthDate: '1991-01-01' })])
  change({ ...plain, ageYears: 40 }, { birthDate: null }).then([])
})

changing('names every field that does not pass, all at once', () => {
  change(full, { email: 'ann', firstName: '', timeZone: 'Mars/Olympus' }).thenRefused('invalid-fields', {
    errors: [
      { pointer: '/email', code: 'wrong-format', message: 'An e-mail has the form name@example.org.' },
      { pointer: '/firstName', code: 'too-short', message: 'This text cannot be blank.' },
      {
        pointer: '/timeZone',
        code: 'wrong-format',
        message: 'A time zone is an IANA name, such as Europe/Paris.',
      },
    ],
  })
})

changing('asks nothing of the fields that it does not name', () => {
  change({ ...plain, timeZone: 'Europe/Atlantis' }, { birthDate: '1990-01-01' }).then([
    changed({ birthDate: '1990-01-01' }),
  ])
})

changing.run()

const reading = suite('a person')

reading('has one key for every way to write the e-mail', () => {
  assert.is(emailKey(' Ann@EXAMPLE.org '), 'ann@example.org')
  assert.is(emailKey('ＡＮＮ@example.org'), 'ann@example.org')
  assert.is(emailKey('АННА@пример.рф'), 'анна@пример.рф')
})

reading('grows older on the birthday, on 1 March where there is no 29 February', () => {
  assert.is(ageAt({ birthDate: '1990-06-16' }, '2025-06-15'), 34)
  assert.is(ageAt({ birthDate: '1990-06-16' }, '2025-06-16'), 35)
  assert.is(ageAt({ birthDate: '2000-02-29' }, '2025-02-28'), 24)
  assert.is(ageAt({ birthDate: '2000-02-29' }, '2025-03-01'), 25)
})

reading('is as old as was told, or of no known age', () => {
  assert.is(ageAt({ ageYears: 40 }, '2025-06-16'), 40)
  assert.is(ageAt({}, '2025-06-16'), null)
})

reading.run()
