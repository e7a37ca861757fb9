import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function passwordResetCommand(perform: Perform) {
  return new Command('password-reset')
    .description('print a ticket with which a person sets a new password, good once within the hour')
    .argument('<person>', 'the id or the e-mail of the person')
    .action((person: string, options: { json?: true }) =>
      perform(options, async ({ operations, settings, answer }) => {
        const given = await operations.giveResetTicket(settings, person)
        if (isHindrance(given)) return given
        const { userId, ticket, expiresAt } = given
        answer(given, [
          ticket,
          `for ${userId}, good once until ${expiresAt}: POST /v1/auth/reset {"ticket", "newPassword"}`,
        ])
        return exitCodes.good
      }),
    )
}
