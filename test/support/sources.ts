import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A file of the repository by its path from the root, with slashes. */
export type Source = { path: string; text: string }

export const root = join(import.meta.dirname, '../..')

const notOurs = new Set(['node_modules', '.git', 'data', 'coverage'])

/** Every text file below these folders, in a fixed order; nothing that is installed or made. */
export function readSources(...places: readonly string[]): Source[] {
  return places
    .flatMap(pathsBelow)
    .filter((path) => !/\.(tmp\.json|db|png|ico|gz)$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function pathsBelow(place: string): string[] {
  return readdirSync(join(root, place), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(place, entry.name)
    if (notOurs.has(entry.name)) return []
    if (entry.isDirectory()) return pathsBelow(path)
    return entry.isFile() ? [path] : []
  })
}

const staticImport =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm
const dynamicImport = /\bimport(?:\.meta\.resolve)?\s*\(\s*['"`]([^'"`]+)['"`]/g
const required = /\b(?:require|createRequire\([^)]*\))(?:\.resolve)?\s*\(\s*['"`]([^'"`]+)['"`]/g
/** How a worker thread names its entry. */
const urlOfFile = /\bnew URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g

/** What the source imports in any way, as it is written there. */
export function importsOf(text: string): string[] {
  return [staticImport, dynamicImport, required, urlOfFile].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((groups) => groups[1] ?? groups[2] ?? []),
  )
}

/** The path from the root of what is imported relatively, or the import itself. */
export function resolveImport(importer: string, imported: string): string {
  return imported.startsWith('.') ? posix.join(posix.dirname(importer), imported) : imported
}
