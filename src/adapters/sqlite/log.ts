import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { AccessTokenVault } from '../../application/access-tokens.ts'
import type { HeadReport, OnProgress, RebuildReport, RotatedKeys } from '../../application/audit.ts'
import { type Changes, createChanges } from '../../application/changes.ts'
import type { EventLog, Metadata, Remember, StreamAppend } from '../../application/event-log.ts'
import { createFollowers } from '../../application/followers.ts'
import type { Clock, Erasures, Vault } from '../../application/ports.ts'
import type { UserEvents } from '../../application/user-events.ts'
import { createAccessTokenVault } from './access-tokens.ts'
import { hexOf, lastCheckpoint } from './checkpoints.ts'
import { createErasures } from './erasures-port.ts'
import { createIdempotency } from './idempotency.ts'
import { secretOf, type TokenKeyPair, tokenKeys } from './key-pairs.ts'
import { headOf, openLog, streamReader, userStream } from './log-file.ts'
import { hashOfEachCost } from './passwords.ts'
import { decodeEvent, isErased } from './read-log.ts'
import { createRebuilding } from './rebuilding.ts'
import { userEventsOf } from './user-streams.ts'
import { createKeyring, type Keyring, openVault } from './vault.ts'
import { createVaultPort } from './vault-port.ts'
import { startWriter, type WriterClient, type WriterEvents } from './writer-client.ts'
import type { AppendCommand } from './writer-protocol.ts'

/** What a rebuild leaves of the disk to those who write. */
const RESERVE_BYTES = 32 * 1024 * 1024

export type EventLogOptions = {
  dataDir: string
  masterKey: KeyObject
  clock: Clock
  /** The writer thread is gone: the process must end, as nothing can be written any more. */
  onFatal: WriterEvents['onFatal']
  /** Something went wrong that is tried again by itself. */
  onTrouble: WriterEvents['onTrouble']
  /** How far the start is. */
  onProgress?: OnProgress
  /** Told of each transaction of the writer. */
  onBatch?: WriterEvents['onBatch']
  /** Ends a start before it is over. */
  signal?: AbortSignal
}

export type OpenedLog = {
  log: EventLog
  vault: Vault
  accessTokens: AccessTokenVault
  erasures: Erasures
  /** Of what the views can be asked about people. */
  changes: Changes
  userEvents: UserEvents
  /** Those of now, the one that signs first. */
  tokenKeys: () => readonly [TokenKeyPair, ...TokenKeyPair[]]
  rotateKeys: () => Promise<RotatedKeys>
  classicIdKey: KeyObject
  /** Password hashes, one of each cost that was in use at the start. */
  hashesInUse: readonly string[]
  head: () => Promise<HeadReport>
  /** Builds the views anew beside those that serve, and has them serve from then on. */
  rebuild: (onProgress: OnProgress) => Promise<RebuildReport>
  /** Calls back, before any later answer, when another views file must be read. */
  onViewsSwitched: (listener: () => void) => void
  /** True while the views lack what the log has, and reads must wait. */
  viewsBehind: () => boolean
  /** How many commands the writer has not answered yet. */
  waiting: () => number
  /** Answers what was asked, signs a last checkpoint, leaves no WAL behind. */
  close: () => Promise<void>
}

