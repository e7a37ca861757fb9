import { Command, InvalidArgumentError } from 'commander'
import type { AsOf, Moment } from '../../application/as-of.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { counted } from './findings.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function asOfCommand(perform: Perform) {
  return new Command('as-of')
    .description('print what the log had about a person at a time, beside a running server too')
    .argument('<moment>', 'a time, such as 2025-03-01T18:30:00Z, or a position in the log', momentOf)
    .requiredOption('--user <person>', 'the id or the e-mail of the person')
    .action((moment: Moment, options: { user: string; json?: true }) =>
      perform(options, async ({ operations, settings, answer, complain }) => {
        const found = await operations.asOf(settings, options.user, moment)
        if (isRefusal(found)) {
          complain(found.detail)
          return exitCodes.failed
        }
        if (isHindrance(found)) return found
        answer(found, linesOf(found))
        return exitCodes.good
      }),
    )
}

function momentOf(text: string): Moment {
  if (/^\d{1,15}$/.test(text)) return { position: Number(text) }
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text)
  const time = new Date(text)
  if (!isTime || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It must be a position, or a time with its zone.')
  }
  return { time: time.toISOString() }
}

function linesOf({ position, at, profile, statistics, goals, plans }: AsOf): string[] {
  const { sessions, sets, volume, streak } = statistics
  return [
    `at ${at}, position ${position}`,
    `${profile.firstName}${profile.lastName === null ? '' : ` ${profile.lastName}`} <${profile.email}>`,
    [
      ...[counted(sessions, 'session'), counted(sets, 'set'), `${volume.value} ${volume.unit} moved`],
      `a streak of ${counted(streak.currentWeeks, 'week')}`,
    ].join(', '),
    ...goals.map(
      ({ title, status, progress }) => `goal ${title}: ${status}, ${Math.floor(progress * 100)} %`,
    ),
    ...plans.map(({ number, name }) => `plan ${number}: ${name}`),
  ]
}
