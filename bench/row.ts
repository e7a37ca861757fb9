export type Scale = {
  /** How long one side runs in one round. */
  seconds: number
  /** Of the large log. */
  events: number
  /** Of the long load. */
  sets: number
  /** Tells how far what takes long has come. */
  say: (line: string) => void
}

/** One side of a comparison while it is open; a round gives its figure. */
export type Running = { round: () => Promise<number>; close: () => Promise<void> | void }

export type Side = { name: string; open: (scale: Scale) => Promise<Running> }

export type Row = {
  id: string
  name: string
  /** Of each side's own figures. */
  unit: string
  better: 'more' | 'less'
  must?: number
  goal?: number
  /** The first is divided by the second, round by round; where there is one, its figure stands for itself. */
  sides: readonly [Side, Side] | readonly [Side]
  /** Where a round takes many minutes. */
  rounds?: number
  /** Measured when asked for by name or with all that takes long. */
  long?: true
}

const closers: (() => Promise<void>)[] = []

/** Opened when first asked for, and closed when everything is measured. */
export function lasting<T>(open: () => Promise<T>, close: (opened: T) => Promise<void>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    if (opened === undefined) {
      const opening = open()
      opened = opening
      closers.push(() => opening.then(close, () => {}))
    }
    return opened
  }
}

export async function closeLasting() {
  for (const close of closers.splice(0)) await close()
}

/** Calls so often as fits into a round; gives how often that was in a second. */
export async function rate(seconds: number, call: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now()
  const until = began + seconds * 1000
  let calls = 0
  while (performance.now() < until) {
    await call()
    calls += 1
  }
  return (calls * 1000) / (performance.now() - began)
}

/** The same of several callers at once, each of which waits for itself alone. */
export async function rateOfAll(
  seconds: number,
  calls: readonly (() => Promise<unknown>)[],
): Promise<number> {
  const rates = await Promise.all(calls.map((call) => rate(seconds, call)))
  return rates.reduce((sum, each) => sum + each, 0)
}
