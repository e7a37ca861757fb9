import { isRefusal, type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { claimAccount } from '../domain/user/classic.ts'
import type { Profile, ProfileChange, Units } from '../domain/user/events.ts'
import { passwordErrors } from '../domain/user/password.ts'
import {
  changeProfile,
  emailKey,
  noPerson,
  type RegisteredUser,
  registerUser,
  type UserState,
  user,
} from '../domain/user/user.ts'
import type { Act, Command, Load, Metadata } from './event-log.ts'
import type { AccessClaims, ClassicIds, Clock, Login, NewId, Passwords, Tokens, Vault } from './ports.ts'
import { createMe, type VersionedPerson } from './profile.ts'
import { provenHash, refusalThrown } from './proof.ts'

export type UserSettings = { units: Units; timeZone: string }

export interface UserReads {
  /** Whose e-mail this is, by its key. */
  byEmail(emailKey: string): Promise<string | undefined>
  /** Whose phone this is, by its key. */
  byPhone(phoneKey: string): Promise<string | undefined>
  /** Whose classic id this is, by its keyed hash. */
  byClassicId(classicIdHmac: string): Promise<string | undefined>
  exists(userId: string): Promise<boolean>
  /** Throws where there is no such person: it is asked for people who have proven who they are. */
  settingsOf(userId: string): Promise<UserSettings>
}

export type Registration = Pick<Profile, 'email' | 'firstName'> & Partial<Profile> & { password: string }

export type TokenPair = { accessToken: string; expiresInSeconds: number; refreshToken: string }
export type LoggedIn = VersionedPerson & TokenPair

export type Users = {
  /** Refuses all failing fields at once, `email-taken`, `phone-taken`, and `contended` when too busy. */
  register(metadata: Metadata, registration: Registration): Promise<LoggedIn | Refusal>
  /** One same `wrong-credentials` for somebody unknown and for a wrong password, after the same work. */
  login(email: string, password: string): Promise<LoggedIn | Refusal>
  /**
   * Gives an account that a classic id opens its password, and logs in. Refuses `not-found`,
   * `account-claimed`, what is wrong with the password, and `contended` when too busy.
   */
  claim(metadata: Metadata, classicId: string, password: string): Promise<LoggedIn | Refusal>
  /** A new pair for a refresh token, which is spent by it. Refuses `login-ended`. */
  refresh(refreshToken: string): Promise<TokenPair | Refusal>
  logout(login: Login, everywhere: boolean): Promise<void>
  /** What a token claims, unless it is not ours, has expired, or its login has ended. */
  authenticate(accessToken: string): Promise<AccessClaims | undefined>
  me(userId: string): Promise<VersionedPerson | Refusal>
  /** An e-mail is changed only by somebody who knows the password, not by whoever finds a device unlocked. */
  changeProfile(
    command: Command & { userId: string },
    change: ProfileChange,
    currentPassword?: string,
  ): Promise<VersionedPerson | Refusal>
}

export type UsersNeed = {
  act: Act
  load: Load
  vault: Vault
  passwords: Passwords
  tokens: Tokens
  reads: UserReads
  classicIds: ClassicIds
  clock: Clock
  newId: NewId
  /** Code points that a new password has at least. */
  passwordMin: number
}

export function createUsers(need: UsersNeed): Users {
  const { act, load, vault, passwords, tokens, reads, classicIds, clock, newId, passwordMin } = need
  const now = () => new Date(clock.now()).toISOString()

  const me = createMe(need)

  async function startLogin(userId: string, hash: string, version?: number): Promise<LoggedIn | Refusal> {
    const person = await me(userId, version)
    if (isRefusal(person)) return person
    const login = await vault.startLogin(userId, hash)
    if (login === undefined) return noPerson()
    const { loginId, refreshToken } = login
    return { ...person, ...(await tokens.issue(userId, loginId)), refreshToken }
  }

  return {
    async register(metadata, { password, ...told }) {
      const userId = newId()
      const command = { userId, now: now(), profile: { units: 'metric', timeZone: 'UTC', ...told } as const }
      const decided = registerUser(user.initial, command)
      const errors = [...errorsOf(decided), ...passwordErrors(password, told, passwordMin)]
      if (errors.length > 0) return refuseFields(errors)
      // The views refuse a duplicate too, but only after a key and a hash were made for nobody.
      if ((await reads.byEmail(emailKey(told.email))) !== undefined) return taken('email-taken')
      const phoneOwner = told.phone === undefined ? undefined : await reads.byPhone(told.phone)
      if (phoneOwner !== undefined) return taken('phone-taken')
      const hash = await passwords.hash(password).catch(refusalThrown)
      if (isRefusal(hash)) return hash
      await vault.createSubject(userId, hash)
      const acted = await act(
        { userId, metadata: { ...metadata, actor: userId } },
        [{ stream: streamOf(userId), aggregate: user, decide: (state) => registerUser(state, command) }],
        ([after]) => after?.version,
      )
      return isRefusal(acted) ? acted : startLogin(userId, hash, acted.outcome)
    },

    async login(email, password) {
      const userId = await reads.byEmail(emailKey(email))
      const hash = await provenHash(need, userId, password)
      if (isRefusal(hash)) return hash
      if (hash === undefined || userId === undefined) return noMatch()
      const loggedIn = await startLogin(userId, hash)
      // Erased, or given another password, since this one was looked at.
      return isRefusal(loggedIn) ? noMatch() : loggedIn
    },

    async claim(metadata, classicId, password) {
      const userId = await reads.byClassicId(classicIds.hmacOf(classicId.toLowerCase()))
      if (userId === undefined) return refuse('not-found', 'No account has this id.')
      const command = { now: now() }
      const { state } = await load(streamOf(userId), user)
      const decided = claimAccount(state, command)
      if (isRefusal(decided)) return decided
      const errors = passwordErrors(password, state as RegisteredUser, passwordMin)
      if (errors.length > 0) return refuseFields(errors)
      const hash = await passwords.hash(password).catch(refusalThrown)
      if (isRefusal(hash)) return hash
      const acted = await act(
        { userId, metadata: { ...metadata, actor: userId } },
        [
          {
            stream: streamOf(userId),
            aggregate: user,
            decide: (now: UserState) => claimAccount(now, command),
          },
        ],
        async ([after]) => {
          // In the turn of this command: a second claim is refused before it can leave its password.
          await vault.setPassword(userId, hash)
          return after?.version
        },
      )
      return isRefusal(acted) ? acted : startLogin(userId, hash, acted.outcome)
    },

    async refresh(refreshToken) {
      const login = await vault.spendRefreshToken(refreshToken)
      if (login === undefined) return refuse('login-ended', 'This refresh token is not valid, or no longer.')
      return { ...(await tokens.issue(login.userId, login.loginId)), refreshToken: login.refreshToken }
    },

    logout({ userId, loginId }, everywhere) {
      return everywhere ? vault.endEveryLogin(userId) : vault.endLogin(loginId)
    },

    async authenticate(accessToken) {
      const claims = await tokens.verify(accessToken)
      if (claims === undefined) return undefined
      // Whoever could sign, but not read the vault, knows of no login but their own.
      return (await vault.userOfLogin(claims.loginId)) === claims.userId ? claims : undefined
    },

    me: (userId) => me(userId),

    async changeProfile(command, change, currentPassword) {
      const { userId } = command
      const proof = change.email === undefined ? [] : await proofErrors(need, userId, currentPassword)
      if (isRefusal(proof)) return proof
      const decide = (state: UserState) => {
        const decided = changeProfile(state, { now: now(), change })
        const errors = [...errorsOf(decided), ...proof]
        return errors.length > 0 ? refuseFields(errors) : decided
      }
      const target = { stream: streamOf(userId), aggregate: user, decide }
      const acted = await act(command, [target], ([after]) => after?.version)
      return isRefusal(acted) ? acted : me(userId, acted.outcome)
    },
  }
}

/** Why the caller has not proven to know the password; nothing when they have. */
async function proofErrors(need: UsersNeed, userId: string, currentPassword?: string) {
  const no = (code: string, message: string) => [{ pointer: '/currentPassword', code, message }]
  if (currentPassword === undefined) {
    return no('required', 'Changing the e-mail needs the current password.')
  }
  const hash = await provenHash(need, userId, currentPassword)
  if (isRefusal(hash)) return hash
  return hash !== undefined ? [] : no('wrong', 'This is not the current password.')
}

/** The settings of people by their own events, which are mostly known without reading anything. */
export function settingsBy(load: Load): Pick<UserReads, 'settingsOf'> {
  return {
    async settingsOf(userId) {
      const { state } = await load(streamOf(userId), user)
      if (state.status !== 'registered') throw new Error('There is no such person')
      return state
    },
  }
}

/** The id that an operator means, who may name the e-mail; undefined of one that nobody has. */
export async function idNamed(reads: Pick<UserReads, 'byEmail'>, name: string): Promise<string | undefined> {
  return name.includes('@') ? reads.byEmail(emailKey(name)) : name.trim().toLowerCase()
}

export function streamOf(userId: string): string {
  return `user-${userId}`
}

function errorsOf(decided: unknown) {
  return isRefusal(decided) ? (decided.errors ?? []) : []
}

function taken(code: 'email-taken' | 'phone-taken') {
  return refuse(code, `Somebody has this ${code === 'email-taken' ? 'e-mail' : 'phone number'} already.`)
}

function noMatch() {
  return refuse('wrong-credentials', 'E-mail and password do not belong together.')
}
