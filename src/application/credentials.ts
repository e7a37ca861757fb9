import { isRefusal, type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { passwordErrors } from '../domain/user/password.ts'
import { type RegisteredUser, user } from '../domain/user/user.ts'
import type { Load } from './event-log.ts'
import type { Clock, Login, Passwords, Vault } from './ports.ts'
import { provenHash, refusalThrown } from './proof.ts'
import { idNamed, streamOf, type UserReads } from './users.ts'

const TICKET_MILLISECONDS = 60 * 60 * 1000

export type CredentialsNeed = {
  load: Load
  vault: Vault
  passwords: Passwords
  reads: Pick<UserReads, 'byEmail' | 'exists'>
  clock: Clock
  /** Code points that a new password has at least. */
  passwordMin: number
}

/** `ticket` is shown this once; `expiresAt` is RFC 3339. */
export type ResetTicket = { userId: string; ticket: string; expiresAt: string }

export type Credentials = ReturnType<typeof createCredentials>

/** New passwords in place of old ones. They are no events: what goes with a person is in the vault. */
export function createCredentials(need: CredentialsNeed) {
  const { load, vault, passwords, reads, clock, passwordMin } = need

  const errorsIn = (newPassword: string, owner: RegisteredUser) =>
    passwordErrors(newPassword, owner, passwordMin, '/newPassword')

  return {
    /**
     * Ends every other login; personal access tokens go on. Refuses what is wrong with either password at
     * once, and `contended` when too busy.
     */
    async changePassword(
      login: Login,
      currentPassword: string,
      newPassword: string,
    ): Promise<undefined | Refusal> {
      const from = await provenHash(need, login.userId, currentPassword)
      if (isRefusal(from)) return from
      const { state } = await load(streamOf(login.userId), user)
      const errors = errorsIn(newPassword, state as RegisteredUser)
      if (from === undefined || errors.length > 0) {
        return refuseFields([...(from === undefined ? [notCurrent] : []), ...errors])
      }
      const to = await passwords.hash(newPassword).catch(refusalThrown)
      if (isRefusal(to)) return to
      const changed = await vault.changePassword(login, { from, to })
      return changed ? undefined : refuseFields([notCurrent])
    },

    /**
     * A ticket for the person of this id or e-mail, good once within the hour, in place of any older one.
     * Refuses `not-found`, also for an account that has no password yet.
     */
    async giveResetTicket(name: string): Promise<ResetTicket | Refusal> {
      const userId = await idNamed(reads, name)
      if (userId === undefined) return refuse('not-found', 'Nobody has this e-mail.')
      if (!(await reads.exists(userId))) return refuse('not-found', 'There is no such person.')
      const expiresAt = clock.now() + TICKET_MILLISECONDS
      const ticket = await vault.giveResetTicket(userId, expiresAt)
      if (ticket === undefined) return refuse('not-found', unclaimed)
      return { userId, ticket, expiresAt: new Date(expiresAt).toISOString() }
    },

    /**
     * Spends a ticket for a new password; every login and every personal access token ends. Refuses
     * `reset-ticket-ended`, what is wrong with the password, and `contended` when too busy; the ticket is
     * then as good as before. Answers whose it was.
     */
    async resetPassword(ticket: string, newPassword: string): Promise<{ email: string } | Refusal> {
      const found = await vault.resetTicket(ticket)
      if (found === undefined || found.expiresAt <= clock.now()) return ticketEnded()
      const { state } = await load(streamOf(found.userId), user)
      // Erased since the ticket was asked for.
      if (state.status !== 'registered') return ticketEnded()
      const errors = errorsIn(newPassword, state)
      if (errors.length > 0) return refuseFields(errors)
      const hash = await passwords.hash(newPassword).catch(refusalThrown)
      if (isRefusal(hash)) return hash
      return (await vault.resetPassword(ticket, hash)) ? { email: state.email } : ticketEnded()
    },
  }
}

const notCurrent = {
  pointer: '/currentPassword',
  code: 'wrong',
  message: 'This is not the current password.',
}

const unclaimed =
  'This account of an older client has no password yet: whoever knows its id gives it one by claiming it.'

function ticketEnded(): Refusal {
  return refuse('reset-ticket-ended', 'This ticket is not valid, or no longer.')
}
