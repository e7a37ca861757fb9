type Node = { [keyword: string]: unknown }

/**
 * A value that a schema tells of: the first of its `examples`, else its `const`, `default` or first word of
 * `enum`, else of a union the first form, and of an object or a list one made of the examples of its parts.
 * Optional fields without any are left out; undefined where nothing is told.
 */
export function exampleOf(schema: unknown): unknown {
  const { examples, const: constant, enum: words, default: usual, anyOf, allOf, items } = schema as Node
  if (Array.isArray(examples)) return examples[0]
  if (constant !== undefined) return constant
  if (usual !== undefined) return usual
  if (Array.isArray(words)) return words[0]
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0])
  if (Array.isArray(allOf)) return Object.assign({}, ...allOf.map(exampleOf))
  if (items !== undefined) {
    const item = exampleOf(items)
    return item === undefined ? undefined : [item]
  }
  const { properties, type } = schema as Node
  if (type === 'null') return null
  if (properties === undefined) return undefined
  const fields = Object.entries(properties as Node).map(([name, field]) => [name, exampleOf(field)])
  return Object.fromEntries(fields.filter(([, example]) => example !== undefined))
}
