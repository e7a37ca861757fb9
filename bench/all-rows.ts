import { rows as logins } from './logins.ts'
import type { Row } from './row.ts'
import { rows as streams } from './streams.ts'
import { rows as append } from './t1-append.ts'
import { rows as sets } from './t2-sets.ts'
import { rows as fastify } from './t3-fastify.ts'
import { rows as verify } from './t4-verify.ts'
import { rows as rebuild } from './t5-rebuild.ts'
import { rows as statistics } from './t6-statistics.ts'
import { rows as koa } from './t6b-koa.ts'
import { rows as besideWriters } from './t7-beside-writers.ts'
import { rows as eventStore } from './t8-event-store.ts'
import { rows as memory } from './t9-memory.ts'
import { rows as start } from './t10-start.ts'

export const allRows: readonly Row[] = [
  ...append,
  ...sets,
  ...fastify,
  ...verify,
  ...rebuild,
  ...statistics,
  ...koa,
  ...besideWriters,
  ...eventStore,
  ...memory,
  ...start,
  ...streams,
  ...logins,
]