/** The log and the vault: read here through connections of their own, written by one thread. */
export async function openEventLog(options: EventLogOptions): Promise<OpenedLog> {
  const { dataDir, masterKey, clock, onFatal, onTrouble, onBatch, onProgress = () => {}, signal } = options
  const now = () => clock.now()
  const forgetting: ((userId: string, ended: readonly string[]) => void)[] = []
  const onErased: WriterEvents['onErased'] = (userId, ended) => {
    for (const forget of forgetting) forget(userId, ended)
  }
  const switched: (() => void)[] = []
  const { changed, forget, forgetAll, ...changes } = createChanges(() => writer.viewsBehind())
  const onViewsSwitched = () => {
    forgetAll()
    for (const listener of switched) listener()
  }
  const writer: WriterClient = await startWriter({ dataDir, masterKey }, now, {
    ...{ onFatal, onTrouble, onErased, onViewsSwitched, onProgress, signal },
    ...(onBatch && { onBatch }),
  })
  const rebuilding = createRebuilding({
    settings: { dataDir, masterKey, reserveBytes: RESERVE_BYTES },
    switchViews: writer.switchViews,
    onTrouble,
  })
  if (writer.outdated) rebuilding.rebuildUntilDone()
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  const keyring = createKeyring(vault, masterKey, log)
  let keys = tokenKeys(vault, masterKey)
  const { noteEnded, carryOut, ...vaultPort } = createVaultPort(vault, writer)
  forgetting.push(keyring.forget, forget, (_, ended) => noteEnded(ended))
  return {
    log: createEventLog({ log, vault, masterKey, keyring, writer, now, changed }),
    changes,
    vault: vaultPort,
    accessTokens: createAccessTokenVault(vault, carryOut, now),
    erasures: createErasures(writer, (forget) => void forgetting.push(forget)),
    userEvents: userEventsOf(log, keyring),
    tokenKeys: () => keys,
    async rotateKeys() {
      try {
        return await writer.rotateKeys({ kind: 'rotate keys' })
      } finally {
        // Also after a failure: the vault may have new keys before the log fails.
        keys = tokenKeys(vault, masterKey)
      }
    },
    classicIdKey: secretOf(vault, masterKey, 'classic id'),
    hashesInUse: hashOfEachCost(vault),
    head: async () => headReport(log),
    rebuild: rebuilding.rebuild,
    onViewsSwitched: (listener) => void switched.push(listener),
    viewsBehind: writer.viewsBehind,
    waiting: writer.waiting,
    async close() {
      await rebuilding.close()
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
  return { ...head, checkpoint: hexOf(checkpoint) }
}

/** What is appended as the text that is kept. */
function commandOf(
  appends: readonly StreamAppend[],
  metadata: Metadata,
  remember: Remember | undefined,
): AppendCommand {
  const asText = appends.map(({ stream, subject, expected, events }) => {
    const texts = events.map(({ type, data }) => ({ type, body: JSON.stringify(data) }))
    return { stream, subject, expected, events: texts }
  })
  return {
    kind: 'append',
    appends: asText,
    metadata: JSON.stringify(metadata),
    remember: remember && { ...remember, outcome: JSON.stringify({ outcome: remember.outcome }) },
  }
}

type Parts = {
  log: Database
  vault: Database
  masterKey: KeyObject
  keyring: Keyring
  writer: WriterClient
  now: () => number
  /** Told of everybody for whom something was appended; undefined for what concerns all. */
  changed: (userId: string | undefined) => void
}

function createEventLog({ log, vault, masterKey, keyring, writer, now, changed }: Parts): EventLog {
  const readStream = streamReader(log)
  const findStream = log.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck()
  const idempotency = createIdempotency(log, secretOf(vault, masterKey, 'idempotency'), keyring)
  const { follow, tell } = createFollowers()
  return {
    async readStream(stream, upToVersion = Number.MAX_SAFE_INTEGER, afterVersion = 0) {
      return readStream(stream, upToVersion, afterVersion)
        .filter((stored) => !isErased(stored, keyring))
        .map((stored) => decodeEvent(stored, keyring))
    },
    follow,
    async append(appends, metadata, remember) {
      const command = commandOf(appends, metadata, remember)
      try {
        return await writer.append(command)
      } finally {
        // Also after a failure: whether it landed is known to the file alone.
        for (const { subject } of appends) changed(subject)
        for (const { stream } of appends) tell(stream)
      }
    },
    async remembered(userId, key, request) {
      const user = findStream.get(userStream(userId))
      return user === undefined ? undefined : idempotency.recall(user, { userId, key, request }, now())
    },
  }
}
