import type { KeyObject } from 'node:crypto'
import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { createTokenKeeping } from './access-tokens.ts'
import { createPasswordKeeping } from './passwords.ts'
import { hashOf } from './secret-hash.ts'
import { newDataKey } from './vault.ts'
import type { VaultCommand, VaultResult } from './writer-protocol.ts'

const SECOND = 1000
const DAY = 24 * 60 * 60 * SECOND
const GRACE = 10 * SECOND
/** So many new ones at most a spent token gives in its grace: enough for a client that asks in parallel. */
const GRACE_TOKENS = 10
const IDLE = 7 * DAY
const ABSOLUTE = 30 * DAY

type Token = { loginId: string; issuedAt: number; spentAt: number | null; userId: string; startedAt: number }

/** Carries out the vault's commands in the caller's transaction. A login that ended is a row that is gone. */
export function createLogins(vault: Database, masterKey: KeyObject) {
  const insertSubject = vault.prepare('INSERT INTO subjects VALUES (?, ?, ?)')
  const insertLogin = vault.prepare(
    `INSERT INTO logins SELECT @loginId, user_id, @now, @now FROM subjects
      WHERE user_id = @userId AND (@passwordHash IS NULL OR password_hash = @passwordHash)`,
  )
  const touchLogin = vault.prepare('UPDATE logins SET used_at = ? WHERE login_id = ?')
  const insertToken = vault.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, NULL)')
  const findToken = vault.prepare<[Buffer], Token>(
    `SELECT l.login_id AS loginId, t.issued_at AS issuedAt, t.spent_at AS spentAt, l.user_id AS userId,
      l.started_at AS startedAt FROM refresh_tokens t JOIN logins l USING (login_id) WHERE t.token_hash = ?`,
  )
  const countIssued = vault
    .prepare<[string, number, Buffer], number>(
      'SELECT count(*) FROM refresh_tokens WHERE login_id = ? AND issued_at >= ? AND token_hash <> ?',
    )
    .pluck()
  const spendToken = vault.prepare('UPDATE refresh_tokens SET spent_at = ? WHERE token_hash = ?')
  const deleteLogin = vault.prepare('DELETE FROM logins WHERE login_id = ?')
  const deleteLogins = vault
    .prepare<[string], string>('DELETE FROM logins WHERE user_id = ? RETURNING login_id')
    .pluck()
  const deleteOld = vault.prepare('DELETE FROM logins WHERE used_at < ? OR started_at < ?')

  const keepToken = createTokenKeeping(vault)
  const keepPassword = createPasswordKeeping(vault)
  const deleteTickets = vault.prepare('DELETE FROM reset_tickets WHERE expires_at <= ?')

  function newToken(loginId: string, now: number): string {
    const refreshToken = randomBytes(32).toString('base64url')
    insertToken.run(hashOf(refreshToken), loginId, now)
    return refreshToken
  }

  function startLogin(userId: string, passwordHash: string | null, now: number): VaultResult {
    const loginId = randomUUID()
    // Whoever was erased meanwhile has nothing to log into, and an old password opens nothing.
    if (insertLogin.run({ loginId, now, userId, passwordHash }).changes === 0) return { ended: [] }
    return { login: { loginId, userId, refreshToken: newToken(loginId, now) }, ended: [] }
  }

  function spend(refreshToken: string, now: number): VaultResult {
    const tokenHash = hashOf(refreshToken)
    const token = findToken.get(tokenHash)
    if (token === undefined || now - token.startedAt >= ABSOLUTE) return { ended: [] }
    const { loginId, userId } = token
    if (token.spentAt !== null && now - token.spentAt > GRACE) {
      deleteLogin.run(loginId)
      return { ended: [loginId] }
    }
    if (now - token.issuedAt >= IDLE) return { ended: [] }
    if (token.spentAt === null) spendToken.run(now, tokenHash)
    else if ((countIssued.get(loginId, token.spentAt, tokenHash) as number) >= GRACE_TOKENS)
      return { ended: [] }
    touchLogin.run(now, loginId)
    return { login: { loginId, userId, refreshToken: newToken(loginId, now) }, ended: [] }
  }

  return {
    carryOut(command: VaultCommand, now: number): VaultResult {
      switch (command.kind) {
        case 'create subject':
          insertSubject.run(
            command.userId,
            newDataKey(masterKey, command.userId),
            command.passwordHash ?? null,
          )
          return { ended: [] }
        case 'start login':
          return startLogin(command.userId, command.passwordHash ?? null, now)
        case 'spend':
          return spend(command.refreshToken, now)
        case 'end login':
          deleteLogin.run(command.loginId)
          return { ended: [command.loginId] }
        case 'end every login':
          return { ended: deleteLogins.all(command.userId) }
        case 'keep token':
        case 'revoke token':
        case 'use token':
          return keepToken(command)
        default:
          return keepPassword(command, now)
      }
    },
    /** Removes logins that no token can carry on any more, and tickets that are over. */
    removeExpired(now: number) {
      deleteTickets.run(now)
      return deleteOld.run(now - IDLE - DAY, now - ABSOLUTE - DAY).changes
    },
  }
}
