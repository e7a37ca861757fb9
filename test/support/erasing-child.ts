// Opens the writer on a directory, erases a person, and kills its own process at the step that it is told.
import { parseArgs } from 'node:util'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { openWriter } from '../../src/adapters/sqlite/writer-core.ts'
import { masterKey, metadata } from './writer.ts'

const [dataDir, userId, last] = parseArgs({ allowPositionals: true }).positionals as [string, string, string]
const now = Date.now()
const writer = openWriter({
  ...{ dataDir, masterKey, now, views },
  onErasureStep: (step) => {
    if (step === last) process.kill(process.pid, 'SIGKILL')
  },
})
const askedAt = new Date(now).toISOString()
writer.erasing.erase({ kind: 'erase', userId, askedAt, metadata: JSON.stringify(metadata) }, now)
writer.close(now)
