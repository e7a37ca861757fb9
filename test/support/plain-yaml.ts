export type Yaml = string | number | boolean | null | Yaml[] | { [key: string]: Yaml }

type Line = { indent: number; text: string }

/**
 * Reads the plain part of YAML: maps and lists by indentation, lists in brackets, texts with and without
 * quotes, and folded ones. Throws where there is anything else.
 */
export function readPlainYaml(text: string): Yaml {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }))
  const value = block(lines)
  if (lines.length > 0) throw new Error(`Out of place: ${lines[0]?.text}`)
  return value
}

/** Takes from the lines all that stands at the indentation of the first. */
function block(lines: Line[]): Yaml {
  const { indent, text } = lines[0] as Line
  const isHere = () => lines[0]?.indent === indent
  if (text.startsWith('- ')) {
    const items: Yaml[] = []
    while (isHere()) items.push(valueAt((lines.shift() as Line).text.slice(2), lines, indent))
    return items
  }
  const map: Record<string, Yaml> = {}
  while (isHere()) {
    const line = lines.shift() as Line
    const [, key, rest = ''] = /^([\w-]+):(?: (.*))?$/.exec(line.text) ?? []
    if (key === undefined || Object.hasOwn(map, key)) throw new Error(`Not plain, or twice: ${line.text}`)
    map[key] = valueAt(rest, lines, indent)
  }
  return map
}

function valueAt(text: string, lines: Line[], indent: number): Yaml {
  const isDeeper = () => (lines[0]?.indent ?? 0) > indent
  if (text === '') return isDeeper() ? block(lines) : null
  if (text === '>-') {
    const folded: string[] = []
    while (isDeeper()) folded.push((lines.shift() as Line).text)
    return folded.join(' ')
  }
  return scalar(text)
}

function scalar(text: string): Yaml {
  if (/^\[.*\]$/.test(text)) {
    const items = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^\s,][^,]*/g) ?? []
    return items.map((item) => scalar(item.trim()))
  }
  if (text.startsWith('"')) return JSON.parse(text)
  if (/^[&*!|>%@`'{[]|: | #/.test(text)) throw new Error(`Not plain: ${text}`)
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}
