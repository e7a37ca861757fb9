import type { Row, Running, Scale, Side } from './row.ts'

export type Spread = { median: number; least: number; most: number }

export type Measured =
  | { row: Row; ratio: Spread; figures: readonly Spread[]; rounds: number }
  | { row: Row; why: string }

/** Rows that share their first side are measured in one go: it runs once for all of them. */
export async function measureAll(
  rows: readonly Row[],
  rounds: number,
  scale: Scale,
  onMeasured: (measured: Measured) => void,
): Promise<Measured[]> {
  const all: Measured[] = []
  for (const together of Map.groupBy(rows, ({ sides: [first] }) => first).values()) {
    for (const measured of await measure(together, rounds, scale)) {
      all.push(measured)
      onMeasured(measured)
    }
  }
  return all.toSorted((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row))
}

/** Runs each side once in every round, there and back: what disturbs one disturbs the others. */
async function measure(rows: readonly Row[], rounds: number, scale: Scale): Promise<Measured[]> {
  const sides = [...new Set(rows.flatMap((row) => [...row.sides]))]
  const count = Math.min(rounds, ...rows.map((row) => row.rounds ?? rounds))
  const running = new Map<Side, Running>()
  const figures = new Map<Side, number[]>(sides.map((side) => [side, []]))
  const failed = new Map<Side, string>()
  const attempt = async (side: Side, work: () => Promise<unknown>) => {
    if (failed.has(side)) return
    try {
      await work()
    } catch (error) {
      failed.set(side, `${side.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  for (const side of sides) {
    await attempt(side, async () => running.set(side, await side.open(scale)))
  }
  for (let round = 0; round < count; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      await attempt(side, async () => figures.get(side)?.push((await running.get(side)?.round()) as number))
    }
  }
  for (const { close } of running.values()) await close()
  return rows.map((row) => {
    const why = row.sides.flatMap((side) => failed.get(side) ?? []).join('; ')
    if (why !== '') return { row, why }
    const [ours, theirs] = row.sides.map((side) => figures.get(side) as number[]) as [number[], number[]?]
    const ratios = ours.map((figure, round) => figure / (theirs?.[round] ?? 1))
    const spreads = (theirs === undefined ? [ours] : [ours, theirs]).map(spreadOf)
    return { row, ratio: spreadOf(ratios), figures: spreads, rounds: count }
  })
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)] as number, sorted[Math.ceil(middle)] as number]
  return { median: (low + high) / 2, least: sorted[0] as number, most: sorted.at(-1) as number }
}
