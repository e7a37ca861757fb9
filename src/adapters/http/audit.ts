import { Readable } from 'node:stream'
import Type from 'typebox'
import type { HeadReport, Progress, Verifying } from '../../application/audit.ts'
import { isRefusal, refuseFields } from '../../domain/refusal.ts'
import { problemOf } from './problem.ts'
import { type Route, route } from './route.ts'
import { DateTime, Nullable } from './schemas.ts'

const Position = Type.Integer({ description: 'The number of the last event, from 1.', examples: [171] })
const Hash = Type.String({
  description: 'SHA-256 of that event and of all before it, in hex.',
  examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
})

const Checkpoint = Type.Object(
  {
    position: Position,
    hash: Hash,
    signedAt: DateTime,
    keyId: Type.String({
      description: 'The key that signed it, as it is published in the log.',
      examples: ['3b5d5c3712955042212316173ccf37be'],
    }),
    signature: Type.String({
      description: 'Ed25519, in hex.',
      examples: ['5d41402abc4b2a76b9719d911017c592'],
    }),
  },
  { title: 'Checkpoint' },
)

const Head = Type.Object(
  {
    position: Position,
    hash: Hash,
    checkpoint: Nullable(Checkpoint, {
      description: 'The last signed word about it; null before the first.',
    }),
  },
  { title: 'Head', description: 'Where the log ends.' },
)

const Range = Type.Partial(
  Type.Object({
    from: { ...Position, minimum: 1, description: 'The first position to check.', examples: [1] },
    to: { ...Position, minimum: 1, description: 'The last position to check.' },
  }),
)

const Lines = Type.String({
  description: 'JSON, an object a line.',
  examples: [
    '{"progress":{"phase":"Verifying","done":1000,"total":1710}}\n' +
      '{"report":{"events":1710,"head":{"position":1710,"hash":"9f86d081"},"checkpoints":1,"notes":[],' +
      '"findings":[],"findingsTotal":0}}\n',
  ],
})

const BEGINNING: Progress = { phase: 'Opening the files', done: 0, total: 1 }

type Audit = {
  head: () => Promise<HeadReport>
  verifying: Verifying
  onFailure: (error: unknown) => void
}

export function auditRoutes({ head, verifying, onFailure }: Audit): Route[] {
  return [headRoute(head), verifyRoute(verifying, onFailure)]
}

function headRoute(head: Audit['head']): Route {
  return route(
    'GET',
    '/v1/audit/head',
    {
      summary: 'The end of the log, to be kept elsewhere',
      description:
        'Says nothing about anybody. Whoever keeps it can prove later that the log was not cut off ' +
        'before this position, and not written anew: `repledger verify --against` takes the answer.',
      tag: 'Operation',
      access: 'nobody',
      answers: {
        200: { description: 'The end of the log.', schema: Head, headers: ['cache-control'] },
      },
    },
    async () => ({ status: 200, body: await head(), headers: { 'cache-control': 'no-store' } }),
  )
}

function verifyRoute(verifying: Verifying, onFailure: Audit['onFailure']): Route {
  return route(
    'GET',
    '/v1/audit/verify',
    {
      summary: 'Check everything that is kept',
      description:
        'As `repledger verify` does: the chain, the signatures, every event, the vault, and the views ' +
        'against a rebuild, the latter when the whole log is checked. Lines of `progress` come first; the ' +
        'last line is the `report`, or a `failure`. It runs beside all else, one at a time (503 ' +
        'meanwhile), and ends when the client goes away.',
      tag: 'Operation',
      access: 'operator',
      query: Range,
      answers: {
        200: {
          description: 'Lines, as they become known.',
          schema: Lines,
          contentType: 'application/x-ndjson',
          headers: ['cache-control', 'x-accel-buffering'],
        },
      },
    },
    async ({ query }) => {
      const { from = 1, to = from } = query
      if (from > to) {
        const message = '`to` must not be before `from`.'
        return refuseFields([{ pointer: '/to', code: 'before-from', message }])
      }
      const headers = {
        'content-type': 'application/x-ndjson',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      }
      return { status: 200, headers, open: () => linesOf(verifying, query, onFailure) }
    },
  )
}

const lineOf = (line: object) => `${JSON.stringify(line)}\n`

/** Throws a 503 where another check runs. */
function linesOf(
  verifying: Verifying,
  range: { from?: number; to?: number },
  onFailure: Audit['onFailure'],
): Readable {
  let isWanting = true
  const started = verifying.start(range, (progress) => {
    // Whoever reads slowly misses some.
    if (isWanting) isWanting = lines.push(lineOf({ progress }))
  })
  if (isRefusal(started)) throw problemOf(started)
  const lines = new Readable({
    highWaterMark: 1,
    read() {
      isWanting = true
    },
    destroy(error, done) {
      started.stop()
      done(error)
    },
  })
  // The headers leave with it, so that the client knows at once.
  lines.push(lineOf({ progress: BEGINNING }))
  const end = (line: object) => {
    lines.push(lineOf(line))
    lines.push(null)
  }
  started.report.then(
    (report) => {
      if (!lines.destroyed) end(report === undefined ? { failure: 'The check was ended.' } : { report })
    },
    (error) => {
      onFailure(error)
      if (lines.destroyed) return
      end({ failure: 'The check could not be finished.' })
    },
  )
  return lines
}
