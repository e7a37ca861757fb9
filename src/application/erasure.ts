import { isRefusal, type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { eraseUser, user } from '../domain/user/user.ts'
import type { InTurn, Load, Metadata } from './event-log.ts'
import type { Clock, Erasures, Passwords, Vault } from './ports.ts'
import { provenHash } from './proof.ts'
import { idNamed, streamOf, type UserReads } from './users.ts'

export type ErasureNeed = {
  load: Load
  inTurn: InTurn
  erasures: Erasures
  vault: Pick<Vault, 'passwordHash' | 'renewPasswordHash'>
  passwords: Passwords
  reads: Pick<UserReads, 'byEmail'>
  clock: Clock
}

export type EraseCommand = { userId: string; metadata: Metadata; ifMatch?: number }

export type Erasure = ReturnType<typeof createErasure>

/** People leave for good; what is left of them in the log nobody can read. */
export function createErasure({ load, inTurn, erasures, vault, passwords, reads, clock }: ErasureNeed) {
  function erase({ userId, metadata, ifMatch }: EraseCommand): Promise<Refusal | undefined> {
    return inTurn(userId, async () => {
      const { state, version } = await load(streamOf(userId), user)
      if (ifMatch !== undefined && version > 0 && ifMatch !== version) {
        return refuse('stale-version', `The current version is ${version}.`)
      }
      const now = new Date(clock.now()).toISOString()
      const decided = eraseUser(state, { now })
      if (isRefusal(decided)) return decided
      // Of somebody who is erased already too: what was cut off then goes on.
      const { done } = await erasures.erase(userId, now, metadata)
      return done ? undefined : underWay()
    })
  }

  return {
    /** By the person, who proves with the password to be no finder of an unlocked device. */
    async eraseOwn(command: EraseCommand, password: string): Promise<Refusal | undefined> {
      const hash = await provenHash({ vault, passwords }, command.userId, password)
      if (isRefusal(hash)) return hash
      const message = 'This is not the current password.'
      return hash !== undefined
        ? erase(command)
        : refuseFields([{ pointer: '/password', code: 'wrong', message }])
    },

    /** By the operator; gives the id of the person of this id or e-mail. Refuses `not-found`. */
    async eraseNamed(name: string, metadata: Metadata): Promise<string | Refusal> {
      const userId = await idNamed(reads, name)
      if (userId === undefined) {
        return refuse('not-found', 'Nobody has this e-mail. Whoever is erased is known by the id alone.')
      }
      const refused = await erase({ userId, metadata })
      if (refused?.refusal !== 'erasure-under-way') return refused ?? userId
      return refuse(refused.refusal, `${refused.detail} The certificate is printed for the id, ${userId}.`)
    },
  }
}

function underWay(): Refusal {
  return refuse(
    'erasure-under-way',
    'Nobody can read any more what was logged here, and the rest is deleted as soon as another program, ' +
      'such as a backup, stops reading the files. That happens by itself; there is nothing to send again.',
  )
}
