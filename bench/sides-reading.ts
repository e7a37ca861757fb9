import { clearCopy } from './large.ts'
import type { Side } from './row.ts'

const PAGE_EVENTS = 1000

type Read = { position: number; body: string }

/** The least that anybody could do with all events: read them in pages and parse their bodies. */
export const reading: Side = {
  name: 'SELECT + JSON.parse',
  async open({ events: leastEvents }) {
    const db = clearCopy(leastEvents)
    const page = db.prepare<[number, number], Read>(
      'SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?',
    )
    const round = async () => {
      const began = performance.now()
      let events = 0
      let after = 0
      for (;;) {
        const rows = page.all(after, PAGE_EVENTS)
        for (const { body, position } of rows) {
          JSON.parse(body)
          after = position
        }
        events += rows.length
        if (rows.length < PAGE_EVENTS) break
      }
      return (events * 1000) / (performance.now() - began)
    }
    return { round, close: () => void db.close() }
  },
}
