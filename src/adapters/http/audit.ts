import Type from 'typebox'
import type { HeadReport } from '../../application/audit.ts'
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

export function auditRoutes(head: () => Promise<HeadReport>): Route[] {
  return [
    route(
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
    ),
  ]
}
