import { Command } from 'commander'
import type { ErasureCertificate } from '../../application/audit.ts'
import { type Context, exitCodes, isHindrance, type Perform } from './operations.ts'

export function eraseCommand(perform: Perform) {
  return new Command('erase')
    .description('erase a person for good and print the certificate; repeating it prints it again')
    .argument('<person>', 'the id or the e-mail of the person')
    .option('--yes', 'do not ask whether this is meant')
    .action((person: string, options: { yes?: true; json?: true }) =>
      perform(options, async (context) => {
        const { operations, settings, answer, complain } = context
        if (options.yes !== true && !(await isMeant(person, context))) return exitCodes.usage
        const certificate = await operations.erase(settings, person)
        if (isHindrance(certificate)) return certificate
        answer(certificate, linesOf(certificate))
        if (certificate.checks.every(({ found }) => found === 0)) return exitCodes.good
        complain('something of this person is still there; run `verify`')
        return exitCodes.difference
      }),
    )
}

async function isMeant(person: string, { outside, complain }: Context): Promise<boolean> {
  if (outside.ask === undefined) {
    complain('nobody is here to be asked whether this is meant; say --yes')
    return false
  }
  const said = await outside.ask(`Erase everything of ${person}, for good? Type "erase" to go on: `)
  if (said.trim().toLowerCase() === 'erase') return true
  complain('nothing was erased')
  return false
}

function linesOf({ userId, askedAt, finishedAt, events, last, checkpoint, checks }: ErasureCertificate) {
  return [
    `erased ${userId}`,
    `asked for at ${askedAt}, finished at ${finishedAt ?? 'a time to come: files are still being read'}`,
    `the last of ${events} events is ${last.position} ${last.hash}, recorded at ${last.recordedAt}`,
    ...(checkpoint === null
      ? ['no checkpoint is signed yet']
      : [
          `checkpoint ${checkpoint.position} ${checkpoint.hash}`,
          `signed at ${checkpoint.signedAt} by key ${checkpoint.keyId}`,
          `signature ${checkpoint.signature}`,
        ]),
    ...checks.map(({ file, what, found }) => `${file}: ${what}: ${found}`),
  ]
}
