import type { Database } from 'better-sqlite3'
import type { Vault } from '../../application/ports.ts'
import type { WriterClient } from './writer-client.ts'
import type { VaultCommand } from './writer-protocol.ts'

const REMEMBERED_LOGINS = 100_000

/** The vault as the use cases see it: reads by a connection of its own, changes by the writer thread. */
export function createVaultPort(
  vault: Database,
  writer: WriterClient,
): Vault & { noteEnded: (logins: readonly string[]) => void } {
  const findHash = vault
    .prepare<[string], string | null>('SELECT password_hash FROM subjects WHERE user_id = ?')
    .pluck()
  const findLogin = vault.prepare<[string], 1>('SELECT 1 FROM logins WHERE login_id = ?')
  const ended = new Map<string, boolean>()

  function note(loginId: string, hasEnded: boolean) {
    ended.delete(loginId)
    ended.set(loginId, hasEnded)
    if (ended.size > REMEMBERED_LOGINS) ended.delete(ended.keys().next().value as string)
  }

  async function keep(command: VaultCommand) {
    try {
      const result = await writer.keep(command)
      for (const loginId of result.ended) note(loginId, true)
      return result.login
    } catch (error) {
      // Whether it landed is known to the file alone.
      ended.clear()
      throw error
    }
  }

  return {
    noteEnded(logins) {
      for (const loginId of logins) note(loginId, true)
    },
    async createSubject(userId, passwordHash) {
      await keep({ kind: 'create subject', userId, passwordHash })
    },
    async setPassword(userId, passwordHash) {
      await keep({ kind: 'set password', userId, passwordHash })
    },
    passwordHash: async (userId) => findHash.get(userId) ?? undefined,
    startLogin: (userId) => keep({ kind: 'start login', userId }),
    spendRefreshToken: (refreshToken) => keep({ kind: 'spend', refreshToken }),
    async endLogin(loginId) {
      await keep({ kind: 'end login', loginId })
    },
    async endEveryLogin(userId) {
      await keep({ kind: 'end every login', userId })
    },
    async loginHasEnded(loginId) {
      const known = ended.get(loginId)
      if (known !== undefined) return known
      const hasEnded = findLogin.get(loginId) === undefined
      note(loginId, hasEnded)
      return hasEnded
    },
  }
}
