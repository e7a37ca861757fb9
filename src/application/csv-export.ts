import { contentOf, type SessionContent } from '../domain/session/document.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import { type SessionState, session } from '../domain/session/session.ts'
import { type OwnColumn, ownColumns } from './csv-columns.ts'
import type { UserEvents } from './user-events.ts'

const PAGE_EVENTS = 500

/** Every set of every finished session as a row, piece by piece, in the order in which they were told of. */
export async function* exportCsv(events: UserEvents, userId: string): AsyncGenerator<string> {
  yield line(ownColumns)
  const sessions = new Map<string, { state: SessionState; version: number }>()
  let after = 0
  for (;;) {
    const found = await events.after(userId, after, PAGE_EVENTS)
    for (const { stream, version, type, data, position } of found) {
      after = position
      if (!stream.startsWith('session-')) continue
      const { state } = sessions.get(stream) ?? { state: session.initial }
      sessions.set(stream, { state: session.evolve(state, { type, data } as SessionEvent), version })
    }
    if (found.length < PAGE_EVENTS) break
  }
  for (const { state, version } of sessions.values()) {
    if (state.status !== 'finished') continue
    const rows = rowsOf(contentOf(state, version))
    if (rows.length > 0) yield rows.join('')
  }
}

function rowsOf({ sessionId, details, entries }: SessionContent): string[] {
  return entries.flatMap(({ exerciseId, exerciseName, metric, notes, supersetGroup, sets }, entry) =>
    sets.map((set) => {
      const cells: Record<OwnColumn, string | number | undefined> = {
        ...{ session_id: sessionId, started_at: details.startedAt, finished_at: details.finishedAt },
        ...{ time_zone: details.timeZone, title: details.title, effort: details.effort },
        ...{ session_notes: details.notes, body_weight: details.bodyWeight },
        ...{ body_weight_unit: details.bodyWeightUnit, entry, exercise_id: exerciseId },
        ...{ exercise: exerciseName, metric, exercise_notes: notes, superset_group: supersetGroup },
        ...{ set_id: set.setId, kind: set.kind, reps: set.reps, weight: set.weight },
        ...{ weight_unit: set.weightUnit, duration_seconds: set.durationSeconds, distance: set.distance },
        ...{ distance_unit: set.distanceUnit, rpe: set.rpe, side: set.side, set_notes: set.notes },
        performed_at: set.performedAt,
      }
      return line(ownColumns.map((column) => cells[column] ?? ''))
    }),
  )
}

/** As RFC 4180 has it. */
function line(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quoted(String(cell))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",;\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
