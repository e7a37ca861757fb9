import { asking, history } from './history.ts'
import { headersOf } from './load.ts'
import { startPeer } from './program.ts'
import type { Row, Side } from './row.ts'

const CONNECTIONS = 64
const PATH = '/v1/statistics'

function statistics(name: string, isUnchanged: boolean): Side {
  return {
    name,
    async open({ seconds }) {
      const { url, large } = await history()
      const headers = headersOf(large.token)
      const first = await fetch(url + PATH, { headers })
      await first.arrayBuffer()
      if (isUnchanged) headers['if-none-match'] = first.headers.get('etag') ?? ''
      const round = () => asking(url, PATH, headers, CONNECTIONS, seconds)
      return { round, close: () => {} }
    },
  }
}

const koa: Side = {
  name: 'Koa',
  async open({ seconds }) {
    const server = await startPeer('koa')
    return { round: () => asking(server.url, '/empty', {}, CONNECTIONS, seconds), close: server.end }
  },
}

const more = { unit: '/s', better: 'more' } as const

export const rows: readonly Row[] = [
  {
    ...more,
    id: 'T6b',
    name: 'statistics as they were asked before / Koa that answers {}, 64 connections',
    must: 0.3,
    goal: 0.6,
    sides: [statistics('kept', false), koa],
  },
  {
    ...more,
    id: 'T6b 304',
    name: 'the same, unchanged by If-None-Match',
    must: 0.6,
    goal: 0.8,
    sides: [statistics('unchanged', true), koa],
  },
]
