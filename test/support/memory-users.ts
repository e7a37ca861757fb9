import { createSecretKey } from 'node:crypto'
import { createClassicIds } from '../../src/adapters/crypto/classic-ids.ts'
import { userQueries, usersView } from '../../src/adapters/sqlite/views/users.ts'
import { createClassicAccounts } from '../../src/application/classic-accounts.ts'
import { createErasure } from '../../src/application/erasure.ts'
import { createAct, type Metadata } from '../../src/application/event-log.ts'
import type { Erasures, Passwords, Tokens, Vault } from '../../src/application/ports.ts'
import { createUsers } from '../../src/application/users.ts'
import { memoryLog } from './memory-log.ts'

export const metadata: Metadata = { actor: 'nobody', commandId: 'command', correlationId: 'request' }
export const startedAt = Date.parse('2025-06-15T12:00:00.000Z')

/** A vault without a file: refresh tokens are spent once, and that is all they know of time. */
function memoryVault() {
  const hashes = new Map<string, string | undefined>()
  const logins = new Map<string, string>()
  const unspent = new Map<string, string>()
  let count = 0
  const giveToken = (loginId: string) => {
    const refreshToken = `refresh-${++count}`
    unspent.set(refreshToken, loginId)
    return { loginId, userId: logins.get(loginId) as string, refreshToken }
  }
  const vault: Vault = {
    async createSubject(userId, hash) {
      hashes.set(userId, hash)
    },
    async setPassword(userId, hash) {
      hashes.set(userId, hash)
    },
    passwordHash: async (userId) => hashes.get(userId),
    async startLogin(userId) {
      const loginId = `login-${++count}`
      logins.set(loginId, userId)
      return giveToken(loginId)
    },
    async spendRefreshToken(refreshToken) {
      const loginId = unspent.get(refreshToken)
      unspent.delete(refreshToken)
      return loginId === undefined || !logins.has(loginId) ? undefined : giveToken(loginId)
    },
    async endLogin(loginId) {
      logins.delete(loginId)
    },
    async endEveryLogin(userId) {
      for (const [loginId, owner] of logins) if (owner === userId) logins.delete(loginId)
    },
    loginHasEnded: async (loginId) => !logins.has(loginId),
  }
  return { vault, hashes }
}

/** Hashes that can be read, and a count of the work that was asked for. */
function plainPasswords() {
  const work = { hashed: 0, verified: 0 }
  const passwords: Passwords = {
    async hash(password) {
      work.hashed += 1
      return `hash of ${password}`
    },
    async verify(password, hash) {
      work.verified += 1
      return hash === `hash of ${password}`
    },
  }
  return { passwords, work }
}

const plainTokens: Tokens = {
  issue: async (userId, loginId) => ({ accessToken: `${userId}/${loginId}`, expiresInSeconds: 600 }),
  async verify(accessToken) {
    const [userId, loginId] = accessToken.split('/')
    if (userId === undefined || loginId === undefined) return undefined
    return { userId, loginId, tokenId: 'token', expiresAt: startedAt + 600_000 }
  },
  publicKeys: async () => ({
    keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'public', kid: 'key', alg: 'EdDSA', use: 'sig' }],
  }),
}

/** The real use cases of users over stand-ins for what is outside. */
export function memoryUsers() {
  const { log, db, events } = memoryLog([usersView])
  const { vault, hashes } = memoryVault()
  const { passwords, work } = plainPasswords()
  const clock = { now: () => startedAt }
  let count = 0
  const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  const told = { done: true, forgetting: [] as ((userId: string) => void)[] }
  const erasures: Erasures = {
    async erase(userId, erasedAt, metadata) {
      const events = [{ type: 'UserErased', data: { erasedAt } } as const]
      await log.append([{ stream: `user-${userId}`, subject: undefined, expected: 'any', events }], metadata)
      await vault.endEveryLogin(userId)
      hashes.delete(userId)
      for (const forget of told.forgetting) forget(userId)
      return { done: told.done }
    },
    whenErased: (forget) => void told.forgetting.push(forget),
  }
  const acting = createAct(log)
  erasures.whenErased(acting.forget)
  const need = { ...acting, vault, erasures, passwords, tokens: plainTokens, reads: userQueries(db) }
  const classicIds = createClassicIds(createSecretKey(Buffer.alloc(32, 7)))
  const users = createUsers({ ...need, classicIds, clock, newId, passwordMin: 12 })
  const accounts = createClassicAccounts({ ...need, log, classicIds, clock, newId })
  const erasure = createErasure({ ...need, clock })
  return {
    users,
    accounts,
    erasure,
    erasures,
    told,
    tokens: plainTokens,
    vault,
    passwords,
    hashes,
    work,
    events,
  }
}
