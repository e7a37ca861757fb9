import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

const NICE = 5

/** Lets the other threads go first. False where not each thread has a priority of its own, as on Linux. */
export function yieldToOthers(): boolean {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), NICE)
    return true
  } catch {
    return false
  }
}
