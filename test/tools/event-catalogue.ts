// Writes docs/events.md from the schemas that the log is held to: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { streamMessages } from '../../src/adapters/http/stream-schemas.ts'
import { exerciseSchemas } from '../../src/adapters/sqlite/schemas/exercise.ts'
import { goalSchemas } from '../../src/adapters/sqlite/schemas/goal.ts'
import { measurementSchemas } from '../../src/adapters/sqlite/schemas/measurement.ts'
import { planSchemas } from '../../src/adapters/sqlite/schemas/plan.ts'
import { sessionSchemas } from '../../src/adapters/sqlite/schemas/session.ts'
import { PlannedExercise, PlannedSet } from '../../src/adapters/sqlite/schemas/sets.ts'
import { userSchemas } from '../../src/adapters/sqlite/schemas/user.ts'
import { type EventType, eventVersions } from '../../src/domain/events.ts'
import { aggregates, introduction, meanings, streamExample, streamIntroduction } from './event-words.ts'
import { fieldRows, type Schema } from './field-rows.ts'

export const target = new URL('../../docs/events.md', import.meta.url)
const golden = new URL('../golden/', import.meta.url)

const schemas: { readonly [A in keyof typeof aggregates]: { readonly [type: string]: unknown } } = {
  user: userSchemas,
  exercise: exerciseSchemas,
  plan: planSchemas,
  session: sessionSchemas,
  measurement: measurementSchemas,
  goal: goalSchemas,
}
const clear: readonly string[] = ['CatalogueExercisePublished', 'UserErased']
const shapes = new Map([
  [JSON.stringify(PlannedExercise), 'PlannedExercise'],
  [JSON.stringify(PlannedSet), 'PlannedSet'],
])

/** The whole page. */
export function eventCatalogue(): string {
  const chapters = Object.entries(schemas).map(([name, ofAggregate]) =>
    [
      `## ${name}\n\n${aggregates[name as keyof typeof aggregates]}`,
      ...typesOf(ofAggregate).map((type) => eventChapter(type, ofAggregate[type] as Schema)),
    ].join('\n\n'),
  )
  const contents = Object.entries(schemas).map(
    ([name, ofAggregate]) => `- [${name}](#${name}): ${typesOf(ofAggregate).map(linkTo).join(', ')}`,
  )
  const parts = [introduction, contents.join('\n'), ...chapters, shapesChapter(), streamChapter()]
  return `${parts.join('\n\n')}\n`
}

/** In the order in which the domain has them. */
function typesOf(ofAggregate: { readonly [type: string]: unknown }): EventType[] {
  return (Object.keys(eventVersions) as EventType[]).filter((type) => type in ofAggregate)
}

const linkTo = (type: string) => `[${type}](#${type.toLowerCase()})`

function eventChapter(type: EventType, schema: Schema): string {
  const current = eventVersions[type]
  const older = Array.from({ length: current - 1 }, (_, index) => `${index + 1}`).join(', ')
  const versions = older === '' ? '' : ` (${older} can still be read)`
  const kept = clear.includes(type) ? 'in the clear' : 'sealed'
  const about = `Version ${current}${versions}, ${kept}. ${meanings[type]}`
  const example = readFileSync(new URL(`${type}.${current}.json`, golden), 'utf8').trimEnd()
  const fields = fieldRows(schema, shapes)
  return [`### ${type}`, about, ...(fields.length === 0 ? [] : [table(fields)]), fenced(example)].join('\n\n')
}

function table(rows: readonly (readonly string[])[], about = 'unit'): string {
  const lines = rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
  return [`| field | type | ${about} |`, '|---|---|---|', ...lines].join('\n')
}

function fenced(json: string): string {
  return `\`\`\`json\n${json}\n\`\`\``
}

function shapesChapter(): string {
  const rows = [PlannedExercise, PlannedSet].map(
    (shape) =>
      `### ${shapes.get(JSON.stringify(shape))}\n\n${table(fieldRows(shape as Schema, shapes, true))}`,
  )
  return ['## Shapes that several events have', ...rows].join('\n\n')
}

type Described = Schema & { title?: string; description?: string }

/** The messages of the live stream, as the OpenAPI document has them too. */
function streamChapter(): string {
  const forms = streamMessages.map(({ names, data }) => {
    const { title, description, properties, required } = data as unknown as Described
    const rows = Object.entries(properties ?? {}).map(([name, field]) => {
      const mark = required?.includes(name) ? '' : ', or absent'
      return [`\`${name}\``, shownType(field) + mark, (field as Described).description ?? '']
    })
    const called = names.map((name) => `\`${name}\``).join(' and ')
    return `### ${title}: ${called}\n\n${description}\n\n${table(rows, 'meaning')}`
  })
  const { version } = streamExample
  const wire = `id: ${version}\nevent: progress\ndata: ${JSON.stringify(streamExample)}`
  return [
    streamIntroduction,
    ...forms,
    'A set that was logged, on the wire:',
    `\`\`\`\n${wire}\n\`\`\``,
  ].join('\n\n')
}

function shownType({ title, anyOf, type, enum: words }: Described): string {
  if (title !== undefined) return `${title} of the API`
  if (anyOf !== undefined) return anyOf.map(shownType).join(' or ')
  return words === undefined ? String(type) : words.map((word) => `\`${word}\``).join(', ')
}

if (import.meta.main) writeFileSync(target, eventCatalogue())
