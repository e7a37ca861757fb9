import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operations } from '../src/adapters/operations.ts'
import { run } from './adapters/cli/run-program.ts'
import { traces } from './support/canaries.ts'
import { brokenExport, fail, goWrong, live, personal, sent } from './support/secret-journey.ts'
import { askingAt, found, type Listened, listenTo, repeatedIn, type Told } from './support/secret-story.ts'
import { temporaryDirectory } from './support/writer.ts'

type Context = {
  dataDir: string
  server: Listened
  told: Told[]
  made: Record<string, string>
  exported: string
  failures: number[]
}

const test = suite<Context>('nothing secret leaves')

const masterKey = Buffer.alloc(32, 0xca).toString('hex')

test.before(async (context) => {
  const dataDir = temporaryDirectory()
  const server = await listenTo(dataDir, { MASTER_KEY: masterKey, METRICS_PORT: '0' })
  const asking = askingAt(server.url)
  const lived = await live(asking)
  await goWrong(asking, lived)
  const failures = await fail(asking, lived.token, dataDir)
  Object.assign(context, { dataDir, server, told: asking.told, failures, ...lived })
})

test.after(async ({ server }) => {
  await server?.stop('SIGKILL')
})

test('the journey went everywhere, and what failed was told in the log', ({ told, failures, server }) => {
  assert.equal(failures, [500, 500])
  const statuses = new Set(told.map(({ status }) => status))
  const all = [200, 201, 204, 400, 401, 404, 405, 406, 409, 413, 415, 422, 431, 500]
  assert.equal(
    all.filter((status) => !statuses.has(status)),
    [],
  )
  assert.match(server.said(), /"msg":"request failed"/)
  assert.match(server.said(), /"level":20,/)
})

test('no line of any log holds anything secret or personal', ({ server, made }) => {
  assert.equal(found(server.said(), { ...sent, ...made, ...personal, masterKey }), [])
})

test('no answer that refuses repeats anything secret or personal, in its body or its headers', (context) => {
  assert.ok(context.told.filter(({ status }) => status >= 400).length > 60)
  const repeated = repeatedIn(context.told, { ...sent, ...context.made, ...personal, masterKey })
  assert.equal(repeated, [])
})

test('no answer at all repeats a password, a key or a header', ({ told }) => {
  const secrets = { ...sent, masterKey }
  assert.equal(
    told.flatMap(({ asked, headers, body }) => found(headers + body, secrets).map((name) => [asked, name])),
    [],
  )
})

// The older clients' contract demands that an account is answered with its id, to whoever asked with it.
const shownAgain: Readonly<Record<string, RegExp>> = {
  classicId: /^(POST \/user\/create|GET \/user\/[^/]+)$/,
}

test('a token is answered once, to whom it is made for', ({ told, made }) => {
  for (const [name, secret] of Object.entries(made)) {
    const bearing = told.filter(({ headers, body }) => (headers + body).includes(secret))
    const others = bearing.filter(({ asked }) => !shownAgain[name]?.test(asked))
    assert.is(others.length, name in shownAgain ? 0 : 1, name)
  }
})

test('no header of an answer holds anything personal', ({ told }) => {
  assert.equal(
    told.flatMap(({ asked, headers }) => found(headers, personal).map((name) => [asked, name])),
    [],
  )
})

test('no metric holds anything secret or personal', async ({ dataDir, server, made }) => {
  const environment = { DATA_DIR: dataDir, MASTER_KEY: masterKey }
  const { output } = await run('token create watch --scope metrics --json', operations, environment)
  const headers = { authorization: `Bearer ${JSON.parse(output).token}` }
  const text = await (await fetch(`${server.url}/metrics`, { headers })).text()
  assert.match(text, 'repledger_http_requests_total{method="GET",route="/user/{id}",status="401"} 1')
  assert.equal(found(text, { ...sent, ...made, ...personal, masterKey }), [])
})

test('no file holds a credential, and none but the views anything personal', ({ dataDir, made }) => {
  const credentials = [...Object.values(sent), ...Object.values(made), masterKey]
  assert.equal(traces(dataDir, [...credentials, Buffer.from(masterKey, 'hex')]), [])
  // The vault says in the clear what a personal token is called: it goes with the person all the same.
  const { tokenName: _, ...sealed } = personal
  const elsewhere = traces(dataDir, Object.values(sealed)).filter((trace) => !trace.startsWith('views.'))
  assert.equal(elsewhere, [])
})

test('no name of a file and no argument of the process tells anything', ({ dataDir, server }) => {
  const names = readdirSync(dataDir).toSorted()
  const shape = /^((log|vault|views\.\d+)\.db(-(wal|shm))?|control\.sock|owner\.lock(-journal)?)$/
  assert.equal(
    names.filter((name) => !shape.test(name)),
    [],
  )
  for (const file of [`/proc/${server.processId}/cmdline`, `/proc/${server.processId}/comm`]) {
    if (process.platform === 'linux') assert.equal(found(readFileSync(file, 'utf8'), { masterKey }), [])
  }
})

test('no command complains of anything but what it was told', async ({ dataDir, made, exported }) => {
  const broken = join(temporaryDirectory(), 'broken.json')
  const environment = { DATA_DIR: dataDir, MASTER_KEY: masterKey, LOG_LEVEL: 'trace' }
  writeFileSync(broken, brokenExport(exported))
  for (const words of [
    ...['verify', 'head', 'seed', 'show user-nobody', 'erase nobody@example.org --yes', 'replay'],
    `import ${broken} --user ${personal.email}`,
  ]) {
    const { output, complaints } = await run(words, operations, environment)
    const typed = Object.fromEntries(Object.entries(personal).filter(([, text]) => !words.includes(text)))
    assert.equal(found(output + complaints, { ...sent, ...made, ...typed, masterKey }), [], words)
  }
})

test.run()
