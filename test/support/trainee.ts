import { PassThrough } from 'node:stream'
import { type TrainOptions, train } from '../../src/adapters/cli/train.ts'
import { type GuideServer, startGuideServer } from './guide-server.ts'
import type { PlannedStep } from './guided-session.ts'

export const bench: PlannedStep = {
  exerciseId: 'bench',
  name: 'Bench Press',
  metric: 'weight-reps',
  target: { reps: 8, weight: 80, weightUnit: 'kg' },
}
export const open: PlannedStep = { ...bench, target: { reps: 5 } }
export const pullUp: PlannedStep = {
  exerciseId: 'pull-up',
  name: 'Pull-Up',
  metric: 'bodyweight-reps',
  target: { repsMin: 6, repsMax: 10 },
}
export const plank: PlannedStep = {
  exerciseId: 'plank',
  name: 'Plank',
  metric: 'duration',
  target: { durationSeconds: 45 },
}

export const logging = 'POST /v1/sessions/one/sets'

/** Tells the story with a server of these steps, and closes it whatever happens. */
export function withServer(steps: readonly PlannedStep[], story: (server: GuideServer) => Promise<void>) {
  return async () => {
    const server = await startGuideServer(steps)
    try {
      await story(server)
    } finally {
      server.close()
    }
  }
}

/** What was sent to this place, without what is another each time. */
export function bodies({ asked }: GuideServer, what: string) {
  return asked
    .filter((each) => each.what === what)
    .map(({ body: { id: _, performedAt: __, ...body } }) => body)
}

type Setting = Partial<TrainOptions> & {
  terminal?: boolean
  /** Pauses last as long as they do. */
  realTime?: boolean
  environment?: Record<string, string>
  plan?: string
  day?: string
  url?: string
}

/** Somebody at a terminal, or a pipe, who trains with this server; time passes when it is told to. */
export function startTrainee(server: GuideServer, setting: Setting = {}) {
  const {
    terminal = false,
    realTime = false,
    environment = { REPLEDGER_TOKEN: 'secret' },
    plan,
    day,
    ...options
  } = setting
  const raw: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: terminal,
    setRawMode: (isRaw: boolean) => raw.push(isRaw),
  })
  const watched: { text: string; seen: () => void }[] = []
  const ticks: (() => void)[] = []
  const stopping = Promise.withResolvers<void>()
  let nowMs = 5000
  let shown = ''
  let complaints = ''

  function look() {
    for (const { text, seen } of watched) if ((shown + complaints).includes(text)) seen()
  }
  const output = {
    isTTY: terminal,
    columns: 100,
    rows: 30,
    write(text: string) {
      shown += text
      look()
    },
  }
  const complaining = {
    write(text: string) {
      complaints += text
      look()
    },
  }
  const now = () => nowMs
  const stopAsked = () => stopping.promise

  /** Pauses between attempts end at once; the seconds of a terminal when they are let go by. */
  function wait(milliseconds: number, signal: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason))
    if (signal.aborted) reject(signal.reason)
    if (terminal && milliseconds <= 1000) ticks.push(resolve)
    else setImmediate(resolve)
    return promise
  }

  const outside = { environment, input, output, complaints: complaining, now, stopAsked }
  return {
    done: train(outside, { url: server.url, plan, day, ...options }, realTime ? undefined : wait),
    raw,
    output,
    shown: () => shown,
    complaints: () => complaints,
    stop: () => stopping.resolve(),
    /** Forgets what was shown, so that what `sees` waits for is new. */
    forget() {
      shown = ''
    },
    sees: (text: string) =>
      new Promise<void>((resolve) => {
        watched.push({ text, seen: resolve })
        look()
      }),
    type: (text: string) => input.write(text),
    enter(...lines: string[]) {
      for (const line of lines) input.write(line + (terminal ? '\r' : '\n'))
    },
    hangUp: () => input.end(),
    pass(milliseconds: number) {
      nowMs += milliseconds
      server.pass(milliseconds)
      for (const tick of ticks.splice(0)) tick()
    },
  }
}
