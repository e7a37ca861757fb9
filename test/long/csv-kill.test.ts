import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, password } from '../support/canaries.ts'
import { seeded } from '../support/kill-story.ts'
import { killsOf, killsSomewhere, tellKills } from '../support/kills.ts'
import { runProgram, startServer } from '../support/process.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const WORKOUTS = 300
const SETS = 12

const test = suite(`kill -9 of an import of a table, SEED=${seed}`)

function table(): string {
  const lines = ['Date,Workout Name,Exercise Name,Set Order,Weight (kg),Reps']
  for (let workout = 0; workout < WORKOUTS; workout++) {
    const at = new Date(Date.UTC(2023, 0, 1 + workout, 18)).toISOString().slice(0, 19).replace('T', ' ')
    for (let set = 0; set < SETS; set++) {
      lines.push(`${at},Push,${set < 6 ? 'Bench Press (Barbell)' : 'Log Toss'},${set + 1},${60 + set},5`)
    }
  }
  return lines.join('\n')
}

async function expectGood(dataDir: string, ...args: string[]) {
  const { code, output, errors } = await runProgram(dataDir, ...args)
  assert.is(code, 0, `${args[0]}: ${output}${errors}`)
  return output
}

test('at any moment: the second run finishes it, and nothing is twice', async () => {
  const place = mkdtempSync(join(tmpdir(), 'repledger-csv-kill-'))
  const [dataDir, file] = [join(place, 'data'), join(place, 'strong.csv')]
  writeFileSync(file, table())
  try {
    const { url, stop } = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const kills = killsOf('import of a table')
    const people = Array.from({ length: 2 * kills + 1 }, (_, index) => `kim${index}@example.com`)
    for (const email of people) {
      await ask(url, 'POST', '/v1/auth/register', { email, password, firstName: 'Kim' })
    }
    await stop('SIGTERM')
    const began = performance.now()
    await expectGood(dataDir, 'import', file, '--user', people.pop() as string)
    const killing = killsSomewhere(random, performance.now() - began)
    let landed = 0
    while (landed < kills && people.length > 0) {
      const email = people.pop() as string
      if (await killing(dataDir, 'import', file, '--user', email)) landed += 1
      const told = await expectGood(dataDir, 'import', file, '--user', email, '--json')
      const finished = JSON.parse(told)
      assert.is(finished.imported + finished.duplicates, WORKOUTS * SETS)
      const rows = (await expectGood(dataDir, 'export', '--user', email, '--csv')).trim().split('\r\n')
      assert.equal([rows.length, new Set(rows).size], [1 + WORKOUTS * SETS, 1 + WORKOUTS * SETS])
    }
    tellKills('import of a table', landed, seed)
    await expectGood(dataDir, 'verify')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test.run()
