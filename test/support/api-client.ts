import { type ClientOptions, createClient } from '../../client/client.ts'
import type { Tokens } from '../../client/login.ts'
import type { GuideServer } from './guide-server.ts'

export const ann = { email: 'ann@example.com', password: 'right' }

/** A place for tokens that several clients may share. */
export function memoryStore(tokens?: Tokens) {
  const saved: (Tokens | undefined)[] = tokens === undefined ? [] : [tokens]
  return {
    saved,
    load: () => saved.at(-1),
    save(kept: Tokens | undefined) {
      saved.push(kept)
    },
  }
}

/** A client whose pauses end at once, and are written down; time passes when it is told to. */
export function startClient({ url }: Pick<GuideServer, 'url'>, options: Partial<ClientOptions> = {}) {
  const pauses: number[] = []
  let nowMs = 0
  const api = createClient({
    url,
    now: () => nowMs,
    random: () => 0.5,
    async wait(milliseconds, signal) {
      signal?.throwIfAborted()
      pauses.push(milliseconds)
    },
    ...options,
  })
  return {
    api,
    pauses,
    pass(milliseconds: number) {
      nowMs += milliseconds
    },
  }
}
