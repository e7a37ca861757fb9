import type { Measured, Spread } from './measure.ts'

const HEAD = ['#', 'ratio', 'measured (least..most)', 'must', 'goal', 'reached', 'figures']

/** The table as cells, its head first. */
export function cellsOf(all: readonly Measured[]): string[][] {
  return [HEAD, ...all.map(cells)]
}

/** As it is read on a terminal. */
export function asText(rows: readonly string[][]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

export function asMarkdown([head = [], ...rows]: readonly string[][]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function cells(measured: Measured): string[] {
  const { id, name, must, goal, unit, sides } = measured.row
  const wanted = [must, goal].map((value) => (value === undefined ? '' : String(value)))
  if ('why' in measured) return [id, name, `not measured: ${measured.why}`, ...wanted, '', '']
  const { ratio, figures, rounds } = measured
  const told = figures.map(({ median }, side) => `${sides[side]?.name} ${short(median)}${unit}`).join(' : ')
  const spread = rounds === 1 ? '' : ` (${short(ratio.least)}..${short(ratio.most)})`
  return [id, name, `${short(ratio.median)}${spread}`, ...wanted, reached(measured, ratio), told]
}

function reached({ row: { better, must, goal } }: Measured, { median }: Spread): string {
  if (must === undefined || goal === undefined) return ''
  const atLeast = (value: number) => (better === 'more' ? median >= value : median <= value)
  if (atLeast(goal)) return 'goal'
  return atLeast(must) ? 'must' : 'no'
}

function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
