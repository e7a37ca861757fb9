import type { KeyObject } from 'node:crypto'
import { hash, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { newDataKey } from './vault.ts'
import type { VaultCommand, VaultResult } from './writer-protocol.ts'

const SECOND = 1000
const DAY = 24 * 60 * 60 * SECOND
const GRACE = 10 * SECOND
const IDLE = 7 * DAY
const ABSOLUTE = 30 * DAY

type Token = { loginId: string; issuedAt: number; spentAt: number | null; userId: string; startedAt: number }

/** Carries out the vault's commands in the caller's transaction. A login that ended is a row that is gone. */
export function createLogins(vault: Database, masterKey: KeyObject) {
  const insertSubject = vault.prepare('INSERT INTO subjects VALUES (?, ?, ?)')
  const setPassword = vault.prepare('UPDATE subjects SET password_hash = ? WHERE user_id = ?')
  const insertLogin = vault.prepare(
    'INSERT INTO logins SELECT ?, user_id, ?, ? FROM subjects WHERE user_id = ?',
  )
  const touchLogin = vault.prepare('UPDATE logins SET used_at = ? WHERE login_id = ?')
  const insertToken = vault.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, NULL)')
  const findToken = vault.prepare<[Buffer], Token>(
    `SELECT l.login_id AS loginId, t.issued_at AS issuedAt, t.spent_at AS spentAt, l.user_id AS userId,
      l.started_at AS startedAt FROM refresh_tokens t JOIN logins l USING (login_id) WHERE t.token_hash = ?`,
  )
  const spendToken = vault.prepare('UPDATE refresh_tokens SET spent_at = ? WHERE token_hash = ?')
  const deleteLogin = vault.prepare('DELETE FROM logins WHERE login_id = ?')
  const deleteLogins = vault
    .prepare<[string], string>('DELETE FROM logins WHERE user_id = ? RETURNING login_id')
    .pluck()
  const deleteOld = vault.prepare('DELETE FROM logins WHERE used_at < ? OR started_at < ?')

  function newToken(loginId: string, now: number): string {
    const refreshToken = randomBytes(32).toString('base64url')
    insertToken.run(hashOf(refreshToken), loginId, now)
    return refreshToken
  }

  function startLogin(userId: string, now: number): VaultResult {
    const loginId = randomUUID()
    // Whoever was erased meanwhile has nothing to log into.
    if (insertLogin.run(loginId, now, now, userId).changes === 0) return { ended: [] }
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
        case 'set password':
          if (setPassword.run(command.passwordHash, command.userId).changes === 0) {
            throw new Error(`There is no key for ${command.userId}: nobody to have a password.`)
          }
          return { ended: [] }
        case 'start login':
          return startLogin(command.userId, now)
        case 'spend':
          return spend(command.refreshToken, now)
        case 'end login':
          deleteLogin.run(command.loginId)
          return { ended: [command.loginId] }
        case 'end every login':
          return { ended: deleteLogins.all(command.userId) }
      }
    },
    /** Removes logins that no token can carry on any more. */
    removeExpired: (now: number) => deleteOld.run(now - IDLE - DAY, now - ABSOLUTE - DAY).changes,
  }
}

function hashOf(refreshToken: string): Buffer {
  return hash('sha256', refreshToken, 'buffer')
}
