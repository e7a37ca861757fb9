import type { KeyObject } from 'node:crypto'
import { type MessagePort, workerData } from 'node:worker_threads'
import { type Piece, pieceChecker, places } from './chain-piece.ts'
import { openLog } from './log-file.ts'
import { createKeyring, openVault } from './vault.ts'

export type ChainJob = {
  dataDir: string
  /** Opens the bodies; undefined where they stay unread. */
  masterKey: KeyObject | undefined
  from: number
  to: number
  pieceEvents: number
  shared: Int32Array
  port: MessagePort
}

export type PieceMessage = { number: number; piece: Piece | undefined }

const { dataDir, masterKey, from, to, pieceEvents, shared, port }: ChainJob = workerData
const log = openLog(dataDir, { readonly: true })
const vault = masterKey && openVault(dataDir, { readonly: true })
const keys = vault && masterKey && createKeyring(vault, masterKey, log)
const check = pieceChecker(log, keys)
for (;;) {
  const number = Atomics.add(shared, places.next, 1)
  const first = from + number * pieceEvents
  if (first > to) break
  const piece = check(first, Math.min(to, first + pieceEvents - 1), tick)
  port.postMessage({ number, piece } satisfies PieceMessage)
  tick()
}
log.close()
vault?.close()

function tick() {
  Atomics.add(shared, places.ticks, 1)
  Atomics.notify(shared, places.ticks)
}
