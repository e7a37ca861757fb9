import { isTimeZone, localDateOf } from '../statistics/calendar.ts'
import { unitsOf, weightMicrograms } from '../statistics/units.ts'
import type { Units } from '../user/events.ts'
import type { Effort, SessionDetails, WeightUnit } from './events.ts'
import { checkInstant, checkNumber, checkText, type Findings, report, told, utc } from './fields.ts'

export const sessionLimits = {
  exercises: 100,
  sets: 1000,
  lengthHours: 48,
  titleLength: 200,
  notesLength: 2000,
  bodyWeight: { exclusiveMinimum: 0, maximum: 1000 },
  supersetGroup: { minimum: 0, maximum: 1000, multipleOf: 1 },
} as const

/** A session's own fields as a client tells them; null says the same as leaving them out. */
export type DetailFields = {
  startedAt?: string | undefined
  finishedAt?: string | undefined
  timeZone?: string | undefined
  title?: string | null | undefined
  planId?: string | null | undefined
  planDay?: number | null | undefined
  effort?: Effort | null | undefined
  notes?: string | null | undefined
  bodyWeight?: number | null | undefined
  bodyWeightUnit?: WeightUnit | undefined
}

/** What is meant by a person who leaves out a unit or a time zone. */
export type Settings = { units: Units; timeZone: string }

/** The details as they will be kept; what does not pass is reported, a wrong length of time at `blamed`. */
export function sessionDetails(
  findings: Findings,
  fields: DetailFields,
  { units, timeZone: ownZone }: Settings,
  now: string,
  blamed: 'startedAt' | 'finishedAt' = 'finishedAt',
): SessionDetails {
  const entered = enteredDetails(fields)
  const { startedAt = now, timeZone = ownZone, finishedAt, bodyWeight } = entered
  checkInstant(findings, 'startedAt', entered.startedAt, now)
  checkInstant(findings, 'finishedAt', finishedAt, now)
  if (finishedAt !== undefined) checkLength(findings, blamed, startedAt, finishedAt)
  if (!isTimeZone(timeZone)) {
    report(findings, 'timeZone', 'unknown-time-zone', 'timeZone must be an IANA name, such as Europe/Paris.')
  }
  checkText(findings, 'title', entered.title, sessionLimits.titleLength)
  checkText(findings, 'notes', entered.notes, sessionLimits.notesLength)
  checkNumber(findings, 'bodyWeight', bodyWeight, sessionLimits.bodyWeight)
  if (entered.bodyWeightUnit !== undefined && bodyWeight === undefined) {
    report(findings, 'bodyWeightUnit', 'not-applicable', 'A unit says nothing without bodyWeight.')
  }
  const bodyWeightUnit = entered.bodyWeightUnit ?? unitsOf[units].weight
  return {
    ...told(entered),
    startedAt,
    timeZone,
    localDate: findings.errors.length > 0 ? '' : localDateOf(startedAt, timeZone),
    ...(bodyWeight !== undefined && {
      bodyWeightUnit,
      bodyWeightMicrograms: weightMicrograms(bodyWeight, bodyWeightUnit),
    }),
  }
}

export function enteredDetails(fields: DetailFields) {
  return {
    startedAt: fields.startedAt === undefined ? undefined : utc(fields.startedAt),
    finishedAt: fields.finishedAt === undefined ? undefined : utc(fields.finishedAt),
    timeZone: fields.timeZone,
    title: fields.title?.trim(),
    planId: fields.planId ?? undefined,
    planDay: fields.planDay ?? undefined,
    effort: fields.effort ?? undefined,
    notes: fields.notes?.trim(),
    bodyWeight: fields.bodyWeight ?? undefined,
    bodyWeightUnit: fields.bodyWeightUnit,
  }
}

function checkLength(findings: Findings, blamed: string, startedAt: string, finishedAt: string) {
  const milliseconds = Date.parse(finishedAt) - Date.parse(startedAt)
  if (milliseconds < 0) {
    report(findings, blamed, 'out-of-order', 'finishedAt must not lie before startedAt.')
  } else if (milliseconds > sessionLimits.lengthHours * 3_600_000) {
    const hours = sessionLimits.lengthHours
    report(findings, blamed, 'out-of-range', `finishedAt must lie at most ${hours} hours after startedAt.`)
  }
}
