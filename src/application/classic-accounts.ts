import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { needsToken } from '../domain/user/classic.ts'
import type { Profile } from '../domain/user/events.ts'
import {
  emailKey,
  phoneKey,
  type RegisteredUser,
  registerUser,
  type UserState,
  user,
} from '../domain/user/user.ts'
import type { Act, EventLog, Load, Metadata } from './event-log.ts'
import type { ClassicIds, Clock, NewId, Vault } from './ports.ts'
import { streamOf, type UserReads } from './users.ts'

export type ClassicAccountsNeed = {
  act: Act
  load: Load
  log: Pick<EventLog, 'remembered'>
  vault: Pick<Vault, 'createSubject'>
  classicIds: ClassicIds
  reads: UserReads
  clock: Clock
  newId: NewId
}

export type ClassicProfile = Pick<Profile, 'email' | 'firstName' | 'goal'> &
  Required<Pick<Profile, 'lastName' | 'ageYears' | 'phone'>>

type Request = { metadata: Metadata; idempotency: { key: string; request: string } | undefined }
type Created = { classicId: string; replayed: boolean }

export type ClassicAccounts = ReturnType<typeof createClassicAccounts>

/** Accounts without a password, which a secret id opens until they are claimed. */
export function createClassicAccounts(need: ClassicAccountsNeed) {
  const { act, load, log, vault, classicIds, reads, clock, newId } = need

  async function ownerOf({ email, phone }: ClassicProfile) {
    return (await reads.byEmail(emailKey(email))) ?? reads.byPhone(phoneKey(phone.trim()))
  }

  async function register(
    { metadata, idempotency }: Request,
    told: ClassicProfile,
  ): Promise<Created | Refusal> {
    const classicId = classicIds.make()
    const userId = newId()
    const command = {
      userId,
      now: new Date(clock.now()).toISOString(),
      profile: { units: 'metric', timeZone: 'UTC', ...told } as const,
      classicKey: { classicId, classicIdHmac: classicIds.hmacOf(classicId) },
    }
    const decided = registerUser(user.initial, command)
    if (isRefusal(decided)) return decided
    await vault.createSubject(userId, undefined)
    const acted = await act(
      { userId, metadata: { ...metadata, actor: userId }, ...(idempotency && { idempotency }) },
      [
        {
          stream: streamOf(userId),
          aggregate: user,
          decide: (state: UserState) => registerUser(state, command),
        },
      ],
      () => ({ classicId }),
    )
    return isRefusal(acted) ? acted : { classicId, replayed: false }
  }

  return {
    /** Refuses all failing fields at once, `email-taken` and `phone-taken`. */
    async create(request: Request, told: ClassicProfile): Promise<Created | Refusal> {
      const taken = (await ownerOf(told)) !== undefined
      const created = taken
        ? refuse('email-taken', 'Somebody has this e-mail or phone number already.')
        : await register(request, told)
      const { idempotency } = request
      if (!isRefusal(created) || idempotency === undefined) return created
      // Nobody is known yet who makes an account: the owner of the e-mail tells of the first time.
      const owner = await ownerOf(told)
      const first = owner && (await log.remembered(owner, idempotency.key, idempotency.request))
      if (first === 'other request') {
        return refuse('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
      }
      return first ? { ...(first.outcome as { classicId: string }), replayed: true } : created
    },

    /**
     * Whose id this is: a classic id, or that of somebody who bears their own token. Refuses `not-found`, and
     * `token-needed` where the id alone opens nothing, or no longer.
     */
    async ownerOf(id: string, bearer: string | undefined): Promise<string | Refusal> {
      const plain = id.toLowerCase()
      const userId = await reads.byClassicId(classicIds.hmacOf(plain))
      if (userId === undefined) {
        if (plain === bearer) return plain
        if (!(await reads.exists(plain))) return refuse('not-found', 'There is no such user.')
      } else if (userId === bearer || !needsToken((await load(streamOf(userId), user)).state)) {
        return userId
      }
      return refuse('token-needed', 'This account is opened by an access token of its own.')
    },

    /** Of somebody who is known. */
    async profile(userId: string) {
      const { state } = await load(streamOf(userId), user)
      const { firstName, lastName, email, phone } = state as RegisteredUser
      return { firstName, lastName, email, phone }
    },
  }
}
