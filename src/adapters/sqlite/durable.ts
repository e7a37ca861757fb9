import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Makes the names in a directory outlive a power cut, and what each of them holds where `each` is given. */
export function syncDirectory(directory: string, each?: (path: string) => void) {
  if (each !== undefined) for (const name of readdirSync(directory)) each(join(directory, name))
  sync(directory)
}

export function syncFile(path: string) {
  sync(path)
}

function sync(path: string) {
  const descriptor = openSync(path, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
