import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const OTHERS = 0o077
const EVERYBODY = 0o007

/** What we make in DATA_DIR; a file system of its own brings a folder of its own as well. */
const databases = /^((log|vault|views\.\d+(\.building)?)\.db|owner\.lock)(-(wal|shm|journal))?$/
const others = /^(master\.key(\.new)?|control\.sock|restoring(\.part)?|lost\+found)$/

/**
 * Takes from others what they may do in DATA_DIR, as after a copy or where the folder was there before us,
 * and gives a sentence for all that stays open. A folder that holds more than our files is not ours to close.
 */
export function narrowRights(dataDir: string, masterKeyFile?: string): string[] {
  const names = readdirSync(dataDir)
  const ours = names
    .filter((name) => databases.test(name) || others.test(name))
    .map((name) => join(dataDir, name))
  const files = ours.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  const open = files.filter((path) => !isClosed(path, 0o600))
  if (ours.length < names.length ? isOpen(dataDir) : !isClosed(dataDir, 0o700)) open.unshift(dataDir)
  const warnings = open.map((path) => `Others than its owner may use ${path}`)
  if (masterKeyFile !== undefined && isOpen(masterKeyFile, EVERYBODY)) {
    warnings.push('Everybody on this machine may read MASTER_KEY_FILE')
  }
  return warnings
}

function isOpen(path: string, to = OTHERS) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & to) !== 0
}

/** By now, that is: closed by this, where it was not and we may. */
function isClosed(path: string, mode: number) {
  if (!isOpen(path)) return true
  try {
    chmodSync(path, mode)
  } catch {
    // Somebody else's, or on a file system without rights.
  }
  return !isOpen(path)
}
