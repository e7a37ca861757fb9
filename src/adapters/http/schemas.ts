import Type, { type Static, type TProperties, type TSchema, type TSchemaOptions } from 'typebox'

/** A text without spaces around it: they are taken off on entry, before its code points are counted. */
export function Text(minLength: number, maxLength: number, options: TSchemaOptions = {}) {
  return Type.String({ trim: true, minLength, maxLength, format: 'text', ...options })
}

/** One of some words. */
export function OneOf<const Word extends string>(words: readonly Word[], options: TSchemaOptions = {}) {
  return Type.Unsafe<Word>({ type: 'string', enum: words, ...options })
}

/** The same, or null: in answers what is unknown, in a PATCH what is to be cleared. */
export function Nullable<S extends TSchema>(schema: S, options: TSchemaOptions = {}) {
  const { type, enum: words } = schema as { type?: string; enum?: readonly unknown[] }
  if (type === undefined || type === 'object') {
    return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }], ...options })
  }
  const nullable = { ...schema, type: [type, 'null'], ...(words && { enum: [...words, null] }), ...options }
  return Type.Unsafe<Static<S> | null>(nullable)
}

/** Examples share it, so that what one of them makes is what the others ask for. */
export const exampleId = '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70'

export const Id = Type.String({
  format: 'uuid',
  maxLength: 36,
  onEntry: 'lower-case',
  description: 'A UUID, in lower case.',
  examples: [exampleId],
})

/** RFC 3339; on entry it becomes UTC with milliseconds, as it is answered. */
export const DateTime = Type.String({
  format: 'date-time',
  // With nine decimals of a second and an offset.
  maxLength: 35,
  onEntry: 'instant',
  description: 'RFC 3339; answered in UTC with milliseconds.',
  examples: ['2025-03-01T18:30:00.000Z'],
})

export const LocalDate = Type.String({
  format: 'date',
  maxLength: 10,
  description: 'A day of the calendar.',
  examples: ['2025-03-01'],
})

export const TimeZone = Type.String({
  format: 'time-zone',
  maxLength: 64,
  description: 'The name of a time zone in the IANA database.',
  examples: ['Europe/Berlin'],
})

export const Email = Type.String({
  trim: true,
  format: 'email',
  maxLength: 254,
  description: 'An e-mail address.',
  examples: ['ada@example.org'],
})

export const WeightUnit = OneOf(['kg', 'lb'], { description: 'The unit of the weight as entered.' })
export const DistanceUnit = OneOf(['m', 'km', 'mi', 'yd'], {
  description: 'The unit of the distance as entered.',
})
export const Units = OneOf(['metric', 'imperial'], { description: 'kg and km, or lb and mi.' })

export const Weight = Type.Number({
  minimum: 0,
  maximum: 2000,
  description: 'Exactly as entered, in `weightUnit`.',
  examples: [102.5],
})

export const BodyWeight = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1000,
  description: 'Exactly as entered, in `bodyWeightUnit`.',
  examples: [81.4],
})

export const Distance = Type.Number({
  minimum: 0,
  maximum: 1_000_000,
  description: 'Exactly as entered, in `distanceUnit`.',
  examples: [5.2],
})

export const DurationSeconds = Type.Integer({
  minimum: 0,
  maximum: 172_800,
  description: 'Whole seconds.',
  examples: [90],
})

export const Reps = Type.Integer({
  minimum: 0,
  maximum: 2000,
  description: 'Repetitions; 0 is a failed set.',
  examples: [5],
})

export const Rpe = Type.Number({
  minimum: 1,
  maximum: 10,
  multipleOf: 0.5,
  description: 'Rate of perceived exertion, by halves.',
  examples: [8.5],
})

const exampleCursor = 'WG5Gc1ZqQ2t0bEdxN0pZWlsiMjAyNSJd'

/** The query of a list, to be spread into an object with the filters. */
export const paging = {
  limit: Type.Integer({
    minimum: 1,
    maximum: 200,
    default: 50,
    description: 'How many items at most.',
    examples: [50],
  }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'The `next` of the page before.',
      examples: [exampleCursor],
    }),
  ),
} satisfies TProperties

export function ListOf<Item extends TSchema>(item: Item, options: TSchemaOptions = {}) {
  const next = Type.String({
    description: 'The cursor of the next page; absent on the last one.',
    examples: [exampleCursor],
  })
  const items = Type.Array(item, { description: 'As many as were asked for, or fewer on the last page.' })
  return Type.Object({ items, next: Type.Optional(next) }, options)
}

export const ProblemDetails = Type.Object(
  {
    type: Type.String({
      description: 'Ends with the code of the problem, by which programs tell it.',
      examples: ['urn:repledger:problem:not-found'],
    }),
    title: Type.String({ description: 'What kind of problem it is.', examples: ['Not found'] }),
    status: Type.Integer({ description: 'As of the answer.', examples: [404] }),
    detail: Type.String({ description: 'What happened here.', examples: ['There is no such session.'] }),
    instance: Type.String({
      description: 'The id of the request, as in `X-Request-Id`.',
      examples: ['5f2a1e1c-8f0e-4b8e-9d0f-3c1b2a495867'],
    }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'JSON pointer into the body, or `/` and the name of a query parameter or header.',
            examples: ['/exercises/0/sets/2/reps'],
          }),
          code: Type.String({ description: 'For programs.', examples: ['too-small'] }),
          message: Type.String({ description: 'For people.', examples: ['`reps` must be 0 or more.'] }),
        }),
        { description: 'Every field that does not pass; in answers of status 422.' },
      ),
    ),
  },
  { title: 'Problem', additionalProperties: true, description: 'Problem details as of RFC 9457.' },
)
