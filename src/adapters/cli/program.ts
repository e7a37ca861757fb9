import { Command, CommanderError } from 'commander'
import packageJson from '../../../package.json' with { type: 'json' }
import { asOfCommand } from './as-of.ts'
import { backupCommand } from './backup.ts'
import { eraseCommand } from './erase.ts'
import { exportCommand } from './export.ts'
import { headCommand } from './head.ts'
import { importCommand } from './import.ts'
import { keysCommand } from './keys.ts'
import {
  type Attempt,
  type Context,
  Explained,
  exitCodes,
  type Operations,
  type Outside,
  type Perform,
} from './operations.ts'
import { passwordResetCommand } from './password-reset.ts'
import { createProgress } from './progress.ts'
import { replayCommand } from './replay.ts'
import { restoreCommand } from './restore.ts'
import { seedCommand } from './seed.ts'
import { serveCommand } from './serve.ts'
import { readSettings } from './settings.ts'
import { showCommand } from './show.ts'
import { tokenCommand } from './token.ts'
import { trainCommand } from './train.ts'
import { verifyCommand } from './verify.ts'
import { whyCommand } from './why.ts'

/** Runs one command line, as `process.argv` has it, and gives the exit code. */
export async function runProgram(
  argv: readonly string[],
  operations: Operations,
  outside: Outside,
): Promise<number> {
  const { output, complaints } = outside
  const complain = (line: string) => complaints.write(`repledger: ${line}\n`)
  let exitCode: number = exitCodes.good

  const perform: Perform = async ({ json }, work) => {
    const settings = readSettings(outside.environment)
    if ('problems' in settings) {
      for (const problem of settings.problems) complain(problem)
      exitCode = exitCodes.settings
      return
    }
    const { onProgress, finish } = createProgress(complaints, outside.now)
    const answer: Context['answer'] = (document, lines) => {
      finish()
      output.write(
        json ? `${JSON.stringify(document, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''),
      )
    }
    const context = {
      operations,
      settings,
      outside,
      onProgress: json ? silent : onProgress,
      answer,
      complain,
    }
    try {
      const done = await work(context)
      if (typeof done !== 'number') complain(done.detail)
      exitCode = typeof done === 'number' ? done : exitCodes[done.hindrance]
    } finally {
      finish()
    }
  }

  const attempt: Attempt = async (work) => {
    exitCode = await work(outside, complain)
  }

  // Not commander's own default command, which would take a misspelt command for an argument of its own.
  const words = argv.slice(2)
  const isBare = words.every((word) => word === '--json')
  try {
    await createProgram(perform, attempt, outside).parseAsync(isBare ? ['serve', ...words] : words, {
      from: 'user',
    })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.usage
    complain(describe(error))
    return exitCodes.failed
  }
  return exitCode
}

function createProgram(perform: Perform, attempt: Attempt, { output, complaints }: Outside) {
  const program = new Command('repledger')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.write(text), writeErr: (text) => complaints.write(text) })
  for (const build of [
    serveCommand,
    seedCommand,
    verifyCommand,
    replayCommand,
    headCommand,
    showCommand,
    backupCommand,
    restoreCommand,
    exportCommand,
    importCommand,
    asOfCommand,
    whyCommand,
    eraseCommand,
    keysCommand,
    passwordResetCommand,
    tokenCommand,
  ]) {
    program.addCommand(build(perform))
  }
  for (const command of withTheirOwn(program.commands)) {
    if (command.commands.length === 0) command.option('--json', 'answer with one JSON document')
  }
  program.addCommand(trainCommand(attempt))
  for (const command of withTheirOwn(program.commands)) command.copyInheritedSettings(program)
  return program
}

function withTheirOwn(commands: readonly Command[]): Command[] {
  return commands.flatMap((command) => [command, ...command.commands])
}

/** What the system refuses explains itself; anything else is a fault of ours, and its stack says where. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return String(error)
  return error instanceof Explained || 'syscall' in error ? error.message : (error.stack ?? error.message)
}

function silent() {}
