import { parentPort, workerData } from 'node:worker_threads'
import { views } from './all-views.ts'
import type { HistoryAnswer, HistoryJob, HistoryRequest } from './history.ts'
import { createImportChecks } from './import-checks.ts'
import { openLog } from './log-file.ts'
import { askPast } from './past.ts'
import { createKeyring, openVault } from './vault.ts'

if (parentPort === null) throw new Error('This runs as a worker thread.')
const port = parentPort
const { dataDir, masterKey } = workerData
const log = openLog(dataDir, { readonly: true })
const vault = openVault(dataDir, { readonly: true })
// A new keyring for each question: a person whose key was destroyed must not be read by one kept here.
const options = () => ({ log, keys: createKeyring(vault, masterKey, log), views })
const imports = createImportChecks({
  log,
  keys: { subjectKey: () => undefined, isErased: () => false },
  views,
})

port.on('message', async ({ id, job }: HistoryRequest) => {
  let answer: HistoryAnswer
  try {
    answer = { id, answer: await answerTo(job) }
  } catch (error) {
    answer = { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  port.postMessage(answer)
})

async function answerTo(job: HistoryJob): Promise<unknown> {
  switch (job.kind) {
    case 'as-of':
      return askPast(options(), job)
    case 'prepare':
      return imports.prepare(job.userId, job.document)
    case 'take':
      return imports.take(job.importId, job.from, job.count)
    case 'release':
      return imports.release(job.importId)
  }
}
