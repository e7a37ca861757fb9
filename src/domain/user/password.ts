import type { FieldError } from '../refusal.ts'
import { commonPasswords, leakedPasswords } from './common-passwords.ts'

export const passwordLimits = { least: 12, leastAllowed: 8, most: 128, containedLeast: 6 } as const

/** What others may know about the person, and so would try first. */
export type PasswordOwner = { email: string; firstName: string; lastName?: string }

/**
 * Why a new password does not do; none when it does. Counted in code points, without rules of composition:
 * length and not being guessed at once are what makes a password strong.
 */
export function passwordErrors(
  password: string,
  owner: PasswordOwner,
  least: number = passwordLimits.least,
  pointer = '/password',
): FieldError[] {
  const { email, firstName, lastName } = owner
  const { most } = passwordLimits
  const length = [...password].length
  const no = (code: string, message: string) => [{ pointer, code, message }]
  if (length < least) return no('too-short', `A password has at least ${least} characters.`)
  // Half a surrogate pair is hashed as if it were any other.
  if (!password.isWellFormed()) return no('wrong-format', 'The password holds what is no character.')
  if (length > most) return no('too-long', `A password has up to ${most} characters.`)
  const personal = [email, email.slice(0, email.lastIndexOf('@')), firstName, ...(lastName ? [lastName] : [])]
  if (gives(password, personal)) return no('too-personal', 'The password gives away the e-mail or a name.')
  if (gives(password, commonPasswords) || hasLeaked(password)) {
    return no('too-common', 'Many people have a password like this one.')
  }
  return []
}

function gives(password: string, guesses: readonly string[]): boolean {
  const folded = fold(password)
  return guesses.map(fold).some((guess) => {
    return folded === guess || ([...guess].length >= passwordLimits.containedLeast && folded.includes(guess))
  })
}

// Digits and signs at the ends are what people add when a password is not long enough.
function hasLeaked(password: string): boolean {
  const folded = fold(password)
  return leakedPasswords.has(folded) || leakedPasswords.has(folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}
