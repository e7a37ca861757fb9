import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from './process.ts'

/** The OpenAPI document just as the program serves it. */
export async function servedDocument<Document>(): Promise<Document> {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-openapi-'))
  try {
    const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const answer = await fetch(`${server.url}/openapi.json`)
    if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}`)
    const document = (await answer.json()) as Document
    await server.stop('SIGTERM')
    return document
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}
