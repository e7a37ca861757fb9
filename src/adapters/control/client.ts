import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { OnProgress, Progress } from '../../application/audit.ts'
import { type Asked, type Reply, socketPath } from './socket.ts'

/** Lets the live server of DATA_DIR do what is asked. Undefined where none answers. */
export async function askServer(
  dataDir: string,
  asked: Asked,
  onProgress: OnProgress = () => {},
): Promise<Reply | undefined> {
  const path = socketPath(dataDir)
  if (path === undefined) return undefined
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    socket.write(`${JSON.stringify(asked)}\n`)
    for await (const line of createInterface({ input: socket })) {
      const said = JSON.parse(line) as Reply | { progress: Progress }
      if (!('progress' in said)) return said
      onProgress(said.progress)
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
  } finally {
    socket.destroy()
  }
  return undefined
}
