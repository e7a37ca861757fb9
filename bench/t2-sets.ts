import type { Row } from './row.ts'
import { sides } from './sides-sets.ts'

const more = { better: 'more', unit: '/s' } as const

export const rows: readonly Row[] = [
  {
    ...more,
    id: 'T2',
    name: 'log a set, 64 connections / Koa echo with the same middleware',
    must: 0.35,
    goal: 0.45,
    sides: [sides.service64, sides.echo64],
  },
  {
    ...more,
    id: 'T2b',
    name: 'log a set, 256 connections / the same echo',
    must: 0.45,
    goal: 0.55,
    sides: [sides.service256, sides.echo256],
  },
]
