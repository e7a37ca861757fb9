import { setImmediate } from 'node:timers/promises'
import type { Message, Place, SessionStream } from '../../application/session-stream.ts'
import type { Language } from '../../domain/exercise/events.ts'

export type Rendered = { readonly version: number; readonly bytes: Buffer }

/** One session in one language: its latest messages, rendered once for all who follow it. */
export type Channel = ReturnType<typeof createChannel>

/** How far behind the latest version one may fall and still be served from what is kept. */
const KEPT_MESSAGES = 128
const PAGE_MESSAGES = 32

/** Tells `onMore` whenever there is more, or nothing more to come, and `onFailure` of what hinders it. */
export function createChannel(
  stream: Pick<SessionStream, 'next' | 'follow'>,
  beginning: Place,
  language: Language,
  { onMore, onFailure }: { onMore: () => void; onFailure: (error: unknown) => void },
) {
  const recent: Rendered[] = []
  let place = beginning
  let isLooking = false
  let isHinted = false
  let isStopped = false

  async function look() {
    isHinted = true
    if (isLooking) return
    isLooking = true
    try {
      while (isHinted && !isStopped) {
        isHinted = false
        const { messages, place: reached } = await pageAfter(place)
        place = reached
        recent.push(...messages)
        recent.splice(0, recent.length - KEPT_MESSAGES)
        if (messages.length > 0) onMore()
        if (messages.length < PAGE_MESSAGES) continue
        isHinted = true
        // Whoever is quick is to have taken these before they are pushed out.
        await setImmediate()
      }
      isLooking = false
      if (!isStopped) onMore()
    } catch (error) {
      if (!isStopped) onFailure(error)
    }
  }

  /** The next messages behind a place that is too far behind for what is kept. */
  async function pageAfter(from: Place) {
    const { messages, place: reached } = await stream.next(from, PAGE_MESSAGES, language)
    return { messages: messages.map(rendered), place: reached }
  }

  const stop = stream.follow(place, () => void look())
  void look()

  return {
    pageAfter,
    /** The message of a version, if it is kept. */
    message: (version: number): Rendered | undefined => recent[version - (recent[0]?.version ?? 0)],
    hasLost: (version: number): boolean => version < (recent[0]?.version ?? 0),
    /** Where the session stands, as far as is known. */
    place: () => place,
    isLooking: () => isLooking,
    stop() {
      isStopped = true
      stop()
    },
  }
}

export function rendered({ version, name, data }: Message): Rendered {
  return { version, bytes: Buffer.from(`id: ${version}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`) }
}
