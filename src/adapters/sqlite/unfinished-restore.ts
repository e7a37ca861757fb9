import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UnusableData } from './unusable-data.ts'

/** In DATA_DIR, whole and checked: what is in it only waits to be moved to its place. */
export const restoredFolder = 'restoring'

/** In DATA_DIR, what a restore still copies and checks. */
export const unfinishedFolder = `${restoredFolder}.part`

/** Throws where a restore was cut off in the middle of its last step. */
export function refuseUnfinishedRestore(dataDir: string) {
  if (!existsSync(join(dataDir, restoredFolder))) return
  throw new UnusableData(`A restore into ${dataDir} was cut off: run \`restore\` again, and it finishes.`)
}

/** Removes what a cut off restore has copied: a vault, which would keep the keys of whoever is erased. */
export function removeUnfinishedCopies(dataDir: string) {
  rmSync(join(dataDir, unfinishedFolder), { recursive: true, force: true })
}
