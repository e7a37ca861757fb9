import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { auditRoutes } from '../../../src/adapters/http/audit.ts'
import type { HeadReport } from '../../../src/application/audit.ts'
import { startHttp } from '../../support/http.ts'

const head = { position: 7, hash: 'ab'.repeat(32) }
const signed = { signedAt: '2026-03-01T10:00:00.000Z', keyId: 'cd'.repeat(16), signature: 'ef'.repeat(64) }

test('anybody may ask where the log ends, and gets the last signed word about it', async () => {
  const reports: HeadReport[] = [
    { ...head, checkpoint: null },
    { ...head, checkpoint: { position: 5, hash: '12'.repeat(32), ...signed } },
  ]
  for (const report of reports) {
    const http = await startHttp(auditRoutes(async () => report))
    const { status, headers, body } = await http.call('GET', '/v1/audit/head')
    assert.equal([status, headers['cache-control'], body], [200, 'no-store', report])
    await http.close()
  }
})

test.run()
