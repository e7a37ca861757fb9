import { Explained, type Hindrance } from './cli/operations.ts'
import { WrongMasterKey } from './sqlite/master-key.ts'
import { lackOfRoom } from './sqlite/unusable-data.ts'

type Place = { dataDir: string }

// From the writer thread an error comes without its class, but with its name.
const differences = ['ViewsAhead', 'ViewsForeign', 'DuplicateKey']
const sentences = ['UnusableData', 'UnreadableEvent']

/** What hinders a command from beginning; throws whatever else it is, explained where it can be. */
export function hindranceOf(error: unknown, place: Place): Hindrance {
  if (error instanceof WrongMasterKey) return { hindrance: 'settings', detail: error.message }
  if (error instanceof Error && differences.includes(error.name)) {
    return { hindrance: 'difference', detail: error.message }
  }
  const detail = corruptionIn(error, place)
  if (detail !== undefined) return { hindrance: 'difference', detail }
  throw explained(error, place)
}

/** What is no fault of the program as one sentence; anything else as it is, with its stack. */
export function explained(error: unknown, place: Place): unknown {
  if (!(error instanceof Error)) return error
  const corruption = corruptionIn(error, place)
  if (corruption !== undefined) return new Explained(corruption, { cause: error })
  const full = error.name === 'NoRoom' ? error : lackOfRoom(error, place.dataDir)
  if (full !== error) return new Explained((full as Error).message, { cause: error })
  const files = `A file in ${place.dataDir} cannot be used`
  if (/^SQLITE_/.test(codeOf(error))) return new Explained(`${files}: ${error.message}.`, { cause: error })
  return sentences.includes(error.name) ? new Explained(error.message, { cause: error }) : error
}

function corruptionIn(error: unknown, { dataDir }: Place): string | undefined {
  if (!(error instanceof Error) || !/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) return undefined
  return `A file in ${dataDir} is not as it was written: ${error.message}. Run \`verify\`, which names it.`
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
