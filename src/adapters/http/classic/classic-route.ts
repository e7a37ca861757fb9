import Type, { type TSchema } from 'typebox'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import type { Asked } from '../../../application/session-requests.ts'
import { noPlan } from '../../../domain/plan/plan.ts'
import { type FieldError, isRefusal, type Refusal } from '../../../domain/refusal.ts'
import type { askedBy } from '../asked.ts'
import { type Answer, type Method, type Request, type Route, route, type Spec } from '../route.ts'
import { Text } from '../schemas.ts'

/** The short text that stands beside every problem; `about` of a refusal may say another one. */
const RESPONSES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'UNAUTHORIZED',
  404: 'USER NOT FOUND',
  409: 'USER ALREADY EXISTS',
  429: 'TOO MANY REQUESTS',
  500: 'INTERNAL ERROR',
  503: 'NOT AVAILABLE',
}

export const ClassicId = Type.String({
  trim: true,
  minLength: 1,
  maxLength: 500,
  description: 'Of the account: a secret until the account is claimed.',
  examples: ['7d9f2c1e-5b3a-4e8d-9c60-2f1a8b7e4d35'],
})

export const FreeText = (description: string, example: string) =>
  Text(1, 500, { description, examples: [example] })

/** The `RESPONSE` of a success. */
export const Said = (text: string) => Type.Literal(text, { description: 'What was done.', examples: [text] })

type Extent<P, Q, B> = Omit<Spec<P, Q, B, 'anybody'>, 'tag' | 'access' | 'loose' | 'idempotent' | 'besides'>

/** An endpoint of the older clients: as they send, and with the problem details that they read. */
export function classicRoute<
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(
  method: Method,
  path: string,
  extent: Extent<P, Q, B>,
  handle: (request: Request<P, Q, B, 'anybody'>) => Promise<Answer | Refusal>,
): Route {
  const idempotent = method === 'POST' || 201 in extent.answers
  const as = { tag: 'Classic', access: 'anybody', loose: true, idempotent, besides } as const
  return route(method, path, { refusals: [404], ...extent, ...as }, handle)
}

function besides({ code, status }: { code: string; status: number }) {
  if (code === 'statistics-exist') return { RESPONSE: 'STATISTICS ALREADY EXIST' }
  return { RESPONSE: RESPONSES[status] ?? 'INVALID REQUEST' }
}

/** A refusal of what is missing, or was just taken away, as a text of its own; any other as it is. */
export function missing(text: 'WORKOUT NOT FOUND' | 'STATISTICS NOT FOUND', refusal: Refusal): Refusal {
  const told = refusal.refusal === 'archived' ? noPlan() : refusal
  return told.refusal === 'not-found' ? { ...told, about: { RESPONSE: text } } : told
}

type FromAnybody = Pick<
  Request<undefined, undefined, undefined, 'anybody'>,
  keyof Parameters<typeof askedBy>[0]
>

/** The request as one of the person whose id it bears. */
export async function askedOf(
  accounts: ClassicAccounts,
  request: FromAnybody,
  id: string,
): Promise<Asked | Refusal> {
  const userId = await accounts.ownerOf(id, request.caller?.userId)
  if (isRefusal(userId)) return userId
  const { metadata, idempotency } = request
  return { userId, metadata: { ...metadata, actor: userId }, ...(idempotency && { idempotency }) }
}

export function replayedHeaders({ replayed }: { replayed: boolean }): Record<string, string> {
  return replayed ? { 'idempotency-replayed': 'true' } : {}
}

/** That numbers add up to a total; not asked while one of them is no whole number. */
export function addsUp(total: string, parts: readonly string[]) {
  return (fields: Readonly<Record<string, unknown>>): FieldError[] => {
    const [whole, ...counts] = [total, ...parts].map((name) => fields[name]).filter(isWhole)
    if (whole === undefined || counts.length < parts.length) return []
    if (counts.reduce((sum, count) => sum + count, 0) === whole) return []
    const message = `\`${total}\` must be the sum of ${parts.map((part) => `\`${part}\``).join(', ')}.`
    return [{ pointer: `/${total}`, code: 'wrong-sum', message }]
  }
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value)
}
