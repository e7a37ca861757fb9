import type { Database } from 'better-sqlite3'
import { keepNewest } from '../../application/keep-newest.ts'
import type { Vault } from '../../application/ports.ts'
import { createPasswordVault } from './passwords.ts'
import type { WriterClient } from './writer-client.ts'
import type { VaultCommand, VaultResult } from './writer-protocol.ts'

const REMEMBERED_LOGINS = 100_000

export type VaultPort = Vault & {
  noteEnded: (logins: readonly string[]) => void
  /** Any change, after which what it ended is believed in no more. */
  carryOut: (command: VaultCommand) => Promise<VaultResult>
}

/** The vault as the use cases see it: reads by a connection of its own, changes by the writer thread. */
export function createVaultPort(vault: Database, writer: WriterClient): VaultPort {
  const findLogin = vault.prepare<[string], string>('SELECT user_id FROM logins WHERE login_id = ?').pluck()
  const findToken = vault.prepare<[string], 1>('SELECT 1 FROM access_tokens WHERE token_id = ?')
  const ended = new Map<string, boolean>()

  function note(loginId: string, hasEnded: boolean) {
    keepNewest(ended, loginId, hasEnded, REMEMBERED_LOGINS)
  }

  async function carryOut(command: VaultCommand) {
    try {
      const result = await writer.keep(command)
      for (const loginId of result.ended) note(loginId, true)
      return result
    } catch (error) {
      // Whether it landed is known to the file alone.
      ended.clear()
      throw error
    }
  }

  const keep = async (command: VaultCommand) => (await carryOut(command)).login

  return {
    carryOut,
    noteEnded(logins) {
      for (const loginId of logins) note(loginId, true)
    },
    async createSubject(userId, passwordHash) {
      await keep({ kind: 'create subject', userId, passwordHash })
    },
    ...createPasswordVault(vault, carryOut),
    startLogin: (userId, passwordHash) => keep({ kind: 'start login', userId, passwordHash }),
    spendRefreshToken: (refreshToken) => keep({ kind: 'spend', refreshToken }),
    async endLogin(loginId) {
      await keep({ kind: 'end login', loginId })
    },
    async endEveryLogin(userId) {
      await keep({ kind: 'end every login', userId })
    },
    userOfLogin: async (loginId) => (ended.get(loginId) ? undefined : findLogin.get(loginId)),
    async loginHasEnded(loginId) {
      const known = ended.get(loginId)
      if (known !== undefined) return known
      const hasEnded = findLogin.get(loginId) === undefined && findToken.get(loginId) === undefined
      note(loginId, hasEnded)
      return hasEnded
    },
  }
}
