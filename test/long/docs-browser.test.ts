import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openPage } from '../support/browser.ts'
import { startServer } from '../support/process.ts'

const test = suite('the page of the API in a browser')

type Page = Awaited<ReturnType<typeof openPage>>

const dataDir = mkdtempSync(join(tmpdir(), 'repledger-docs-'))
const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })

test.after(async () => {
  await server.stop('SIGTERM')
  rmSync(dataDir, { recursive: true })
})

/** What the browser complains of, from now on: in its console, and of the policy of the page. */
async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on('Log.entryAdded', ({ entry }: { entry: { text: string; url?: string } }) => {
    complaints.push(`${entry.text} ${entry.url ?? ''}`)
  })
  page.on('Runtime.consoleAPICalled', (call: { type: string; args: { value?: unknown }[] }) => {
    complaints.push(`${call.type}: ${call.args.map(({ value }) => value).join(' ')}`)
  })
  page.on('Runtime.exceptionThrown', (thrown: { exceptionDetails: { text: string } }) => {
    complaints.push(thrown.exceptionDetails.text)
  })
  page.on('Runtime.bindingCalled', ({ payload }: { payload: string }) => complaints.push(payload))
  for (const domain of ['Log', 'Runtime', 'Page']) await page.ask(`${domain}.enable`)
  await page.ask('Runtime.addBinding', { name: 'complain' })
  await page.ask('Page.addScriptToEvaluateOnNewDocument', {
    source: `document.addEventListener('securitypolicyviolation', (event) =>
      complain(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`,
  })
  return complaints
}

function found(selector: string) {
  return `document.querySelector(${JSON.stringify(selector)})`
}

async function click(page: Page, selector: string) {
  await page.until(found(selector))
  await page.evaluate(`${found(selector)}.click()`)
}

async function type(page: Page, selector: string, text: string) {
  await page.until(found(selector))
  await page.evaluate(`${found(selector)}.focus(), ${found(selector)}.select?.()`)
  await page.ask('Input.insertText', { text })
}

/** Opens an operation, sends it as it stands there, and gives what the page shows of the answer. */
async function execute(page: Page, path: string, method: string) {
  const block = `.opblock-${method}:has([data-path="${path}"])`
  await click(page, `${block} .opblock-summary-control`)
  await click(page, `${block} .execute`)
  const answer = `${block} .live-responses-table .response`
  await page.until(
    `${found(`${answer} .response-col_status`)} && ${found(`${answer} .microlight, ${answer} code`)}`,
  )
  const status = await page.evaluate<string>(`${found(`${answer} .response-col_status`)}.innerText`)
  const body = await page.evaluate<string>(`${found(`${answer} .microlight, ${answer} code`)}.textContent`)
  return { status: status.trim(), body: JSON.parse(body) }
}

test('registers, authorises and asks who one is, and nothing breaks the policy', async () => {
  const page = await openPage()
  try {
    const complaints = await complaintsOf(page)
    await page.ask('Page.navigate', { url: `${server.url}/docs` })
    const registered = await execute(page, '/v1/auth/register', 'post')
    assert.is(registered.status, '201')
    await click(page, '.auth-wrapper .authorize')
    await type(page, '.modal-ux input', registered.body.accessToken)
    await click(page, '.modal-ux .modal-btn.authorize')
    await click(page, '.modal-ux .btn-done')
    const me = await execute(page, '/v1/me', 'get')
    assert.equal([me.status, me.body], ['200', registered.body.user])
    assert.equal(complaints, [])
    assert.is(await page.evaluate('localStorage.length + sessionStorage.length'), 0)
  } finally {
    await page.close()
  }
})

test('shows an operation of every part, and the schemas, within the policy', async () => {
  const page = await openPage()
  try {
    const complaints = await complaintsOf(page)
    await page.ask('Page.navigate', { url: `${server.url}/docs` })
    await page.until(found('.opblock'))
    const firsts = `[...document.querySelectorAll('.opblock-tag-section')].map((part) =>
      part.querySelector('.opblock').id)`
    const shown = await page.evaluate<string[]>(firsts)
    assert.ok(shown.length > 5)
    // One by one: all at once are too much for a small machine.
    for (const id of shown) {
      await click(page, `[id="${id}"] .opblock-summary-control`)
      await page.until(found(`[id="${id}"] .responses-inner`))
      await click(page, `[id="${id}"] .opblock-summary-control`)
    }
    await click(page, '.models button')
    assert.equal(complaints, [])
  } finally {
    await page.close()
  }
})

test('the policy does hold: what it forbids is complained of', async () => {
  const page = await openPage()
  try {
    const complaints = await complaintsOf(page)
    await page.ask('Page.navigate', { url: `${server.url}/docs` })
    await page.until(found('.opblock-summary-control'))
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p style="color: red">a</p>')`)
    await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))`)
    assert.match(complaints.join('\n'), 'style-src-attr')
  } finally {
    await page.close()
  }
})

test.run()
