import { connect } from 'node:net'

export type Answered = { status: number; head: string; milliseconds: number }

type Waiting = { began: number; resolve: (answered: Answered) => void }

const END_OF_HEAD = '\r\n\r\n'

/** A connection on which requests are sent without waiting for the answers before, all with one token. */
export function openPipe(url: string, token: string) {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname).setEncoding('latin1').setNoDelay()
  const waiting: Waiting[] = []
  let received = ''
  // A connection that breaks leaves its requests without answers, and is seen by that.
  socket.on('error', () => {})
  socket.on('data', (text: string) => {
    received += text
    let at = 0
    for (;;) {
      const end = received.indexOf(END_OF_HEAD, at)
      if (end < 0) break
      const head = received.slice(at, end)
      const length = Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      const next = end + END_OF_HEAD.length + length
      if (received.length < next) break
      at = next
      const { began, resolve } = waiting.shift() as Waiting
      resolve({ status: Number(head.slice(9, 12)), head, milliseconds: performance.now() - began })
    }
    received = received.slice(at)
  })
  return {
    post(path: string, text: string): Promise<Answered> {
      const headers = `host: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json`
      socket.write(
        `POST ${path} HTTP/1.1\r\n${headers}\r\ncontent-length: ${text.length}${END_OF_HEAD}${text}`,
      )
      return new Promise((resolve) => waiting.push({ began: performance.now(), resolve }))
    },
    close: () => socket.destroy(),
  }
}
