import { once } from 'node:events'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { isRefusal } from '../../domain/refusal.ts'
import { Explained, isHindrance } from './operations.ts'
import type { Terminal } from './progress.ts'

/** Writes one piece after the other, and waits where it is not taken as fast as it comes. */
export type Sink = (text: string) => Promise<void>

/**
 * Gives the work a sink that writes to a file, or to the output for `-`. The file is there once the work is
 * done, whole and on the disk; until then, and where it fails, nothing stands under its name.
 */
export async function writing<T>(path: string, output: Terminal, work: (sink: Sink) => Promise<T>) {
  if (path === '-') {
    return await work(async (text) => {
      if (output.write(text) === false && 'once' in output) await once(output as never, 'drain')
    })
  }
  const unfinished = `${path}.part`
  const file = await open(unfinished, 'w', 0o600)
  try {
    const result = await work(async (text) => {
      await file.writeFile(text)
    })
    if (isUndone(result)) await rm(unfinished)
    else {
      await file.sync()
      await rename(unfinished, path)
    }
    return result
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

function isUndone(result: unknown) {
  return typeof result === 'object' && result !== null && (isHindrance(result) || isRefusal(result))
}

/** A file that the operator named; where it cannot be read, a sentence that says so. */
export async function textOf(path: string): Promise<string> {
  return (await bytesOf(path)).toString()
}

export async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Explained(`${path} cannot be read: ${(cause as Error).message}.`, { cause })
  }
}
