import { createSecretKey } from 'node:crypto'
import { createClassicIds } from '../../src/adapters/crypto/classic-ids.ts'
import { userQueries, usersView } from '../../src/adapters/sqlite/views/users.ts'
import { createClassicAccounts } from '../../src/application/classic-accounts.ts'
import { createCredentials } from '../../src/application/credentials.ts'
import { createErasure } from '../../src/application/erasure.ts'
import { createAct, type Metadata } from '../../src/application/event-log.ts'
import type { Erasures, Login, Passwords, Tokens, Vault } from '../../src/application/ports.ts'
import { createUsers } from '../../src/application/users.ts'
import { memoryLog } from './memory-log.ts'

export const metadata: Metadata = { actor: 'nobody', commandId: 'command', correlationId: 'request' }
export const startedAt = Date.parse('2025-06-15T12:00:00.000Z')

/** A vault without a file: refresh tokens are spent once, and that is all they know of time. */
function memoryVault() {
  const hashes = new Map<string, string | undefined>()
  const logins = new Map<string, string>()
  const unspent = new Map<string, string>()
  const tickets = new Map<string, { userId: string; expiresAt: number }>()
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
    async renewPasswordHash(userId, { from, to }) {
      if (hashes.get(userId) === from) hashes.set(userId, to)
    },
    async changePassword({ userId, loginId }: Login, { from, to }) {
      if (hashes.get(userId) !== from) return false
      hashes.set(userId, to)
      for (const [other, owner] of logins) if (owner === userId && other !== loginId) logins.delete(other)
      return true
    },
    async giveResetTicket(userId, expiresAt) {
      if (hashes.get(userId) === undefined) return undefined
      const ticket = `ticket-${++count}`
      for (const [older, { userId: owner }] of tickets) if (owner === userId) tickets.delete(older)
      tickets.set(ticket, { userId, expiresAt })
      return ticket
    },
    resetTicket: async (ticket) => tickets.get(ticket),
    async resetPassword(ticket, hash) {
      const { userId } = tickets.get(ticket) ?? {}
      if (userId === undefined) return false
      tickets.delete(ticket)
      hashes.set(userId, hash)
      await vault.endEveryLogin(userId)
      return true
    },
    async startLogin(userId, hash) {
      if (hashes.get(userId) !== hash) return undefined
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
    userOfLogin: async (loginId) => logins.get(loginId),
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
      return hash === `hash of ${password}` || hash === `weak hash of ${password}`
    },
    isOutdated: (hash) => hash.startsWith('weak'),
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
  const clock = { now: () => startedAt + told.later }
  let count = 0
  const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  const told = { done: true, later: 0, forgetting: [] as ((userId: string) => void)[] }
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
  const credentials = createCredentials({ ...need, clock, passwordMin: 12 })
  return {
    users,
    credentials,
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
