// Loaded before the program: kills its process where it is about to change a file for the nth time.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const last = Number(process.env.KILL_AT_STEP)
let step = 0

const functions = fs as unknown as Record<string, (...args: never[]) => unknown>
const changes = ['renameSync', 'rmSync', 'rmdirSync', 'mkdirSync', 'writeFileSync', 'chmodSync', 'fsyncSync']

if (isMainThread) {
  for (const name of changes) {
    const change = functions[name] as (...args: never[]) => unknown
    functions[name] = (...args) => {
      step += 1
      if (step === last) process.kill(process.pid, 'SIGKILL')
      return change(...args)
    }
  }
  syncBuiltinESMExports()
}
