import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createVerifying } from '../../../src/adapters/sqlite/verifying.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import { appendTo, type LogForTests, openLogForTests } from '../../support/opened-log.ts'
import { metadata, registered, temporaryDirectory } from '../../support/writer.ts'

type Context = LogForTests & { verifying: ReturnType<typeof createVerifying> }

const test = suite<Context>('verifying')
const masterKey = Buffer.alloc(32, 7).toString('hex')

test.before(async (context) => {
  Object.assign(context, await openLogForTests())
})

test.before.each((context) => {
  context.verifying = createVerifying({ dataDir: context.dataDir, masterKey })
})

test.after.each(({ verifying }) => verifying.close())

test.after(({ close }) => close())

function begun({ verifying }: Pick<Context, 'verifying'>, range = {}) {
  const told: Progress[] = []
  const started = verifying.verifying.start(range, (progress) => told.push(progress))
  if (isRefusal(started)) throw new Error(started.detail)
  return { ...started, told }
}

test('what is there is checked while it is written, and its progress told', async (context) => {
  const { log } = context
  const { report, told } = begun(context)
  await log.append([appendTo('user-bob', 'no stream', [registered('bob')])], metadata)
  const found = await report
  assert.ok(found && found.events >= 1)
  assert.ok(told.length > 0)
  const { report: part } = begun(context, { from: 2, to: 2 })
  assert.is((await part)?.events, 1)
})

test('one runs at a time, and the next after it was stopped or has ended', async (context) => {
  const { verifying } = context
  const first = begun(context)
  const second = verifying.verifying.start({}, () => {})
  assert.equal(isRefusal(second) && second.refusal, 'contended')
  first.stop()
  assert.is(await first.report, undefined)
  const third = begun(context)
  assert.ok(await third.report)
})

test('a check that cannot begin rejects', async () => {
  const verifying = createVerifying({ dataDir: temporaryDirectory(), masterKey })
  const [failed] = await Promise.allSettled([begun({ verifying }).report])
  assert.is(failed?.status, 'rejected')
})

test('closing ends what runs', async (context) => {
  const { report } = begun(context)
  await context.verifying.close()
  assert.is(await report, undefined)
})

test.run()
