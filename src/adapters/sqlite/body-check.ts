import { eventVersions } from '../../domain/events.ts'
import type { StoredEvent } from './event-rows.ts'
import { metadataFault, schemaFault } from './event-schemas.ts'
import type { Findings } from './findings.ts'
import { noKeys, readForViews, type SubjectKeys, UnreadableEvent } from './read-log.ts'

/** Opens a body and holds it against its schema. Says once for each person that there is no key. */
export function createReading(keys: SubjectKeys | undefined, findings: Findings) {
  const withoutKey = new Set<string>()
  return (row: StoredEvent): boolean => {
    // Before its body, which opens under no other type than the one that it was sealed under.
    if (!Object.hasOwn(eventVersions, row.type)) {
      const { position, stream, type } = row
      findings.add({
        kind: 'unknown-type',
        position,
        stream,
        detail: `There is no event of the type ${type}.`,
      })
      return false
    }
    if (keys === undefined && row.subjectKey !== 0) return false
    try {
      const { type, data } = readForViews(row, keys ?? noKeys)
      const fault = schemaFault(type, data) ?? metadataFault(row.metadata)
      if (fault === undefined) return true
      const { position, stream } = row
      findings.add({ kind: 'malformed', position, stream, detail: `No ${type} is like this: ${fault}.` })
      return false
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error
      if (error.reason === 'key-missing' && keys?.isErased(row.subject.replace(/^user-/, ''))) return true
      const known = error.reason === 'key-missing' && withoutKey.has(error.subject)
      if (error.reason === 'key-missing') withoutKey.add(error.subject)
      const { reason, position, stream, message } = error
      if (!known) findings.add({ kind: reason, position, stream, detail: message })
      return false
    }
  }
}
