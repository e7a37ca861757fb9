#!/usr/bin/env node
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { runProgram } from './adapters/cli/program.ts'
import { operations } from './adapters/operations.ts'

// A reader that has seen enough, such as `head`, closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// Read once, and not left to whatever is started from here.
const environment = { ...process.env }
delete process.env.MASTER_KEY

const exitCode = await runProgram(process.argv, operations, {
  environment,
  // Opened by whom it is read alone.
  get input() {
    return process.stdin
  },
  output: process.stdout,
  complaints: process.stderr,
  now: () => performance.now(),
  ...(process.stdin.isTTY && { ask }),
  // Listened for once each, so that a second signal ends a process that cannot finish.
  stopAsked: () => Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]),
})
// A pipe takes a long answer bit by bit: what is on its way would be lost.
await new Promise((resolve) => process.stdout.write('', resolve))
// After a failure something may still be listening, and must not keep the process.
process.exit(exitCode)

async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await asking.question(question)
  } finally {
    asking.close()
  }
}
