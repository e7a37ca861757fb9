// Rebuilds the views of a directory and is killed by its own hand once so many events are folded.
import { openLog } from '../../src/adapters/sqlite/log-file.ts'
import { rebuildViews } from '../../src/adapters/sqlite/rebuild.ts'
import { createKeyring, openVault } from '../../src/adapters/sqlite/vault.ts'
import { views } from './story.ts'
import { masterKey } from './writer.ts'

const dataDir = process.argv[2] as string
const logDb = openLog(dataDir, { readonly: true })
const keys = createKeyring(openVault(dataDir, { readonly: true }), masterKey)
const onProgress = ({ done }: { done: number }) => {
  if (done >= Number(process.argv[3])) process.kill(process.pid, 'SIGKILL')
}
rebuildViews({ dataDir, logDb, keys, views, onProgress, ahead: { masterKey, leastEvents: 1 } })
