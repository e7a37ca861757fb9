import { Ajv2020 } from 'ajv/dist/2020.js'
import { formats } from '../../src/adapters/http/formats.ts'

export type Reply<B> = { status: number; headers: Record<string, string>; body: B }

type Described = { $ref?: string; content?: Record<string, unknown>; headers?: Record<string, unknown> }
type Operation = { responses: Record<string, Described> }

/** Of an OpenAPI document what is needed here; operations stand under verbs in lower case. */
export type Document = {
  paths: Record<string, Record<string, unknown>>
  components: Record<string, Record<string, unknown>>
}

// Headers that an answer may lack, by what it has to say and how the server is set.
const OPTIONAL = ['link', 'idempotency-replayed', 'ratelimit', 'ratelimit-policy']

/** The schemas of a document, found by JSON pointer, with our own formats. */
export function schemasOf(document: Document) {
  // The document is held against the meta-schema once, in its own test.
  const options = { strict: false, allErrors: true, validateSchema: false, code: { optimize: false } }
  const ajv = new Ajv2020(options)
  for (const [name, format] of Object.entries(formats))
    ajv.addFormat(name, { type: 'string', validate: format })
  ajv.addFormat('uri-reference', true)
  ajv.addSchema(document, 'document')
  return {
    at: (...pointer: readonly (string | number)[]) =>
      ajv.getSchema(`document#/${pointer.map((part) => escaped(String(part))).join('/')}`),
    errorsText: ajv.errorsText.bind(ajv),
  }
}

/** Throws for an answer that the document does not tell of: its status, content type, headers and body. */
export function contractOf(document: Document) {
  const schemas = schemasOf(document)
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  templates.sort((a, b) => a.path.split('{').length - b.path.split('{').length)

  return (method: string, target: string, { status, headers, body }: Reply<unknown>) => {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
    const path = target.split('?', 1)[0] as string
    const template = templates.find((known) => known.pattern.test(path))?.path
    const operation = document.paths[template ?? '']?.[verb] as Operation | undefined
    if (template === undefined || operation === undefined) return
    const where = `${method} ${template} -> ${status}`
    const declared = operation.responses[status]
    if (declared === undefined) throw new Error(`${where} is not documented: ${JSON.stringify(body)}`)
    const name = declared.$ref?.split('/').at(-1) as string
    const response =
      declared.$ref === undefined ? declared : (document.components.responses?.[name] as Described)
    for (const header of Object.keys(response.headers ?? {})) {
      if (headers[header] === undefined && !OPTIONAL.includes(header))
        throw new Error(`${where} lacks ${header}`)
    }
    const types = Object.keys(response.content ?? {})
    const type = headers['content-type']?.split(';', 1)[0]
    if (types.length === 0 && body === '') return
    if (type === undefined || !types.includes(type))
      throw new Error(`${where} is of type ${type}, not ${types}`)
    if (method === 'HEAD' || !/[/+]json/.test(type)) return
    const pointer = declared.$ref?.slice(2).split('/') ?? ['paths', template, verb, 'responses', status]
    const validate = schemas.at(...pointer, 'content', type, 'schema')
    if (validate?.(body)) return
    throw new Error(
      `${where} is not as documented: ${schemas.errorsText(validate?.errors)}\n${JSON.stringify(body)}`,
    )
  }
}

/** What is answered; of a stream, which goes on for as long as somebody reads, nothing. */
export async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type') !== 'text/event-stream') return answer.text()
  await answer.body?.cancel()
  return ''
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
