/** Every rule of the domain that can say no. The edge maps each to a status; the domain knows no statuses. */
export type RefusalCode =
  | 'invalid-fields'
  | 'not-found'
  | 'not-empty'
  | 'id-taken'
  | 'email-taken'
  | 'phone-taken'
  | 'name-taken'
  | 'catalogue-read-only'
  | 'archived'
  | 'live-session-exists'
  | 'session-not-active'
  | 'session-discarded'
  | 'no-guide'
  | 'step-not-current'
  | 'too-many-sets'
  | 'too-many-tokens'
  | 'goal-follows-log'
  | 'stale-version'
  | 'idempotency-key-reused'
  | 'wrong-credentials'
  | 'token-needed'
  | 'account-claimed'
  | 'statistics-exist'
  | 'login-ended'
  | 'reset-ticket-ended'
  | 'contended'
  | 'erasure-under-way'

export type FieldError = { readonly pointer: string; readonly code: string; readonly message: string }

export type Refusal = {
  readonly refusal: RefusalCode
  readonly detail: string
  readonly errors?: readonly FieldError[]
  /** What the caller needs to go on, such as the id of the session that is in the way. */
  readonly about?: Readonly<Record<string, unknown>>
}

export function refuse(refusal: RefusalCode, detail: string, about?: Refusal['about']): Refusal {
  return about === undefined ? { refusal, detail } : { refusal, detail, about }
}

/** A refusal of fields that names each of them, all at once. */
export function refuseFields(errors: readonly FieldError[]): Refusal {
  return { refusal: 'invalid-fields', detail: 'Some fields do not pass.', errors }
}

/** A name as a step of a JSON pointer. */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refusal' in value
}
