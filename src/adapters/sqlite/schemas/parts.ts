import Type, { type Static, type TProperties, type TSchema } from 'typebox'
import type { DomainEvent } from '../../../domain/events.ts'

// What every real event keeps, however it came about: the bounds of the domain, and none tighter.

export const Id = Type.String({ pattern: '^[\\da-f]{8}(-[\\da-f]{4}){3}-[\\da-f]{12}$' })
/** A slug of the catalogue, or a UUID. */
export const ExerciseId = Type.String({ pattern: '^[a-z\\d]+(-[a-z\\d]+)*$', maxLength: 100 })
export const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
export const TimeZone = Type.String({ pattern: '^[A-Za-z][\\w+/-]*$', maxLength: 100 })
export const Seed = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const Nothing = Type.Unsafe<Record<string, never>>(Fields({}))

/** These fields and no others. */
export function Fields<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false })
}

/** These fields where they changed; null clears one that may be absent. `besides` stands in every change. */
export function Change<P extends TProperties, B extends TProperties = Record<never, never>>(
  properties: P,
  besides?: B,
) {
  const changes = Object.entries(properties).map(([name, schema]) => [
    name,
    Type.Optional(Type.IsOptional(schema) ? Type.Union([schema, Type.Null()]) : schema),
  ])
  const fields = Fields({ ...Object.fromEntries(changes), ...besides })
  return Type.Unsafe<Changed<Static<Type.TObject<P>>> & Static<Type.TObject<B>>>(fields)
}

type Changed<T> = { [K in keyof T]?: undefined extends T[K] ? T[K] | null : T[K] }

export function Text(maxLength: number) {
  return Type.String({ minLength: 1, maxLength })
}

export function Whole(minimum: number, maximum: number) {
  return Type.Integer({ minimum, maximum })
}

export function OneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ type: 'string', enum: words })
}

export function UpTo<S extends TSchema>(maxItems: number, schema: S) {
  return Type.Array(schema, { maxItems })
}

/**
 * Schemas of the data of these events: one that lacks a field of theirs, or has another, does not compile.
 */
export function schemasOf<E extends DomainEvent>() {
  return <S extends { [T in E['type']]: TSchema }>(schemas: S & Fitting<S, E>): S => schemas
}

type Fitting<S, E extends DomainEvent> = {
  [T in keyof S]: S[T] extends TSchema
    ? Same<Static<S[T]>, DataOf<E, T>> extends true
      ? S[T]
      : never
    : never
}
type DataOf<E extends DomainEvent, T> = Extract<E, { type: T }>['data']
type Same<A, B> = [A, Whole<A>] extends [B, Whole<B>] ? Extends<[B, Whole<B>], [A, Whole<A>]> : false
type Extends<A, B> = A extends B ? true : false

/** With every field there, as two types may be had for each other though one knows a field more. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<T[K]> }
    : T
