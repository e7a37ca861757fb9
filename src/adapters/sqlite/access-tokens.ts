import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { AccessToken, AccessTokenVault } from '../../application/access-tokens.ts'
import type { Scope, TokenClaims } from '../../application/ports.ts'
import { hashOf } from './secret-hash.ts'
import type { TokenCommand, VaultCommand, VaultResult } from './writer-protocol.ts'

/** Tokens without a person are the operator's. */
export const accessTokensTable = `CREATE TABLE IF NOT EXISTS access_tokens (
  token_id TEXT PRIMARY KEY,
  user_id TEXT REFERENCES subjects (user_id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS access_tokens_by_user ON access_tokens (user_id);`

type Row = {
  id: string
  userId: string | null
  name: string
  scopes: string
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
}

const SELECT = `SELECT token_id AS id, user_id AS userId, name, scopes, created_at AS createdAt,
  expires_at AS expiresAt, last_used_at AS lastUsedAt FROM access_tokens`

/** Carries out the commands about tokens in the caller's transaction. */
export function createTokenKeeping(vault: Database) {
  // Whoever was erased meanwhile has nothing that a token could open.
  const insert = vault.prepare(
    `INSERT INTO access_tokens SELECT @id, @userId, @tokenHash, @name, @scopes, @createdAt, @expiresAt, NULL
    WHERE (SELECT count(*) FROM access_tokens WHERE user_id IS @userId) < @most
      AND (@userId IS NULL OR EXISTS (SELECT 1 FROM subjects WHERE user_id = @userId))`,
  )
  const remove = vault.prepare('DELETE FROM access_tokens WHERE token_id = ? AND user_id IS ?')
  const touch = vault.prepare('UPDATE access_tokens SET last_used_at = ? WHERE token_id = ?')

  return (command: TokenCommand): VaultResult => {
    switch (command.kind) {
      case 'keep token': {
        const { token, most } = command
        return { ended: [], done: insert.run({ ...token, most }).changes === 1 }
      }
      case 'revoke token': {
        const done = remove.run(command.tokenId, command.owner).changes === 1
        return { ended: done ? [command.tokenId] : [], done }
      }
      case 'use token':
        touch.run(command.usedAt, command.tokenId)
        return { ended: [] }
    }
  }
}

/** The tokens as the use cases see them: read by this connection, changed by whoever carries out. */
export function createAccessTokenVault(
  vault: Database,
  carryOut: (command: VaultCommand) => Promise<VaultResult>,
  now: () => number,
): AccessTokenVault {
  const findByHash = vault.prepare<[Buffer], Row>(`${SELECT} WHERE token_hash = ?`)
  const listOf = vault.prepare<[string | null], Row>(
    `${SELECT} WHERE user_id IS ? ORDER BY created_at DESC, token_id DESC`,
  )

  return {
    async keep(owner, { name, scopes, expiresAt }, most) {
      const token = (owner === undefined ? 'rlo_' : 'rl_') + randomBytes(32).toString('base64url')
      const row = {
        ...{ id: randomUUID(), userId: owner ?? null, name, scopes: scopes.join(' ') },
        ...{ createdAt: now(), expiresAt: expiresAt ?? null },
      }
      const { done } = await carryOut({
        kind: 'keep token',
        token: { ...row, tokenHash: hashOf(token) },
        most,
      })
      return done === true ? { ...factsOf({ ...row, lastUsedAt: null }), token } : undefined
    },
    of: async (owner) => listOf.all(owner ?? null).map(factsOf),
    async revoke(owner, tokenId) {
      const { done } = await carryOut({ kind: 'revoke token', tokenId, owner: owner ?? null })
      return done === true
    },
    async find(token) {
      const row = findByHash.get(hashOf(token))
      return row && claimsOf(row)
    },
    async noteUse(tokenId, usedAt) {
      await carryOut({ kind: 'use token', tokenId, usedAt })
    },
  }
}

function factsOf({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: Row): AccessToken {
  return {
    ...{ id, name, scopes: scopesOf(scopes), createdAt },
    ...{ expiresAt: expiresAt ?? undefined, lastUsedAt: lastUsedAt ?? undefined },
  }
}

function claimsOf({ id, userId, scopes, expiresAt }: Row): TokenClaims {
  return {
    ...{ userId: userId ?? id, loginId: id, tokenId: id, scopes: scopesOf(scopes) },
    expiresAt: expiresAt ?? Number.POSITIVE_INFINITY,
  }
}

function scopesOf(text: string): Scope[] {
  return text.split(' ') as Scope[]
}
