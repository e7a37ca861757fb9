import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Measured, measureAll } from '../../bench/measure.ts'
import type { Row, Side } from '../../bench/row.ts'
import { cellsOf } from '../../bench/table.ts'

const measure = suite('measure')

const scale = { seconds: 1, events: 1, sets: 1, say: assert.unreachable }

/** Sides that give these figures round by round and write down what happens to them. */
function scripted() {
  const happened: string[] = []
  const side = (name: string, figures: readonly number[]): Side => ({
    name,
    async open() {
      const left = [...figures]
      happened.push(`open ${name}`)
      const round = async () => {
        const figure = left.shift()
        if (figure === undefined) throw new Error('it is worn out')
        happened.push(name)
        return figure
      }
      return { round, close: () => void happened.push(`close ${name}`) }
    },
  })
  return { happened, side }
}

const rowOf = (id: string, ...sides: [Side, Side] | [Side]): Row => ({
  ...{ id, name: `the name of ${id}`, unit: '/s', better: 'more', must: 2, goal: 3, sides },
})

const measured = async (rows: readonly Row[], rounds: number): Promise<Measured[]> => {
  const told: Measured[] = []
  const all = await measureAll(rows, rounds, scale, (one) => void told.push(one))
  assert.equal(told, all)
  return all
}

measure('runs the sides in turn, there and back again, and divides round by round', async () => {
  const { happened, side } = scripted()
  const row = rowOf('A', side('ours', [8, 30, 10]), side('theirs', [4, 10, 2]))
  assert.equal(await measured([row], 3), [
    {
      row,
      ratio: { median: 3, least: 2, most: 5 },
      figures: [
        { median: 10, least: 8, most: 30 },
        { median: 4, least: 2, most: 10 },
      ],
      rounds: 3,
    },
  ])
  const rounds = ['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']
  assert.equal(happened, ['open ours', 'open theirs', ...rounds, 'close ours', 'close theirs'])
})

measure('runs a side once for all the rows that it is the first of', async () => {
  const { happened, side } = scripted()
  const ours = side('ours', [6])
  await measured([rowOf('A', ours, side('one', [2])), rowOf('B', ours, side('other', [3]))], 1)
  assert.equal(
    happened.filter((what) => !what.includes(' ')),
    ['ours', 'one', 'other'],
  )
})

measure('says of what failed why, and goes on with the rest', async () => {
  const { side } = scripted()
  const ours = side('ours', [6, 8])
  const rows = [rowOf('A', ours, side('weak', [2])), rowOf('B', ours, side('other', [3, 4]))]
  const [head, ...cells] = cellsOf(await measured(rows, 2))
  assert.equal(head?.length, 7)
  assert.equal(cells, [
    ['A', 'the name of A', 'not measured: weak: it is worn out', '2', '3', '', ''],
    ['B', 'the name of B', '2.00 (2.00..2.00)', '2', '3', 'must', 'ours 7.00/s : other 3.50/s'],
  ])
})

measure('lets a figure without another side stand for itself', async () => {
  const { side } = scripted()
  const row = { ...rowOf('A', side('start', [1.5])), better: 'less', unit: ' s' } as const
  assert.equal(cellsOf(await measured([row], 1))[1], [
    ...['A', 'the name of A', '1.50', '2', '3', 'goal', 'start 1.50 s'],
  ])
})

measure.run()
