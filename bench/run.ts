// What the service does in a second against what its users would pick instead:
// `npm run bench -- [T2 T3 ..] [--rounds 5] [--seconds 3] [--events 1000000] [--long] [--sets 1000000]
// [--write]`, or `npm run bench -- load --seconds 600`: one load for so long, minute by minute.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { allRows } from './all-rows.ts'
import { generator } from './load.ts'
import { machine } from './machine.ts'
import { measureAll } from './measure.ts'
import { page } from './page.ts'
import { closeLasting } from './row.ts'
import { steadyLoad } from './steady.ts'
import { asText, cellsOf } from './table.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    events: { type: 'string', default: '1000000' },
    sets: { type: 'string', default: '1000000' },
    long: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const scale = {
  seconds: Number(values.seconds),
  events: Number(values.events),
  sets: Number(values.sets),
  say,
}
if (positionals[0] === 'load') {
  await steadyLoad(scale.seconds, say)
  process.exit()
}
const rows = allRows.filter(({ id, long }) =>
  positionals.length === 0
    ? values.long || !long
    : positionals.some(
        (asked) => id === asked || (id.startsWith(asked) && !/\d/.test(id[asked.length] ?? '')),
      ),
)
const numbers = [rounds, scale.seconds, scale.events, scale.sets]
if (rows.length === 0 || numbers.some((number) => !(number > 0))) {
  say(`There are ${allRows.map(({ id }) => id).join(', ')}; rounds, seconds, events and sets are numbers.`)
  process.exit(64)
}

if (!existsSync(new URL('./node_modules', import.meta.url))) {
  say('Installing what the service is measured with ..')
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: import.meta.dirname, stdio: 'inherit' })
  } catch {
    say('That failed: rows that need these packages are not measured.')
  }
}

const about = [
  ...machine(),
  `${rounds} rounds of ${scale.seconds} s a side, a large log of ${scale.events.toLocaleString('en')} events`,
]
say(about.join('\n'))
const all = await measureAll(rows, rounds, scale, (measured) => {
  say(asText(cellsOf([measured]).slice(1)))
})
await closeLasting()
about.push(
  `the load generator itself took ${Math.round((100 * generator.cpuSeconds) / (generator.seconds || 1))} % ` +
    `of one core, in its busiest round ${Math.round(100 * generator.busiest)} %`,
)
const cells = cellsOf(all)
say(`\n${asText(cells)}\n${about.at(-1)}`)
if (values.write) {
  const path = new URL('../docs/performance.md', import.meta.url)
  // What was tried is written by hand, below all else, and stays.
  const [, tried = ''] = readFileSync(path, 'utf8').split(/(?=^## Tried$)/m)
  writeFileSync(path, [page(cells, about), tried].filter(Boolean).join('\n'))
}
