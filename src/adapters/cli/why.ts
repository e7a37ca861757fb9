import { Command, InvalidArgumentError, Option } from 'commander'
import type { OwnEvent } from '../../application/user-events.ts'
import type { RecordAsked, Why } from '../../application/why.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { formulas } from '../../domain/statistics/one-rep-max.ts'
import { recordKinds } from '../../domain/statistics/records.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

type WhyOptions = Omit<RecordAsked, 'exerciseId'> & { user: string; json?: true }

export function whyCommand(perform: Perform) {
  return new Command('why')
    .description('print the events that make a personal record what it is')
    .argument('<exercise>', 'the id of the exercise')
    .requiredOption('--user <person>', 'the id or the e-mail of the person')
    .addOption(
      new Option('--kind <kind>', 'the kind of the record').choices(recordKinds).makeOptionMandatory(),
    )
    .option('--reps <count>', 'of weight-at-reps: at how many repetitions', wholeNumber)
    .addOption(new Option('--formula <formula>', 'of estimated-1rm').choices(formulas).default('epley'))
    .action((exercise: string, options: WhyOptions) =>
      perform(options, async ({ operations, settings, answer, complain }) => {
        const { kind, formula, reps } = options
        const asked = {
          exerciseId: exercise.toLowerCase(),
          kind,
          formula,
          ...(reps !== undefined && { reps }),
        }
        const found = await operations.why(settings, options.user, asked)
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

function linesOf({ record, arithmetic, sets, session, bodyWeight, replaced }: Why): string[] {
  const numbers = arithmetic.sets.map((set) =>
    Object.entries(set)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  )
  return [
    `${record.exerciseId} ${record.kind}: ${record.value} ${record.unit}`,
    `${arithmetic.formula}: ${numbers.join('; ')}`,
    ...['the set', ...sets.map(lineOf)],
    ...['the session', ...session.map(lineOf)],
    ...(bodyWeight.length === 0 ? [] : ['the body weight', ...bodyWeight.map(lineOf)]),
    ...replaced.flatMap(({ value, achievedAt, events }) => [
      `replaced ${value} ${record.unit} of ${achievedAt}`,
      ...events.map(lineOf),
    ]),
  ]
}

function lineOf({ position, version, type, recordedAt, hash, data }: OwnEvent): string {
  return `  ${[position, `v${version}`, recordedAt, type, hash, JSON.stringify(data)].join('  ')}`
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}
