import { Problem, problemDetails } from './problem.ts'

type Refused = {
  name: string
  description: string
  example?: ConstructorParameters<typeof Problem>
  headers?: string[]
}

export const TAGS: Readonly<Record<string, string>> = {
  Accounts: 'Registering, logging in, and the profile.',
  Exercises: 'The catalogue and the exercises of one’s own.',
  Plans: 'What is to be done on which day: written by hand, or generated.',
  Sessions: 'Logged workouts, live or after the fact, and their sets.',
  Measurements: 'Body weight, girths and whatever else is measured.',
  History: 'What the log had when, and taking all of it along.',
  Goals: 'Targets that follow what is logged and measured.',
  Statistics: 'Totals, personal records and trends.',
  Classic:
    'The older clients’ endpoints. The fields of a request may be texts where they are numbers, and its ' +
    'problem details say `RESPONSE` besides. An `id` is a secret until the account is claimed; from then ' +
    'on the access token of the account is needed.',
  Operation: 'For those who run the service.',
}

export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The `accessToken` of registering or logging in, which allows everything; or a personal access ' +
      'token, which allows what needs one of its scopes, `read` and `write`, and never what needs `login`.',
  },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token that `repledger token create` printed, with the scope that is named.',
  },
}

const text = { type: 'string' }

export const HEADERS: Readonly<Record<string, unknown>> = {
  'cache-control': { description: 'How long the answer may be kept.', schema: text },
  'content-disposition': { description: 'To be kept as a file.', schema: text },
  'content-language': { description: 'The language of the texts.', schema: text },
  etag: { description: 'The version, for If-Match and If-None-Match.', schema: text, example: '"12"' },
  'idempotency-replayed': { description: '`true`: the first answer, again.', schema: { enum: ['true'] } },
  link: { description: 'The next page, with `rel="next"`; absent on the last one.', schema: text },
  location: {
    description: 'Where that which was made is found.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  ratelimit: {
    description: 'How many requests are left and for how many seconds.',
    schema: text,
    example: '"default";r=19999;t=60',
  },
  'ratelimit-policy': {
    description: 'How many requests are allowed in how many seconds.',
    schema: text,
    example: '"default";q=20000;w=60',
  },
  'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer' } },
  'www-authenticate': {
    description: 'How to authenticate.',
    schema: text,
    example: 'Bearer realm="repledger"',
  },
  'x-accel-buffering': { description: '`no`: proxies are to pass on each message.', schema: text },
  'x-request-id': { description: 'The id under which the log knows the request.', schema: text },
}

// No `example` of their own, which a page that shows the document would send unasked.
export const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key with the same request within 24 h gives the first answer again.',
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      examples: ['6f1c2a9e'],
    },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag that the change is based on; refused with 412 when it is no longer the current one.',
    schema: { ...text, examples: ['"12"'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'An ETag that the client holds; 304 when it is still the current one.',
    schema: { ...text, examples: ['"12"'] },
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The `id` of the last message that the client has.',
    schema: { ...text, examples: ['12'] },
  },
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: '`en` (the default) or `ru`.',
    schema: { ...text, examples: ['ru'] },
  },
} as const

const exampleErrors = [
  { pointer: '/exercises/0/sets/2/reps', code: 'too-small', message: '`reps` must be 0 or more.' },
  { pointer: '/startedAt', code: 'required', message: '`startedAt` is required.' },
]

/** Every answer that is not one of success, by status. */
export const REFUSALS: Readonly<Record<number, Refused>> = {
  304: { name: 'NotModified', description: 'What the client holds is current.' },
  400: {
    name: 'BadRequest',
    description: 'The request cannot be read.',
    example: ['unreadable-body', 'The body must be a JSON object.'],
  },
  401: {
    name: 'Unauthorized',
    description: 'The credentials are missing, wrong or expired.',
    example: ['unauthenticated', 'The access token has expired or is not valid.'],
    headers: ['www-authenticate'],
  },
  403: {
    name: 'Forbidden',
    description:
      'The token does not allow this, and `WWW-Authenticate` names the scope; or nobody can change it.',
    example: ['insufficient-scope', 'This needs a token of the scope `write`.'],
  },
  404: {
    name: 'NotFound',
    description: 'There is none, or it is somebody else’s.',
    example: ['not-found', 'There is no such session.'],
  },
  406: {
    name: 'NotAcceptable',
    description: 'The answer has no form that the Accept header names.',
    example: ['not-acceptable', 'This is answered as application/json.'],
  },
  409: {
    name: 'Conflict',
    description: 'A rule or what exists already is in the way.',
    example: ['id-taken', 'Another session has this id.'],
  },
  412: {
    name: 'PreconditionFailed',
    description: 'If-Match names a version that is not the current one.',
    example: ['stale-version', 'The current version is 13.'],
  },
  413: {
    name: 'ContentTooLarge',
    description: 'The body is too large.',
    example: ['body-too-large', 'The body may have 65536 bytes at most.'],
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not application/json, or compressed otherwise than with gzip.',
    example: ['unsupported-body', 'The body must be application/json.'],
  },
  422: {
    name: 'UnprocessableContent',
    description: 'Some fields do not pass; all of them are named.',
    example: ['invalid-fields', 'Some fields do not pass.', { errors: exampleErrors }],
  },
  429: {
    name: 'TooManyRequests',
    description: 'More requests than are allowed in a minute, or too many wrong attempts at a secret.',
    example: ['too-many-requests', 'Try again in 12 s.'],
    headers: ['retry-after', 'ratelimit', 'ratelimit-policy'],
  },
  500: {
    name: 'InternalServerError',
    description: 'Something failed here.',
    example: ['failure', 'Something failed on our side.'],
  },
  503: {
    name: 'ServiceUnavailable',
    description: 'Starting, going down, or too busy.',
    example: ['not-ready', 'The service is starting.'],
    headers: ['retry-after'],
  },
}

export function refusalResponses(): Record<string, unknown> {
  const schema = { $ref: '#/components/schemas/Problem' }
  const responses = Object.values(REFUSALS).map(({ name, description, example, headers = [] }) => {
    const names = ['x-request-id', ...headers]
    const referred = Object.fromEntries(
      names.map((header) => [header, { $ref: `#/components/headers/${header}` }]),
    )
    if (example === undefined) return [name, { description, headers: referred }]
    const shown = JSON.parse(problemDetails(new Problem(...example), '5f2a1e1c-8f0e-4b8e-9d0f-3c1b2a495867'))
    const content = { 'application/problem+json': { schema, example: shown } }
    return [name, { description, headers: referred, content }]
  })
  return Object.fromEntries(responses)
}
