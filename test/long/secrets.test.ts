import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { traces } from '../support/canaries.ts'
import { runProgram } from '../support/process.ts'
import { brokenExport, fail, goWrong, live, personal, sent } from '../support/secret-journey.ts'
import { askingAt, found, listenTo, repeatedIn } from '../support/secret-story.ts'

const test = suite('nothing secret leaves, from the first day to the last')

test('whoever crashes, commands, imports, resets and erases, no output tells anything', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-secrets-'))
  const broken = join(dataDir, '..', `${Date.now()}-broken.json`)
  const { email } = personal
  let server = await listenTo(dataDir)
  try {
    const first = askingAt(server.url)
    const lived = await live(first)
    await goWrong(first, lived, true)
    assert.equal(await fail(first, lived.token, dataDir), [500, 500])
    const secrets: Record<string, string> = { ...sent, ...lived.made, ...personal }
    await server.stop('SIGKILL')
    const crashed = server.said()

    server = await listenTo(dataDir)
    const second = askingAt(server.url)
    writeFileSync(broken, brokenExport(lived.exported))
    const commands = [
      ...[['verify'], ['head', '--sign'], ['replay'], ['keys', 'rotate'], ['token', 'list']],
      ...[
        ['import', broken, '--user', email],
        ['erase', 'nobody@example.org', '--yes'],
        ['show', sent.path],
      ],
    ]
    for (const words of commands) {
      const { output, errors } = await runProgram(dataDir, ...words)
      const typed = Object.fromEntries(Object.entries(secrets).filter(([, text]) => !words.includes(text)))
      assert.equal(found(output + errors, typed), [], words[0])
    }
    const reset = await runProgram(dataDir, 'password-reset', email, '--json')
    const operator = await runProgram(dataDir, 'token', 'create', 'watch', '--json')
    secrets.resetTicket = JSON.parse(reset.output).ticket
    secrets.operatorToken = JSON.parse(operator.output).token
    assert.equal(found(reset.errors + operator.errors, secrets), [])
    const { resetTicket: ticket, operatorToken } = secrets
    assert.is((await second.ask('GET', '/v1/audit/verify', { token: operatorToken as string })).status, 200)
    assert.is((await second.ask('GET', '/v1/me', { token: operatorToken as string })).status, 403)
    const changed = { ticket, newPassword: sent.claimPassword }
    assert.is((await second.ask('POST', '/v1/auth/reset', { body: changed })).status, 204)
    assert.is((await second.ask('POST', '/v1/auth/reset', { body: changed })).status, 401)
    const login = { email, password: sent.claimPassword }
    const again = await second.ask('POST', '/v1/auth/login', { body: login })
    assert.is(again.status, 200)
    secrets.lastAccess = again.json.accessToken
    secrets.lastRefresh = again.json.refreshToken
    const leaving = { token: again.json.accessToken, body: { password: sent.claimPassword } }
    assert.is((await second.ask('DELETE', '/v1/me', leaving)).status, 204)
    assert.is(await server.stop('SIGTERM'), 0)

    assert.equal(found(crashed + server.said(), secrets), [])
    assert.equal(repeatedIn([...first.told, ...second.told], secrets), [])
    const { classicEmail: _, classicPhone: __, ...gone } = personal
    const ofOthers = new Set([personal.notes, personal.firstName])
    const credentials = [...Object.values(sent), ...Object.values(lived.made), ticket, operatorToken]
    const erased = Object.values(gone).filter((text) => !ofOthers.has(text))
    assert.equal(traces(dataDir, [...credentials, ...erased] as string[]), [])
  } finally {
    await server.stop('SIGKILL')
    rmSync(dataDir, { recursive: true })
    rmSync(broken, { force: true })
  }
})

test.run()
