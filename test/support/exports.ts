import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { signHead } from '../../src/adapters/sqlite/anchor.ts'
import { publishedPair } from '../../src/adapters/sqlite/checkpoints.ts'
import { exportedLines } from '../../src/adapters/sqlite/export-log.ts'
import { type KeyPair, keyPairs } from '../../src/adapters/sqlite/key-pairs.ts'
import { openLog } from '../../src/adapters/sqlite/log-file.ts'
import { openVault } from '../../src/adapters/sqlite/vault.ts'
import type { Anchor } from '../../src/application/audit.ts'
import { masterKey, temporaryDirectory } from './writer.ts'

/** Writes the log of a directory as JSON lines, and gives the path. */
export function exportOf(dataDir: string): string {
  const path = join(temporaryDirectory(), 'log.jsonl')
  const log = openLog(dataDir, { readonly: true })
  writeFileSync(path, '')
  for (const lines of exportedLines(log)) writeFileSync(path, lines, { flag: 'a' })
  log.close()
  return path
}

export type Lines = Record<string, unknown>[]

/** The export with its lines changed; each is an object, a text stands as it is. */
export function withLines(path: string, change: (lines: Lines) => readonly (object | string)[]): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const changed = change(lines.map((line) => JSON.parse(line)))
  const copy = join(temporaryDirectory(), 'log.jsonl')
  const texts = changed.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(copy, texts.map((text) => `${text}\n`).join(''))
  return copy
}

export function signingPairs(dataDir: string): KeyPair[] {
  const vault = openVault(dataDir, { readonly: true })
  const pairs = keyPairs(vault, masterKey, 'checkpoint')
  vault.close()
  return pairs
}

export function anchorOf(dataDir: string): Anchor {
  const log = openLog(dataDir, { readonly: true })
  const anchor = signHead(log, publishedPair(log, signingPairs(dataDir)), '2026-03-02T00:00:00.000Z')
  log.close()
  return anchor
}

/** What the verifier in docs/ says, and the code that it ends with. */
export async function secondOpinion(path: string, against?: object): Promise<[number, string]> {
  const verifier = new URL('../../docs/verify-log.mjs', import.meta.url).pathname
  const kept = join(temporaryDirectory(), 'head.json')
  if (against !== undefined) writeFileSync(kept, JSON.stringify(against))
  const more = against === undefined ? [] : ['--against', kept]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, path, ...more])
    return [0, stdout.trim()]
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return [code, stdout.trim()]
  }
}
