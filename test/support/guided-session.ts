import type { GuideDocument, LoggedSet, Status, Step, Target } from '../../src/adapters/cli/train-wire.ts'

export type Body = Record<string, unknown>
export type Reply = { status: number; body?: unknown; version?: number }
export type Told = { id: number; event: string; data: object }
export type PlannedStep = {
  exerciseId: string
  name: string
  metric: Step['metric']
  target: Target
  previous?: Step['previous']
  restSeconds?: number
}

export const START_MS = Date.UTC(2026, 2, 2, 18)

/** One session with its guide, as far as a client can tell it from a real one. */
export function createGuidedSession(planned: readonly PlannedStep[], nowMs: () => number) {
  const told: Told[] = []
  const steps = planned.map((step, index) => stepOf(step, index, planned))
  const ended = new Map<string, 'done' | 'skipped'>()
  const sets: LoggedSet[] = []
  let status: Status | 'none' = 'none'
  let rest: GuideDocument['rest'] = null
  let effort: unknown = null
  let onTold = (_message: Told) => {}

  const open = () => (status === 'active' ? steps.filter(({ id }) => !ended.has(id)) : [])
  const count = (how: string) => [...ended.values()].filter((each) => each === how).length

  function guide() {
    const [step = null, next = null] = open()
    const progress = { setsDone: count('done'), setsSkipped: count('skipped'), setsTotal: steps.length }
    return { version: told.length, step, next, rest, progress, finished: step === null, steps }
  }

  function session() {
    const exercises = [...new Set(sets.map(({ exerciseId = '' }) => exerciseId))].map((exerciseId) => ({
      exerciseId,
      name: steps.find((step) => step.exerciseId === exerciseId)?.name ?? exerciseId,
      sets: sets.filter((set) => set.exerciseId === exerciseId),
    }))
    const finishedAt = status === 'finished' ? new Date(START_MS + 1_800_000).toISOString() : null
    const startedAt = new Date(START_MS).toISOString()
    return { id: 'one', status, startedAt, finishedAt, planId: 'plan', planDay: 0, effort, exercises }
  }

  function tell(type: string, changed: object = {}) {
    const { step, next, progress, finished } = guide()
    const version = told.length + 1
    const about = { version, type, at: new Date(nowMs()).toISOString(), status, finished }
    const event = status === 'active' ? 'progress' : 'finished'
    const message = { id: version, event, data: { ...about, step, next, rest, progress, ...changed } }
    told.push(message)
    onTold(message)
  }

  const shown = (body: unknown): Reply => ({ status: 200, body, version: told.length })
  const notCurrent = (): Reply => ({ status: 409, body: { detail: 'Not current.', guide: guide() } })

  function end(stepId: unknown, how: 'done' | 'skipped'): Step | undefined {
    const [current] = open()
    if (current?.id !== stepId || current === undefined) return undefined
    ended.set(current.id, how)
    return current
  }

  function restFor(seconds: number | null) {
    rest = seconds ? { endsAt: new Date(nowMs() + seconds * 1000).toISOString() } : null
  }

  const changes: Readonly<Record<string, (body: Body, id: string) => Reply>> = {
    start() {
      status = 'active'
      tell('SessionStarted')
      return { ...shown(session()), status: 201 }
    },
    log(body) {
      const step = end(body.stepId, 'done')
      if (step === undefined) return notCurrent()
      const set = { exerciseId: step.exerciseId, kind: 'working', ...body } as LoggedSet
      sets.push(set)
      restFor(open().length > 0 ? step.restSeconds : null)
      tell('SetLogged', { set })
      const better = set.weight === undefined ? [] : [betterBy(5, set.weight)]
      const records = [recordOf('one', 1), ...better]
      return { status: 201, body: { set, records }, version: told.length }
    },
    delete(_, id) {
      const [set] = sets.splice(
        sets.findIndex((each) => each.id === id),
        1,
      )
      if (set?.id !== id) return { status: 404, body: { detail: 'No such set.' } }
      ended.delete(set.stepId ?? '')
      tell('SetDeleted', { set: { id, exerciseId: set.exerciseId, deleted: true } })
      return { status: 204, version: told.length }
    },
    skip({ stepId, whole }) {
      const step = end(stepId, 'skipped')
      if (step === undefined) return notCurrent()
      for (const each of open()) if (whole && each.name === step.name) ended.set(each.id, 'skipped')
      tell('StepsSkipped')
      return shown(guide())
    },
    swap({ exerciseId }) {
      const [{ name } = {}] = open()
      for (const step of steps.filter((each) => each.name === name && !ended.has(each.id))) {
        Object.assign(step, { exerciseId, name: 'Chin-Up', metric: 'bodyweight-reps', target: { reps: 8 } })
      }
      tell('StepsSwapped')
      return shown(guide())
    },
    adjust({ note }) {
      Object.assign(open()[0] ?? {}, { note })
      tell('StepAdjusted')
      return shown(guide())
    },
    rest({ seconds }) {
      if (Number(seconds) > 3600) return { status: 422, body: { errors: [{ message: 'Too long.' }] } }
      restFor(Number(seconds))
      tell('RestSet')
      return shown(guide())
    },
    finish(body) {
      status = 'finished'
      effort = body.effort
      tell('SessionFinished')
      return shown(session())
    },
    discard() {
      status = 'discarded'
      tell('SessionDiscarded')
      return { status: 204 }
    },
    correct(body) {
      tell('SetCorrected', { set: { ...sets.at(-1), ...body } })
      return { status: 200 }
    },
  }

  return {
    sets,
    told,
    guide,
    session,
    change: (name: string, body: Body = {}, id = '') =>
      changes[name]?.(body, id) ?? { status: 404, body: {} },
    isLive: () => status === 'active',
    snapshot() {
      const guided = steps.length > 0 ? guide() : null
      const data = {
        version: told.length,
        status,
        session: session(),
        guide: guided,
        finished: open()[0] === undefined,
      }
      return { id: told.length, event: 'snapshot', data }
    },
    listen: (listener: typeof onTold) => {
      onTold = listener
    },
  }
}

function stepOf(
  { restSeconds = 90, previous = null, ...step }: PlannedStep,
  index: number,
  all: readonly PlannedStep[],
) {
  const same = (each: PlannedStep) => each.exerciseId === step.exerciseId
  return {
    id: String(index + 1),
    ...step,
    notes: null as string | null,
    supersetGroup: null,
    setNumber: all.slice(0, index + 1).filter(same).length,
    setsTotal: all.filter(same).length,
    previous,
    restSeconds: restSeconds as number | null,
    note: null as string | null,
  }
}

function betterBy(difference: number, value: number) {
  return { ...recordOf('one', value), previous: value - difference }
}

export function recordOf(sessionId: string, value: number) {
  return {
    exerciseId: 'bench',
    name: 'Bench Press',
    kind: 'max-weight',
    value,
    unit: 'kg',
    sessionId,
    setId: 's',
  }
}
