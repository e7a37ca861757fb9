import type { Guide, Problem } from './api.ts'

/** What the server has refused, and why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number
  /** The rule that was in the way, such as `step-not-current`. */
  readonly code: string
  /** Method and path of what was asked for, such as `post /v1/sessions/{id}/sets`. */
  readonly call: string
  /** All that the answer says; of a step that is not current it holds the guide as it stands. */
  readonly details: Partial<Problem> & { guide?: Guide }

  constructor(call: string, status: number, details: Partial<Problem> & { guide?: Guide }) {
    super(wordsOf(details) ?? `The server answered with ${status}.`)
    this.call = call
    this.status = status
    this.code = details.type?.replace(/^.*:/, '') ?? 'unknown'
    this.details = details
  }
}

/** The server could not be reached, or its answer was lost each time; `cause` is the last failure. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** What came is no answer of this API, as of a wrong address or of a page in between. */
export class ForeignAnswerError extends Error {
  override readonly name = 'ForeignAnswerError'
}

/** What is wrong, all of it, in sentences. */
function wordsOf({ detail, title, errors = [] }: Partial<Problem>): string | undefined {
  return errors.length > 0 ? errors.map(({ message }) => message).join(' ') : (detail ?? title)
}
