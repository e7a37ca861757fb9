import { join, relative } from 'node:path'

// The least of what systems allow for the address of a socket, its closing zero byte included.
const ADDRESS_BYTES = 104

/** How a live server is asked: one request, one reply, progress between them; each a line of JSON. */
export type Asked = { command: string; arguments: unknown }
export type Reply = { answer: unknown } | { hindrance: unknown } | { failure: string }

/** Where the owner of DATA_DIR listens: the shorter way there; undefined where each is too long. */
export function socketPath(dataDir: string): string | undefined {
  const path = join(dataDir, 'control.sock')
  return [path, relative(process.cwd(), path)]
    .toSorted((one, other) => Buffer.byteLength(one) - Buffer.byteLength(other))
    .find((way) => Buffer.byteLength(way) < ADDRESS_BYTES)
}
