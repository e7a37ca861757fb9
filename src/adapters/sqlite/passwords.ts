import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Vault } from '../../application/ports.ts'
import { hashOf } from './secret-hash.ts'
import type { PasswordCommand, VaultCommand, VaultResult } from './writer-protocol.ts'

/** One for each person at most, so that a new ticket takes the place of the older one. */
export const resetTicketsTable = `CREATE TABLE IF NOT EXISTS reset_tickets (
  user_id TEXT PRIMARY KEY REFERENCES subjects (user_id) ON DELETE CASCADE,
  ticket_hash BLOB NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;`

/** Each change holds the password against the one that it was decided by, so that of two racers one wins. */
export function createPasswordKeeping(vault: Database) {
  const set = vault.prepare('UPDATE subjects SET password_hash = ? WHERE user_id = ?')
  const replace = vault.prepare(
    'UPDATE subjects SET password_hash = @to WHERE user_id = @userId AND password_hash = @from',
  )
  const endOthers = vault
    .prepare<[string, string], string>(
      'DELETE FROM logins WHERE user_id = ? AND login_id <> ? RETURNING login_id',
    )
    .pluck()
  const endLogins = vault
    .prepare<[string], string>('DELETE FROM logins WHERE user_id = ? RETURNING login_id')
    .pluck()
  const revokeTokens = vault
    .prepare<[string], string>('DELETE FROM access_tokens WHERE user_id = ? RETURNING token_id')
    .pluck()
  const insertTicket = vault.prepare(
    `INSERT INTO reset_tickets SELECT user_id, @ticketHash, @expiresAt FROM subjects
      WHERE user_id = @userId AND password_hash IS NOT NULL
      ON CONFLICT (user_id) DO UPDATE SET ticket_hash = @ticketHash, expires_at = @expiresAt`,
  )
  const spendTicket = vault
    .prepare<[Buffer, number], string>(
      'DELETE FROM reset_tickets WHERE ticket_hash = ? AND expires_at > ? RETURNING user_id',
    )
    .pluck()
  const removeTicket = vault.prepare('DELETE FROM reset_tickets WHERE user_id = ?')

  return (command: PasswordCommand, now: number): VaultResult => {
    switch (command.kind) {
      case 'set password':
        if (set.run(command.passwordHash, command.userId).changes === 0) {
          throw new Error(`There is no key for ${command.userId}: nobody to have a password.`)
        }
        return { ended: [] }
      case 'renew hash':
        return { done: replace.run(command).changes > 0, ended: [] }
      case 'change password':
        if (replace.run(command).changes === 0) return { done: false, ended: [] }
        removeTicket.run(command.userId)
        return { done: true, ended: endOthers.all(command.userId, command.loginId) }
      case 'give ticket': {
        const ticket = `rlr_${randomBytes(32).toString('base64url')}`
        const { userId, expiresAt } = command
        const { changes } = insertTicket.run({ userId, expiresAt, ticketHash: hashOf(ticket) })
        return changes === 0 ? { ended: [] } : { ticket, ended: [] }
      }
      case 'reset password': {
        const userId = spendTicket.get(hashOf(command.ticket), now)
        if (userId === undefined) return { done: false, ended: [] }
        set.run(command.passwordHash, userId)
        return { done: true, ended: [...endLogins.all(userId), ...revokeTokens.all(userId)] }
      }
    }
  }
}

type PasswordVault = Pick<
  Vault,
  | 'setPassword'
  | 'passwordHash'
  | 'renewPasswordHash'
  | 'changePassword'
  | 'giveResetTicket'
  | 'resetTicket'
  | 'resetPassword'
>

/** What the use cases see of it: reads by a connection of its own, changes by the writer thread. */
export function createPasswordVault(
  vault: Database,
  carryOut: (command: VaultCommand) => Promise<VaultResult>,
): PasswordVault {
  const findHash = vault
    .prepare<[string], string | null>('SELECT password_hash FROM subjects WHERE user_id = ?')
    .pluck()
  const findTicket = vault.prepare<[Buffer], { userId: string; expiresAt: number }>(
    'SELECT user_id AS userId, expires_at AS expiresAt FROM reset_tickets WHERE ticket_hash = ?',
  )
  return {
    async setPassword(userId, passwordHash) {
      await carryOut({ kind: 'set password', userId, passwordHash })
    },
    passwordHash: async (userId) => findHash.get(userId) ?? undefined,
    async renewPasswordHash(userId, change) {
      await carryOut({ kind: 'renew hash', userId, ...change })
    },
    async changePassword({ userId, loginId }, change) {
      return (await carryOut({ kind: 'change password', userId, loginId, ...change })).done === true
    },
    async giveResetTicket(userId, expiresAt) {
      return (await carryOut({ kind: 'give ticket', userId, expiresAt })).ticket
    },
    resetTicket: async (ticket) => findTicket.get(hashOf(ticket)),
    async resetPassword(ticket, passwordHash) {
      return (await carryOut({ kind: 'reset password', ticket, passwordHash })).done === true
    },
  }
}

/** One password hash of each cost that any is kept with. */
export function hashOfEachCost(vault: Database): string[] {
  return vault
    .prepare<[], string>(
      `SELECT min(password_hash) FROM subjects WHERE password_hash LIKE '$argon2id$v=19$%'
        GROUP BY length(password_hash), substr(password_hash, 1, instr(substr(password_hash, 16), '$') + 15)`,
    )
    .pluck()
    .all()
}
