import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function keysCommand(perform: Perform) {
  const rotate = new Command('rotate')
    .description('make new keys that sign access tokens and checkpoints; nobody is logged out')
    .action((options) =>
      perform(options, async ({ operations, settings, answer }) => {
        const rotated = await operations.rotateKeys(settings)
        if (isHindrance(rotated)) return rotated
        const { tokens, checkpoints } = rotated
        answer(rotated, [
          `access tokens are signed with ${tokens.keyId}`,
          `those that ${tokens.replaced} signed are good until ${tokens.until}`,
          `checkpoints are signed with ${checkpoints.keyId}`,
          `which ${checkpoints.replaced} vouches for in the log`,
        ])
        return exitCodes.good
      }),
    )
  return new Command('keys').description('the keys of this server').addCommand(rotate)
}
