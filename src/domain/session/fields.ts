import type { FieldError } from '../refusal.ts'

export type Range = {
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum: number
  readonly multipleOf?: number
}

/** What is wrong with a request, gathered so that all is told at once; `at` is the JSON pointer so far. */
export type Findings = { readonly at: string; readonly errors: FieldError[] }

export function within(findings: Findings, path: string): Findings {
  return { at: `${findings.at}${path}`, errors: findings.errors }
}

export function report({ at, errors }: Findings, field: string, code: string, message: string) {
  errors.push({ pointer: `${at}/${field}`, code, message })
}

export function checkNumber(findings: Findings, field: string, value: number | undefined, range: Range) {
  if (value === undefined) return
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum, multipleOf } = range
  if (!(value >= minimum && value > exclusiveMinimum && value <= maximum)) {
    const least = range.minimum === undefined ? `above ${exclusiveMinimum}` : `${minimum}`
    report(findings, field, 'out-of-range', `${field} must be from ${least} to ${maximum}.`)
  } else if (multipleOf !== undefined && value % multipleOf !== 0) {
    report(findings, field, 'out-of-range', `${field} must be a multiple of ${multipleOf}.`)
  }
}

/** Characters are counted as code points, as JSON Schema does. */
export function checkText(findings: Findings, field: string, text: string | undefined, length: number) {
  if (text === undefined) return
  if (text === '') report(findings, field, 'required', `${field} cannot be blank.`)
  if ([...text].length > length)
    report(findings, field, 'too-long', `${field} takes up to ${length} characters.`)
}

export function checkInstant(findings: Findings, field: string, instant: string | undefined, now: string) {
  if (instant === undefined) return
  const twoYearsAhead = new Date(now)
  twoYearsAhead.setUTCFullYear(twoYearsAhead.getUTCFullYear() + 2)
  if (!(instant >= '1900-01-01T00:00:00.000Z' && instant <= twoYearsAhead.toISOString())) {
    report(findings, field, 'out-of-range', `${field} must lie between 1900-01-01 and two years from now.`)
  }
}

/** An instant in UTC with milliseconds; '' for what is none, which passes no check. */
export function utc(instant: string): string {
  const time = new Date(instant)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString()
}

/** Without what was not given: the form in which facts are kept. */
export function told<T extends object>(facts: T): Told<T> {
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(facts)) {
    const fact = facts[name as keyof T]
    if (fact !== undefined) kept[name] = fact
  }
  return kept as Told<T>
}

export type Told<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** True when every fact that is told stands recorded just so. */
export function agrees(facts: object, recorded: object): boolean {
  const kept = new Map(Object.entries(recorded))
  return Object.entries(facts).every(([name, fact]) => fact === undefined || fact === kept.get(name))
}

/** What a change says: each fact that differs, null where it is no more. */
export function difference<Change extends object>(before: object, after: object): Change {
  const was = new Map<string, unknown>(Object.entries(before))
  const is = new Map<string, unknown>(Object.entries(after))
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name))
  return Object.fromEntries(names.map((name) => [name, is.get(name) ?? null])) as Change
}

/** True when both say the same: every fact, and no other. */
export function same(left: object, right: object): boolean {
  const facts = new Map(Object.entries(right))
  return facts.size === Object.keys(left).length && agrees(left, right)
}
