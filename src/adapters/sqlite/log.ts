import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { HeadReport, OnProgress } from '../../application/audit.ts'
import type { EventLog } from '../../application/event-log.ts'
import { createFollowers } from '../../application/followers.ts'
import type { Clock, Vault } from '../../application/ports.ts'
import { lastCheckpoint } from './checkpoints.ts'
import { createIdempotency } from './idempotency.ts'
import { type KeyPair, secretOf, tokenKeys } from './key-pairs.ts'
import { headOf, openLog, streamReader, userStream } from './log-file.ts'
import { decodeEvent } from './read-log.ts'
import { createKeyring, openVault } from './vault.ts'
import { createVaultPort } from './vault-port.ts'
import { startWriter, type WriterClient, type WriterEvents } from './writer-client.ts'

export type EventLogOptions = {
  dataDir: string
  masterKey: KeyObject
  clock: Clock
  /** The writer thread is gone: the process must end, as nothing can be written any more. */
  onFatal: WriterEvents['onFatal']
  /** Something went wrong that is tried again by itself. */
  onTrouble: WriterEvents['onTrouble']
  onProgress?: OnProgress
}

export type OpenedLog = {
  log: EventLog
  vault: Vault
  tokenKeys: { current: KeyPair; previous?: KeyPair }
  classicIdKey: KeyObject
  head: () => Promise<HeadReport>
  /** True while the views lack what the log has, and reads must wait. */
  viewsBehind: () => boolean
  /** Answers what was asked, signs a last checkpoint, leaves no WAL behind. */
  close: () => Promise<void>
}

/** The log and the vault: read here through connections of their own, written by one thread. */
export async function openEventLog(options: EventLogOptions): Promise<OpenedLog> {
  const { dataDir, masterKey, clock, onFatal, onTrouble, onProgress = () => {} } = options
  const now = () => clock.now()
  const writer = await startWriter({ dataDir, masterKey }, now, { onFatal, onTrouble, onProgress })
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  return {
    log: createEventLog(log, vault, masterKey, writer, now),
    vault: createVaultPort(vault, writer),
    tokenKeys: tokenKeys(vault, masterKey),
    classicIdKey: secretOf(vault, masterKey, 'classic id'),
    head: async () => headReport(log),
    viewsBehind: writer.viewsBehind,
    async close() {
      await writer.drain()
      log.close()
      vault.close()
      await writer.close()
    },
  }
}

/** The end of the log and the last checkpoint, in hex. */
export function headReport(log: Database): HeadReport {
  const [{ position, hash }, checkpoint] = log.transaction(
    () => [headOf(log), lastCheckpoint(log)] as const,
  )()
  const head = { position, hash: hash.toString('hex') }
  if (checkpoint === undefined) return { ...head, checkpoint: null }
  const { signedAt, keyId, signature } = checkpoint
  const signed = { position: checkpoint.position, hash: checkpoint.hash.toString('hex') }
  return { ...head, checkpoint: { ...signed, signedAt, keyId, signature: signature.toString('hex') } }
}

function createEventLog(
  log: Database,
  vault: Database,
  masterKey: KeyObject,
  writer: WriterClient,
  now: () => number,
): EventLog {
  const keyring = createKeyring(vault, masterKey)
  const readStream = streamReader(log)
  const findStream = log.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck()
  const idempotency = createIdempotency(log, secretOf(vault, masterKey, 'idempotency'), keyring)
  const { follow, tell } = createFollowers()
  return {
    async readStream(stream, upToVersion = Number.MAX_SAFE_INTEGER, afterVersion = 0) {
      return readStream(stream, upToVersion, afterVersion).map((stored) => decodeEvent(stored, keyring))
    },
    follow,
    async append(appends, metadata, remember) {
      const asText = appends.map(({ stream, subject, expected, events }) => ({
        ...{ stream, subject, expected },
        events: events.map(({ type, data }) => ({ type, body: JSON.stringify(data) })),
      }))
      try {
        return await writer.append({
          kind: 'append',
          appends: asText,
          metadata: JSON.stringify(metadata),
          remember: remember && { ...remember, outcome: JSON.stringify({ outcome: remember.outcome }) },
        })
      } finally {
        // Also after a failure: whether it landed is known to the file alone.
        tell(appends.map(({ stream }) => stream))
      }
    },
    async remembered(userId, key, request) {
      const user = findStream.get(userStream(userId))
      return user === undefined ? undefined : idempotency.recall(user, { userId, key, request }, now())
    },
  }
}
