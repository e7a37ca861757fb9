import { Command } from 'commander'
import { writing } from './files.ts'
import { type Context, exitCodes, isHindrance, type Perform } from './operations.ts'

type HeadOptions = { sign?: true; output?: string; json?: true }

export function headCommand(perform: Perform) {
  const command = new Command('head')
  return command
    .description('print the end of the log and the last signed checkpoint, to be kept elsewhere')
    .option('--sign', 'sign the end of the log, as one JSON document for `verify --against`')
    .option('--output <file>', 'where to write the signed document; to the standard output unless given')
    .action((options: HeadOptions) => {
      if (options.output !== undefined && !options.sign) command.error('error: --output goes with --sign')
      return perform(options, (context) => (options.sign ? sign(options, context) : print(context)))
    })
}

async function print({ operations, settings, answer }: Context) {
  const head = await operations.head(settings)
  if (isHindrance(head)) return head
  const { position, hash, checkpoint } = head
  answer(head, [
    `head ${position} ${hash}`,
    ...(checkpoint === null
      ? ['no checkpoint is signed yet']
      : [
          `checkpoint ${checkpoint.position} ${checkpoint.hash}`,
          `signed at ${checkpoint.signedAt} by key ${checkpoint.keyId}`,
          `signature ${checkpoint.signature}`,
        ]),
  ])
  return exitCodes.good
}

async function sign({ output = '-' }: HeadOptions, { operations, settings, outside, answer }: Context) {
  const anchor = await operations.signHead(settings)
  if (isHindrance(anchor)) return anchor
  await writing(output, outside.output, (sink) => sink(`${JSON.stringify(anchor, null, 2)}\n`))
  const { position, hash } = anchor
  if (output !== '-') answer({ position, hash, file: output }, [`head ${position} written to ${output}`])
  return exitCodes.good
}
