import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import type { OnProgress } from '../../application/audit.ts'
import { type Asked, type Reply, socketPath } from './socket.ts'

export type Handle = (asked: Asked, onProgress: OnProgress) => Promise<Reply>

export type Control = {
  /** Takes no more commands; resolves when those under way are answered. */
  close: () => Promise<void>
}

const REQUEST_BYTES = 1024 * 1024

/**
 * Takes commands over a socket in DATA_DIR that only its owner may use. Undefined where the path is too long
 * for the address of a socket. A socket of that name was left by a server that was killed, as whoever owns
 * DATA_DIR is alone there.
 */
export async function listenForCommands(dataDir: string, handle: Handle): Promise<Control | undefined> {
  const path = socketPath(dataDir)
  if (path === undefined) return undefined
  rmSync(path, { force: true })
  const idle = new Set<Socket>()
  const server = createServer((socket) => {
    idle.add(socket)
    socket.once('close', () => idle.delete(socket))
    // Whoever goes away without waiting for the answer has asked all the same.
    socket.on('error', () => socket.destroy())
    readRequest(socket, (asked) => {
      idle.delete(socket)
      const write = (line: object) => {
        if (socket.writable) socket.write(`${JSON.stringify(line)}\n`)
      }
      void handle(asked, (progress) => write({ progress })).then((reply) => {
        write(reply)
        socket.end()
      })
    })
  })
  const listening = Promise.withResolvers<void>()
  server.once('error', listening.reject)
  // Bound at once, so that nobody else could use it before its rights are narrowed.
  const before = process.umask(0o177)
  server.listen(path, listening.resolve)
  process.umask(before)
  await listening.promise
  chmodSync(path, 0o600)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        rmSync(path, { force: true })
        for (const socket of idle) socket.destroy()
      }),
  }
}

function readRequest(socket: Socket, take: (asked: Asked) => void) {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (more: string) => {
    text += more
    const end = text.indexOf('\n')
    if (end < 0 && text.length <= REQUEST_BYTES) return
    socket.removeAllListeners('data').resume()
    const asked = requestOf(text.slice(0, end))
    if (asked === undefined) socket.destroy()
    else take(asked)
  })
}

function requestOf(line: string): Asked | undefined {
  try {
    const asked = JSON.parse(line)
    return typeof asked?.command === 'string' ? asked : undefined
  } catch {
    // Whoever speaks another language gets no answer.
    return undefined
  }
}
