// Prints the OpenAPI document just as the program serves it: `node test/support/print-openapi.ts`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from './process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'repledger-openapi-'))
try {
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  const answer = await fetch(`${server.url}/openapi.json`)
  if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}`)
  console.log(JSON.stringify(await answer.json(), null, 2))
  await server.stop('SIGTERM')
} finally {
  rmSync(dataDir, { recursive: true })
}
