import { MICROGRAMS_PER_KILOGRAM } from '../../../domain/statistics/volume.ts'

type Columns = Readonly<Record<string, string>>

/** Adds to the row of these keys, which is made when it is not there yet; `when` says whether at all. */
function add(table: string, keys: Columns, sums: Columns, when?: string) {
  const columns = [...Object.keys(keys), ...Object.keys(sums)]
  const values = [...Object.values(keys), ...Object.values(sums)].join(', ')
  const raised = Object.keys(sums).map((sum) => `${sum} = ${sum} + excluded.${sum}`)
  return `
    INSERT INTO ${table} (${columns.join(', ')})
    ${when === undefined ? `VALUES (${values})` : `SELECT ${values} WHERE ${when}`}
    ON CONFLICT (${Object.keys(keys).join(', ')}) DO UPDATE SET ${raised.join(', ')};`
}

function volumeColumns(row: string, sign: string): Columns {
  return {
    volume_kilograms: `${sign}coalesce(${row}.volume / ${MICROGRAMS_PER_KILOGRAM}, 0)`,
    volume_micrograms: `${sign}coalesce(${row}.volume % ${MICROGRAMS_PER_KILOGRAM}, 0)`,
  }
}

/** The Monday of the ISO week of a row's local date. */
export function monday(row: string) {
  return `date(${row}.local_date, 'weekday 0', '-6 days')`
}

/** What a session adds to the sums, by their columns. */
export function sessionSums(row: string, sign: '' | '-'): Columns {
  const finished = `${row}.status = 'finished'`
  const times = `${sign}${row}.count`
  const effort = (name: string) =>
    `${sign}iif(${finished}, coalesce(${row}.${name}, ${row}.effort IS '${name}'), 0)`
  return {
    sessions: times,
    finished: `${times} * (${finished})`,
    duration_seconds: `${sign}iif(${finished}, ${row}.duration_seconds, 0)`,
    easy: effort('easy'),
    average: effort('average'),
    heavy: effort('heavy'),
  }
}

function addSession(row: 'OLD' | 'NEW', sign: '' | '-') {
  const counted = `${row}.status <> 'discarded'`
  const finished = `${row}.status = 'finished'`
  const sums = sessionSums(row, sign)
  const user = { user: `${row}.user` }
  return [
    add('user_total', user, sums, counted),
    add('day_total', { ...user, local_date: `${row}.local_date` }, sums, counted),
    add('week_total', { ...user, monday: monday(row) }, { finished: `${sign}${row}.count` }, finished),
  ].join('')
}

/** What a set adds to the sums of its exercise, and to those of its day. */
export function setSums(row: string, sign: '' | '-'): { lifted: Columns; sums: Columns } {
  const lifted = { sets: `${sign}1`, ...volumeColumns(row, sign) }
  const sums = {
    ...lifted,
    reps: `${sign}coalesce(${row}.reps, 0)`,
    distance_millimeters: `${sign}coalesce(${row}.distance_millimeters, 0)`,
  }
  return { lifted, sums }
}

function addSet(row: 'OLD' | 'NEW', sign: '' | '-', counted?: string) {
  const { lifted, sums } = setSums(row, sign)
  const user = { user: `${row}.user` }
  const day = { local_date: `${row}.local_date` }
  const exercise = { ...user, exercise: `${row}.exercise` }
  return [
    add('user_total', user, sums, counted),
    add('day_total', { ...user, ...day }, sums, counted),
    add('exercise_total', exercise, lifted, counted),
    add('exercise_session', { ...exercise, ...day, session: `${row}.session` }, lifted, counted),
  ].join('')
}

/** What moves where nothing but the volume of a set does, as when a body weight comes in late. */
function moveVolume() {
  const [before, now] = [volumeColumns('OLD', '-'), volumeColumns('NEW', '')]
  const moved = Object.keys(now).map((sum) => `${sum} = ${sum} + ${now[sum]} + ${before[sum]}`)
  const places = {
    user_total: ['user'],
    day_total: ['user', 'local_date'],
    exercise_total: ['user', 'exercise'],
    exercise_session: ['user', 'exercise', 'local_date', 'session'],
  }
  const moves = Object.entries(places).map(([table, keys]) => {
    const here = keys.map((key) => `${key} = NEW.${key}`)
    return `
    UPDATE ${table} SET ${moved.join(', ')} WHERE ${here.join(' AND ')};`
  })
  return moves.join('')
}

const dropEmptyDays = `
    DELETE FROM user_total WHERE user = OLD.user AND sessions = 0 AND sets = 0;
    DELETE FROM day_total
    WHERE user = OLD.user AND local_date = OLD.local_date AND sessions = 0 AND sets = 0;`

const dropEmptyWeeks = `
    DELETE FROM week_total WHERE user = OLD.user AND monday = ${monday('OLD')} AND finished = 0;`

const dropEmptyExercises = `
    DELETE FROM exercise_total WHERE user = OLD.user AND exercise = OLD.exercise AND sets = 0;
    DELETE FROM exercise_session WHERE user = OLD.user AND exercise = OLD.exercise
      AND local_date = OLD.local_date AND session = OLD.session AND sets = 0;`

function changed(columns: readonly string[]) {
  return columns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ')
}

const sessionColumns = ['status', 'local_date', 'duration_seconds', 'effort']
const setColumns = ['counted', 'reps', 'distance_millimeters', 'local_date', 'exercise', 'session']

/**
 * Each change of a row of `session` or `session_set` is a change of its sums: the old row taken away, the new
 * one added.
 */
export const totalTriggers = `
  CREATE TRIGGER session_added AFTER INSERT ON session BEGIN ${addSession('NEW', '')} END;
  CREATE TRIGGER session_removed AFTER DELETE ON session BEGIN
      ${addSession('OLD', '-')} ${dropEmptyDays} ${dropEmptyWeeks}
  END;
  CREATE TRIGGER session_changed AFTER UPDATE OF ${sessionColumns.join(', ')} ON session
  WHEN ${changed(sessionColumns)} BEGIN
      ${addSession('OLD', '-')} ${addSession('NEW', '')} ${dropEmptyDays} ${dropEmptyWeeks}
  END;
  CREATE TRIGGER set_added AFTER INSERT ON session_set WHEN NEW.counted = 1 BEGIN ${addSet('NEW', '')} END;
  CREATE TRIGGER set_removed AFTER DELETE ON session_set WHEN OLD.counted = 1 BEGIN
      ${addSet('OLD', '-')} ${dropEmptyDays} ${dropEmptyExercises}
  END;
  CREATE TRIGGER set_weighed AFTER UPDATE OF volume ON session_set
  WHEN OLD.counted = 1 AND OLD.volume IS NOT NEW.volume AND NOT (${changed(setColumns)}) BEGIN
      ${moveVolume()}
  END;
  CREATE TRIGGER set_changed AFTER UPDATE OF ${setColumns.join(', ')} ON session_set
  WHEN (OLD.counted = 1 OR NEW.counted = 1) AND (${changed(setColumns)}) BEGIN
      ${addSet('OLD', '-', 'OLD.counted = 1')} ${addSet('NEW', '', 'NEW.counted = 1')}
      ${dropEmptyDays} ${dropEmptyExercises}
  END;
`
