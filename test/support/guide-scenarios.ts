import { isRefusal, type Refusal } from '../../src/domain/refusal.ts'
import type { GuideDocument } from '../../src/domain/session/guide-document.ts'
import { ada, memorySessions, metadata, must, now } from './memory-sessions.ts'

export const asked = { userId: ada, metadata }
export const planId = '00000000-0000-4000-8000-0000000000c1'
export const squat = 'barbell-back-squat'
export const press = 'leg-press'
export const plank = 'plank'

const five = { reps: 5, weight: 100 }
/** Two sets of squats behind a warm-up, steps 1 to 3, and two planks, 4 and 5; on the other day one press. */
export const days = [
  {
    name: 'Legs',
    exercises: [
      {
        ...{ exerciseId: squat, restSeconds: 120, notes: 'Knees out.' },
        sets: [{ kind: 'warmup', reps: 8, weight: 60 }, five, five],
      },
      { exerciseId: plank, sets: [{ durationSeconds: 60 }, { durationSeconds: 60 }] },
    ],
  },
  { name: 'Press', exercises: [{ exerciseId: press, sets: [five] }] },
]

/** Ada with a plan, a clock that `pass` moves on by seconds, and a session by a day of the plan. */
export async function guidedSessions() {
  let seconds = 0
  const clock = { now: () => Date.parse(now) + seconds * 1000 }
  const memory = await memorySessions({ clock, known: [squat, press, plank] })
  const { sessions, plans } = memory
  must(await plans.create(asked, { id: planId, name: 'Legs', days: days as never }))
  return {
    ...memory,
    pass: (passed: number) => {
      seconds += passed
    },
    async start(planDay = 0) {
      return must(await sessions.log(asked, { planId, planDay })).document.id
    },
    /** What was done some days ago, as sets of squats. */
    async before(date: string, sets: readonly object[], exerciseId = squat) {
      const times = { startedAt: `${date}T10:00:00Z`, finishedAt: `${date}T11:00:00Z` }
      const exercises = [{ exerciseId, sets: sets as never }]
      return must(await sessions.log(asked, { ...times, exercises })).document
    },
    guide: async (id: string) => must(await sessions.guide(ada, id, 'en')),
    /** Logs the sets of these steps, one after the other. */
    async step(id: string, ...sets: readonly object[]) {
      return must(
        await sessions.logSets(
          asked,
          id,
          sets.map((set, index) => ({ at: `/sets/${index}`, ...set })),
        ),
      )
    },
  }
}

/** Where a guide stands, in short: its steps by their status, the current one, and the rest. */
export function standing({ steps, step, rest, finished }: GuideDocument) {
  const marks = { open: 'o', done: 'x', skipped: '-' }
  return [steps.map(({ status }) => marks[status]).join(''), step?.id ?? finished, rest?.endsAt ?? null]
}

/** The code of a refusal, with the current step of the guide that it tells of. */
export function refused(answer: unknown) {
  if (!isRefusal(answer)) return 'not refused'
  const { refusal, errors, about } = answer as Refusal & { about?: { guide?: GuideDocument } }
  const at = errors?.map(({ pointer, code }) => `${pointer} ${code}`)
  return [refusal, ...(at ?? []), ...(about?.guide ? [about.guide.step?.id ?? null] : [])]
}
