import type { FieldError, Refusal, RefusalCode } from '../../domain/refusal.ts'

type Headers = Readonly<Record<string, string>>
type Extra = { headers?: Headers; errors?: readonly FieldError[]; about?: Refusal['about'] }

/** What the edge itself refuses, before any use case is asked. */
const EDGE = {
  'unreadable-request': [400, 'The request cannot be read'],
  'unreadable-body': [400, 'The body cannot be read'],
  'unreadable-cursor': [400, 'The cursor cannot be read'],
  unauthenticated: [401, 'A valid access token is needed'],
  'insufficient-scope': [403, 'The token does not allow this'],
  'unknown-path': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'not-acceptable': [406, 'No acceptable form'],
  'request-timeout': [408, 'The request took too long'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-body': [415, 'The form of the body is not supported'],
  'too-many-requests': [429, 'Too many requests'],
  'too-many-attempts': [429, 'Too many wrong attempts'],
  'headers-too-large': [431, 'The headers are too large'],
  failure: [500, 'Something failed'],
  'cannot-write': [503, 'Nothing can be written'],
  'not-ready': [503, 'Not ready'],
} as const

/** The one table that gives the rules of the domain their statuses. */
const RULES: Record<RefusalCode, readonly [status: number, title: string]> = {
  'wrong-credentials': [401, 'Wrong credentials'],
  'login-ended': [401, 'The login has ended'],
  'reset-ticket-ended': [401, 'The ticket has ended'],
  'token-needed': [401, 'A valid access token is needed'],
  'catalogue-read-only': [403, 'The catalogue cannot be changed'],
  'not-found': [404, 'Not found'],
  'no-guide': [404, 'No guide'],
  'id-taken': [409, 'The id is taken'],
  'not-empty': [409, 'The account is not empty'],
  'email-taken': [409, 'The e-mail address is taken'],
  'phone-taken': [409, 'The phone number is taken'],
  'name-taken': [409, 'The name is taken'],
  archived: [409, 'It is archived'],
  'live-session-exists': [409, 'A session is live already'],
  'session-not-active': [409, 'The session is not live'],
  'session-discarded': [409, 'The session is discarded'],
  'step-not-current': [409, 'The step is not the current one'],
  'account-claimed': [409, 'The account is claimed already'],
  'statistics-exist': [409, 'The statistics exist already'],
  'too-many-tokens': [409, 'There are too many tokens'],
  'goal-follows-log': [409, 'The goal follows what is logged'],
  'stale-version': [412, 'Changed in the meantime'],
  'invalid-fields': [422, 'Some fields do not pass'],
  'idempotency-key-reused': [422, 'The Idempotency-Key is in use'],
  'too-many-sets': [422, 'Too many sets'],
  contended: [503, 'Too busy'],
  'erasure-under-way': [503, 'The erasure is under way'],
}

const FIELDS: Readonly<Record<string, string>> = { 'idempotency-key-reused': '/Idempotency-Key' }

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A refusal on its way out: thrown at the edge, answered as problem details by the one middleware. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly headers: Headers
  readonly errors: readonly FieldError[] | undefined
  readonly about: Refusal['about']

  constructor(code: keyof typeof EDGE | RefusalCode, detail: string, extra: Extra = {}) {
    super(detail)
    const [status, title] = code in EDGE ? EDGE[code as keyof typeof EDGE] : RULES[code as RefusalCode]
    this.code = code
    this.status = status
    this.title = title
    this.headers = { ...headersOf(status), ...extra.headers }
    this.errors = status === 422 ? (extra.errors ?? [errorOf(code, detail)]) : extra.errors
    this.about = extra.about
  }
}

export function problemOf({ refusal, detail, errors, about }: Refusal): Problem {
  return new Problem(refusal, detail, { ...(errors && { errors }), about })
}

/** RFC 9457 problem details; `instance` is the id under which the log knows the request. */
export function problemDetails(problem: Problem, instance: string, besides: object = {}): string {
  const { code, title, status, message: detail, errors, about } = problem
  const type = `urn:repledger:problem:${code}`
  return JSON.stringify({
    ...besides,
    ...about,
    type,
    title,
    status,
    detail,
    instance,
    ...(errors && { errors }),
  })
}

function headersOf(status: number): Headers {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="repledger"' }
  return status === 503 ? { 'retry-after': '1' } : {}
}

function errorOf(code: string, message: string): FieldError {
  return { pointer: FIELDS[code] ?? '', code, message }
}
