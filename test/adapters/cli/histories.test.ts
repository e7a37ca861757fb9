import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../../src/adapters/cli/operations.ts'
import { operations } from '../../../src/adapters/operations.ts'
import { temporaryDirectory } from '../../support/writer.ts'
import { run } from './run-program.ts'

const cli = suite('the histories of people on the command line')

const dataDir = temporaryDirectory()
const environment = {
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
}
const file = join(dataDir, 'ada.json')
const told = (words: string) => run(words, operations, environment)

const settings = { ...environment, dataDir }
const serving = await served()
const ada = await person('ada')
const ben = await person('ben')
await send(ada, '/v1/plans', { name: 'Legs' })
await send(ada, '/v1/sessions', {
  ...{ startedAt: '2025-03-01T10:00:00Z', finishedAt: '2025-03-01T11:00:00Z' },
  exercises: [{ exerciseId: 'barbell-back-squat', sets: [{ reps: 5, weight: 100 }] }],
})

await send(ada, '/v1/measurements', {
  kind: 'weight',
  value: 70,
  unit: 'kg',
  measuredAt: '2025-03-01T08:00:00Z',
})
await send(ada, '/v1/sessions', {
  ...{ startedAt: '2025-03-02T10:00:00Z', finishedAt: '2025-03-02T11:00:00Z' },
  exercises: [{ exerciseId: 'bodyweight-squat', sets: [{ reps: 5 }] }],
})

async function served() {
  const { readSettings } = await import('../../../src/adapters/cli/settings.ts')
  return (await operations.serve(readSettings(settings as never) as never)) as Serving
}

async function send(token: string, path: string, body: object) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await fetch(serving.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as { accessToken: string }
}

async function person(name: string) {
  const password = 'a rather long phrase'
  const told = { email: `${name}@example.org`, firstName: name, password }
  return (await send('', '/v1/auth/register', told)).accessToken
}

cli('print what was known of a person at a time, and that there was nothing before', async () => {
  const { exitCode, output } = await told('as-of 2999-01-01T00:00:00Z --user ada@example.org')
  assert.is(exitCode, 0)
  assert.match(
    output,
    /^at .*\nada <ada@example\.org>\n2 sessions, 2 sets, [\d.]+ kg moved, .*\nplan 1: Legs\n$/,
  )
  assert.is((await told('as-of 1 --user ada@example.org --json')).exitCode, 1)
  assert.is(
    (await told('as-of 1 --user nobody@example.org')).complaints,
    'repledger: There is no such person.\n',
  )
  assert.is((await told('as-of soon --user ada@example.org')).exitCode, 64)
  assert.is((await told('as-of 2025-02-31T00:00Z')).exitCode, 64)
})

cli('print why a record is what it is', async () => {
  const { exitCode, output } = await told('why barbell-back-squat --user ada@example.org --kind max-weight')
  assert.is(exitCode, 0)
  assert.match(
    output,
    /^barbell-back-squat max-weight: 100 kg\nas logged: .*\nthe set\n {2}\d+ .*SessionLogged/,
  )
  const own = await told('why bodyweight-squat --user ada@example.org --kind best-set-volume')
  assert.match(own.output, /\nthe body weight\n {2}\d+ .*MeasurementTaken/)
  const none = await told('why plank --user ada@example.org --kind weight-at-reps --reps 5 --json')
  assert.equal([none.exitCode, none.complaints], [1, 'repledger: There is no such record.\n'])
  assert.is((await told('why plank --user ada@example.org --kind tallest')).exitCode, 64)
  assert.is((await told('why plank --user ada@example.org --kind max-reps --reps x')).exitCode, 64)
})

cli('export a person to a file and import it, beside the live server and without it', async () => {
  const exported = await told(`export --user ada@example.org --output ${file}`)
  assert.equal([exported.exitCode, exported.output], [0, `written to ${file}\n`])
  const printed = await told('export --user ada@example.org')
  const eventsOf = (text: string) => JSON.parse(text).events
  assert.equal(eventsOf(printed.output), eventsOf(readFileSync(file, 'utf8')))
  const counts = '5 events: 0 exercises, 1 plans, 2 sessions, 1 measurements, 0 goals\n'
  const live = await told(`import ${file} --user ben@example.org`)
  assert.equal([live.exitCode, live.output, live.complaints], [0, counts, ''])
  await serving.close()
  assert.is((await told(`import ${file} --user ben@example.org`)).output, counts)
  const full = await told(`import ${file} --user ada@example.org`)
  assert.equal([full.exitCode, full.complaints], [1, 'repledger: This account holds something already.\n'])
  assert.ok(ben)
})

cli('export nobody, and import nothing that does not pass', async () => {
  assert.is((await told(`export --user nobody --output ${join(dataDir, 'nobody.json')}`)).exitCode, 1)
  assert.is((await told('export')).exitCode, 64)
  const wrong = join(dataDir, 'wrong.json')
  writeFileSync(wrong, '{"format":"repledger user 1","events":[{}]}')
  const refused = await told(`import ${wrong} --user ben@example.org`)
  assert.is(refused.exitCode, 1)
  assert.match(refused.complaints, '/events/0/stream stream must be such as session-<id>.')
  assert.is((await told(`import ${wrong} --user nobody`)).complaints, 'repledger: There is no such person.\n')
  assert.is((await told('import nowhere.json --user ben@example.org')).exitCode, 1)
  assert.not(existsSync(`${file}.part`))
})

cli.run()
