import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type ServerProcess = {
  url: string
  processId: number
  /** Resolves with the exit code, or null after a signal that could not be caught. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** The real program in a process of its own, on a free port; resolves when it answers. */
export async function startServer(
  dataDir: string,
  env: Record<string, string> = {},
  program = main,
  onComplaint?: (text: string) => void,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, RATE_LIMIT: 'off', ...env },
    stdio: ['ignore', 'pipe', onComplaint === undefined ? 'inherit' : 'pipe'],
  })
  if (onComplaint !== undefined) child.stderr?.setEncoding('utf8').on('data', onComplaint)
  const exited = once(child, 'exit')
  const output = child.stdout as Readable
  for await (const line of createInterface({ input: output })) {
    const url = line.match(/ answers at (\S+)/)?.[1]
    if (url === undefined) continue
    output.resume()
    return {
      url,
      processId: child.pid as number,
      async stop(signal) {
        child.kill(signal)
        return (await exited)[0]
      },
    }
  }
  throw new Error(`The server ended with ${(await exited)[0]} before it was ready`)
}

/** Runs a subcommand to its end. */
export async function runProgram(dataDir: string, ...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const read = async (stream: AsyncIterable<Buffer>) => {
    let text = ''
    for await (const chunk of stream) text += chunk
    return text
  }
  const [[code], output, errors] = await Promise.all([
    once(child, 'exit'),
    read(child.stdout),
    read(child.stderr),
  ])
  return { code: code as number | null, output, errors }
}
