import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'

export type SmallDisk = {
  path: string
  resize: (size: string) => void
  /** Leaves so many bytes free, until `release`. */
  fill: (spareBytes: number) => void
  release: () => void
  remove: () => void
}

/** Runs a tool of the system, and says what the machine lacks where that cannot be done. */
function tool(command: string, ...args: string[]) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  const why = error?.message ?? stderr.trim()
  assert.is(status, 0, `This test needs to be root, and to run \`${command} ${args[0]}\`: ${why}`)
}

/** A disk of its own that is soon full. */
export function smallDisk(size: string): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'repledger-full-'))
  const ballast = join(path, 'ballast')
  const mount = (size: string, ...options: string[]) =>
    tool('mount', '-t', 'tmpfs', '-o', [...options, `size=${size}`].join(), 'tmpfs', path)
  mount(size)
  return {
    path,
    resize: (size) => mount(size, 'remount'),
    fill(spareBytes) {
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - spareBytes)))
    },
    release: () => rmSync(ballast, { force: true }),
    remove() {
      tool('umount', path)
      rmSync(path, { recursive: true, force: true })
    },
  }
}
