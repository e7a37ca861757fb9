import type { KeyObject } from 'node:crypto'
import { type MessagePort, workerData } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { type JoinedPage, joinPage, places } from './joined-page.ts'
import { openLog, pageReader } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'
import { createKeyring, openVault } from './vault.ts'

export type ReadingJob = {
  dataDir: string
  masterKey: KeyObject
  after: number
  upTo: number
  pageEvents: number
  shared: Int32Array
  port: MessagePort
}

/** More would only fill the memory. */
const PAGES_AHEAD = 3

const { dataDir, masterKey, after, upTo, pageEvents, shared, port }: ReadingJob = workerData
const opened: Database[] = []
try {
  const log = openLog(dataDir, { readonly: true })
  opened.push(log)
  const vault = openVault(dataDir, { readonly: true })
  opened.push(vault)
  read(log, createKeyring(vault, masterKey, log))
} finally {
  // Whatever came of it: nothing more is to be waited for.
  Atomics.store(shared, places.isEnded, 1)
  tell()
  for (const db of opened) db.close()
}

function read(log: Database, keys: SubjectKeys) {
  const nextPage = pageReader(log)
  let reached = after
  for (let given = 0; reached < upTo && isWanted(given); given++) {
    const page = nextPage(reached, Math.min(pageEvents, upTo - reached))
    const last = page.at(-1)
    if (last === undefined) return
    // Of its own: with a part of the page's bytes all of them would go.
    const end = { position: last.position, hash: Uint8Array.from(last.hash) }
    port.postMessage({ after: reached, ...end, text: joinPage(page, keys) } satisfies JoinedPage)
    tell()
    reached = last.position
  }
}

/** Waits as long as enough pages lie ready. */
function isWanted(given: number): boolean {
  for (;;) {
    const taken = Atomics.load(shared, places.taken)
    if (Atomics.load(shared, places.isEnded) === 1) return false
    if (given - taken < PAGES_AHEAD) return true
    Atomics.wait(shared, places.taken, taken)
  }
}

function tell() {
  Atomics.add(shared, places.ticks, 1)
  Atomics.notify(shared, places.ticks)
}
