import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function headCommand(perform: Perform) {
  return new Command('head')
    .description('print the end of the log and the last signed checkpoint, to be kept elsewhere')
    .action((options) =>
      perform(options, async ({ operations, settings, answer }) => {
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
      }),
    )
}
