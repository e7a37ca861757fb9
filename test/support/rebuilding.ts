import { readdirSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { compareViews, type Difference } from '../../src/adapters/sqlite/compare-views.ts'
import { openLog } from '../../src/adapters/sqlite/log-file.ts'
import type { RebuildOptions } from '../../src/adapters/sqlite/rebuild.ts'
import { createKeyring, openVault } from '../../src/adapters/sqlite/vault.ts'
import { openViewsFile } from '../../src/adapters/sqlite/views-file.ts'
import { views } from './story.ts'
import { masterKey } from './writer.ts'

export const filesOf = (dataDir: string) =>
  readdirSync(dataDir)
    .filter((name) => /^views\..*db$/.test(name))
    .sort()

/** Does something with the log and the keys of a directory that no writer has open. */
export function within<T>(
  dataDir: string,
  work: (options: RebuildOptions) => T,
  more: Partial<RebuildOptions> = {},
): T {
  const [logDb, vault] = [openLog(dataDir, { readonly: true }), openVault(dataDir, { readonly: true })]
  try {
    return work({ dataDir, logDb, keys: createKeyring(vault, masterKey), views, ...more })
  } finally {
    logDb.close()
    vault.close()
  }
}

/** How two views files differ. */
export function differences(one: string, other: string): Difference[] {
  const found: Difference[] = []
  const [expected, actual] = [one, other].map((path) => openViewsFile(path, [], { readonly: true })) as [
    Database,
    Database,
  ]
  compareViews(expected, actual, (difference) => found.push(difference))
  expected.close()
  actual.close()
  return found
}

export function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new assert.Assertion({ message: 'Nothing was thrown.' } as never)
}
