import type { Row } from './row.ts'
import { sides } from './sides-sets.ts'

const more = { better: 'more', unit: '/s' } as const

export const rows: readonly Row[] = [
  {
    ...more,
    id: 'T3',
    name: 'log a set, 64 connections / Fastify + INSERT, FULL',
    must: 1.5,
    goal: 2.5,
    sides: [sides.service64, sides.fastify64],
  },
  {
    ...more,
    id: 'T3 256',
    name: 'log a set, 256 connections / Fastify + INSERT, FULL',
    must: 2.5,
    goal: 4,
    sides: [sides.service256, sides.fastify256],
  },
  {
    ...more,
    id: 'T3c',
    name: 'log a set, 64 connections / Fastify + INSERT, NORMAL',
    must: 0.6,
    goal: 0.8,
    sides: [sides.service64, sides.careless64],
  },
  {
    ...more,
    id: 'T3c 256',
    name: 'log a set, 256 connections / Fastify + INSERT, NORMAL',
    must: 1,
    goal: 1.2,
    sides: [sides.service256, sides.careless256],
  },
  {
    ...more,
    id: 'T3d',
    name: 'T3 where each sync takes 1.5 ms longer',
    must: 8,
    goal: 18,
    sides: [sides.slowService64, sides.slowFastify64],
  },
]
