import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import { localDateOf } from '../statistics/calendar.ts'
import type { SessionEvent, SessionOpening } from './events.ts'
import { checkNumber, type Findings, report } from './fields.ts'
import type { SessionState } from './session.ts'

export const reportLimits = { workouts: 1000 } as const

/** How many workouts of each effort. */
export type Reported = { easy: number; average: number; heavy: number }

export type ReportWorkouts = {
  sessionId: string
  now: string
  timeZone: string
  plan: { planId: string; planNumber: number }
  reported: Reported
}

/** Tells of workouts of a plan as a number of each effort, 1 to 1000 of them, all done now. */
export function reportWorkouts(state: SessionState, command: ReportWorkouts): SessionEvent[] | Refusal {
  if (state.status !== 'none') return refuse('id-taken', 'Another session of yours has this id.')
  const { sessionId, now, timeZone, plan, reported } = command
  const findings: Findings = { at: '', errors: [] }
  const most = reportLimits.workouts
  for (const [effort, count] of Object.entries(reported)) {
    checkNumber(findings, effort, count, { minimum: 0, maximum: most, multipleOf: 1 })
  }
  const count = countOf(reported)
  if (findings.errors.length === 0 && (count < 1 || count > most)) {
    report(findings, 'easy', 'out-of-range', `There must be 1 to ${most} workouts in all.`)
  }
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const day = { timeZone, localDate: localDateOf(now, timeZone) }
  return [{ type: 'WorkoutsReported', data: { sessionId, ...plan, ...reported, reportedAt: now, ...day } }]
}

export function countOf({ easy, average, heavy }: Reported): number {
  return easy + average + heavy
}

type WorkoutsReported = Extract<SessionEvent, { type: 'WorkoutsReported' }>['data']

/** The report as a session of no length: what it is wherever sessions are read. */
export function openingOf({ sessionId, planId, reportedAt, timeZone, localDate }: WorkoutsReported) {
  const times = { startedAt: reportedAt, finishedAt: reportedAt, timeZone, localDate }
  return { sessionId, ...times, planId, entries: [] } satisfies SessionOpening
}
