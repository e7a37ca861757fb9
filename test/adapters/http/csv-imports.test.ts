import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { csvFiles } from '../../../src/adapters/csv/csv-files.ts'
import { csvImportRoutes } from '../../../src/adapters/http/csv-imports.ts'
import { userEventRoutes } from '../../../src/adapters/http/user-events.ts'
import { createCsvImports } from '../../../src/application/csv-imports.ts'
import type { CsvReport } from '../../../src/application/csv-report.ts'
import { strongComma } from '../../support/csv-samples.ts'
import { startHttp } from '../../support/http.ts'
import { openToldLog } from '../../support/told-log.ts'

const http = suite('tables over HTTP')

const told = await openToldLog()
let count = 0
const imports = createCsvImports({
  ...{ ...told.acting, files: csvFiles, exercises: told.reads.exercises, users: told.reads.users },
  ...{ clock: told.clock, newId: () => csvFiles.idOf(`${++count}`) },
})
const server = await startHttp([...csvImportRoutes(imports), ...userEventRoutes(told.feed)])
const ada = await told.person()

async function send(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada}`, 'content-type': 'text/csv', ...headers },
    body,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, report: JSON.parse(text) as CsvReport }
}

http('take a file as curl sends it, and tell what became of each row', async () => {
  const dry = await send('/v1/imports?dryRun=true', strongComma)
  assert.equal([dry.status, dry.report.dryRun, dry.report.imported], [200, true, 4])
  const { status, report } = await send('/v1/imports', strongComma, {
    'content-type': 'text/csv; charset=utf-8',
  })
  assert.equal([status, report.dryRun, report.dialect], [200, false, 'strong'])
  assert.equal(
    report.rows.map(({ line, outcome }) => `${line} ${outcome}`),
    ['2 imported', '3 skipped', '4 imported', '5 skipped', '6 imported', '7 imported'],
  )
  const again = await send('/v1/imports', strongComma)
  assert.equal([again.report.imported, again.report.duplicates], [0, 4])
})

http('give the sets as a table that is taken back', async () => {
  const response = await fetch(`${server.url}/v1/me/export.csv`, {
    headers: { authorization: `Bearer ${ada}` },
  })
  assert.is(response.headers.get('content-type'), 'text/csv; charset=utf-8')
  const { report } = await send('/v1/imports', await response.text())
  assert.equal([report.dialect, report.imported, report.duplicates], ['repledger', 0, 4])
})

http('refuse what is no table, or none that is known', async () => {
  assert.is((await send('/v1/imports', strongComma, { 'content-type': 'application/json' })).status, 415)
  assert.is(
    (await send('/v1/imports', strongComma, { 'content-type': 'text/csv; charset=utf-16' })).status,
    400,
  )
  const unknown = await send('/v1/imports', 'a,b\n1,2\n')
  assert.is(unknown.status, 422)
  assert.match(unknown.text, /Strong.*Hevy.*FitNotes/)
  assert.is((await send('/v1/imports?timeZone=Nowhere', strongComma)).status, 422)
  const nobody = await fetch(`${server.url}/v1/imports`, { method: 'POST', body: strongComma })
  assert.is(nobody.status, 401)
})

http('tell and take what names mean', async () => {
  const names = async () =>
    (
      await server.call<{ names: { name: string; exerciseId: string }[] }>('GET', '/v1/imports/names', {
        token: ada,
      })
    ).body.names
  assert.equal(
    (await names()).map(({ name }) => name),
    ['bench press (barbell)', 'log toss', 'plank'],
  )
  const change = (exerciseId: string) =>
    server.call('PATCH', '/v1/imports/names', {
      ...{ token: ada, body: { names: [{ name: 'Log Toss', exerciseId }] } },
    })
  assert.is((await change('no-such')).status, 422)
  assert.is((await change((await names())[0]?.exerciseId as string)).status, 200)
  assert.is((await names())[1]?.exerciseId, (await names())[0]?.exerciseId)
})

http.after(async () => {
  await server.close()
  await told.close()
})

http.run()
