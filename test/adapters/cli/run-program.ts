import { PassThrough } from 'node:stream'
import type { Operations, Outside } from '../../../src/adapters/cli/operations.ts'
import { runProgram } from '../../../src/adapters/cli/program.ts'

/** Runs the words with these operations; any other that is called is thrown as unforeseen. */
export async function run(
  words: string,
  operations: Partial<Operations> = {},
  environment: Record<string, string> = {},
  stopAsked: () => Promise<unknown> = () => Promise.resolve(),
  more: Partial<Outside> = {},
) {
  let output = ''
  let complaints = ''
  let now = 0
  const exitCode = await runProgram(
    ['node', 'repledger', ...words.split(' ').filter(Boolean)],
    operations as Operations,
    {
      environment,
      input: new PassThrough(),
      output: { write: (text) => (output += text) },
      complaints: { write: (text) => (complaints += text) },
      now: () => (now += 2000),
      stopAsked,
      ...more,
    },
  )
  return { exitCode, output, complaints }
}
