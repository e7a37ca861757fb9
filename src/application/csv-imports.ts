import { nameKey } from '../domain/exercise/exercise.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import type { SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import { findLogged, findSet } from '../domain/session/sets.ts'
import { isTimeZone } from '../domain/statistics/calendar.ts'
import { type RegisteredUser, type UserState, user } from '../domain/user/user.ts'
import type { OnProgress } from './audit.ts'
import { type Book, type RowOutcome, readBook, wrongFile } from './csv-book.ts'
import { nameExercises } from './csv-exercises.ts'
import { type Due, judge } from './csv-judging.ts'
import { createNames, type NamesAsked } from './csv-names.ts'
import { type CsvReport, reportOf } from './csv-report.ts'
import type { CsvRow, Defaults, RowSet } from './csv-row-set.ts'
import { type PlacedSet, timesOf, type Workout } from './csv-workouts.ts'
import type { Acting, Metadata, Target } from './event-log.ts'
import type { ExerciseReads } from './exercises.ts'
import type { Clock, NewId } from './ports.ts'
import { streamOf as sessionStream } from './session-requests.ts'
import { idNamed, streamOf, type UserReads } from './users.ts'

export interface CsvFiles {
  /**
   * The rows of a file, the header first; a refusal of `invalid-fields` where it cannot be read on. Others
   * have their turn in between.
   */
  rows(file: Uint8Array): AsyncIterable<CsvRow | Refusal>
  /** Lets others have their turn. */
  pause(): Promise<void>
  /** A UUID made of these words: the same for the same words, and telling nothing of them. */
  idOf(...words: string[]): string
}

export type CsvOptions = Omit<Defaults, 'units'> & {
  dryRun?: boolean
  timeZone?: string
  /** By name in the file, the exercise that is meant, now and later. */
  mapping?: Readonly<Record<string, string>>
  onProgress?: OnProgress
}

export type CsvImportsNeed = Pick<Acting, 'act' | 'load'> & {
  files: CsvFiles
  exercises: Pick<ExerciseReads, 'find' | 'list'>
  users: Pick<UserReads, 'settingsOf' | 'byEmail' | 'exists'>
  clock: Clock
  newId: NewId
}

export type CsvImports = ReturnType<typeof createCsvImports>

// In one transaction with which nobody else waits for long.
const BATCH_SETS = 100
const WORKOUTS_AT_ONCE = 20
const AT_ONCE = 2

type Asked = { userId: string; metadata: Metadata }

export function createCsvImports(need: CsvImportsNeed) {
  const { act, load, files, users, clock, newId } = need
  const names = createNames(need)
  const running = new Set<string>()

  /** What of each workout is not there yet; the rows of what is are told of as duplicates. */
  async function dueOf(userId: string, book: Book, ids: Ids) {
    const due: Due[] = []
    const duplicates: RowOutcome[] = []
    for (const [index, workout] of book.workouts.entries()) {
      if (index % WORKOUTS_AT_ONCE === 0) await files.pause()
      const sessionId = ids.session(workout)
      const { state } = await load(sessionStream(userId, sessionId), session)
      const sets: PlacedSet[] = []
      for (const set of workout.entries.flatMap((entry) => entry.sets)) {
        const setId = ids.set(workout, set)
        const reason = alreadyThere(state, setId)
        if (reason === undefined) sets.push(set)
        else duplicates.push({ line: set.line, outcome: 'duplicate', reason, sessionId, setId })
      }
      if (sets.length > 0) due.push({ workout, sessionId, state, sets })
    }
    return { due, duplicates }
  }

  async function write({ userId, metadata }: Asked, judged: readonly Ready[], onProgress: OnProgress) {
    const total = judged.reduce((sum, { rows }) => sum + rows, 0)
    let done = 0
    onProgress({ phase: 'import', done, total, unit: 'rows' })
    for (const batch of batchesOf(judged)) {
      const targets: Target<SessionState, SessionEvent>[] = batch.map(({ sessionId, decide }) => ({
        stream: sessionStream(userId, sessionId),
        aggregate: session,
        decide,
      }))
      const acted = await act({ userId, metadata }, targets, () => undefined)
      if (isRefusal(acted)) return acted
      done += batch.reduce((sum, { rows }) => sum + rows, 0)
      onProgress({ phase: 'import', done, total, unit: 'rows' })
    }
    return undefined
  }

  async function run(asked: Asked, file: Uint8Array, options: CsvOptions): Promise<CsvReport | Refusal> {
    const { userId } = asked
    const { dryRun = false, mapping = {}, onProgress = nothing, timeZone, ...units } = options
    const own = await users.settingsOf(userId)
    const settings = { units: own.units, timeZone: timeZone ?? own.timeZone }
    if (!isTimeZone(settings.timeZone)) return wrongFile('unknown-time-zone', 'There is no such time zone.')
    const book = await readBook(files.rows(file), { units: own.units, ...units })
    if (isRefusal(book)) return book
    const told = await names.told(userId, mapping)
    if (isRefusal(told)) return told
    const { state } = await load(streamOf(userId), user)
    const { importKey = newId(), exerciseNames: kept = new Map() } = knownOf(state)
    const ids = idsOf(book, importKey, files.idOf)
    const { due, duplicates } = await dueOf(userId, book, ids)
    const fresh = due.flatMap(({ sets }) => sets)
    const { chosen, named, made } = await nameExercises(userId, fresh, {
      ...{ exercises: need.exercises, told, kept },
      idOf: (...words) => files.idOf(importKey, ...words),
    })
    const now = new Date(clock.now()).toISOString()
    const judging = { now, settings, chosen, setIdOf: ids.set }
    const taken: RowOutcome[] = []
    const ready: Ready[] = []
    for (const [index, one] of due.entries()) {
      if (index % WORKOUTS_AT_ONCE === 0) await files.pause()
      const { decide, refused } = judge(one, judging)
      const rows = one.sets.length - refused.size
      if (decide !== undefined) ready.push({ sessionId: one.sessionId, decide, rows })
      taken.push(...outcomesOf(one, refused, ids, settings.timeZone))
    }
    const keptNow: NamesAsked = { importKey, told, named: book.dialect === 'repledger' ? [] : named, made }
    const failed = dryRun
      ? undefined
      : ((await names.keep(asked, keptNow, ready.length > 0)) ?? (await write(asked, ready, onProgress)))
    if (isRefusal(failed)) return failed
    const unnamed = await names.known(userId, book, kept, named)
    return reportOf(book, {
      dryRun,
      rows: [...book.others, ...duplicates, ...taken],
      named: [...named, ...unnamed],
    })
  }

  const imports = {
    names: names.list,
    setNames: names.set,

    /** By the operator, for the person of this id or e-mail. Refuses `not-found` besides. */
    async takeNamed(name: string, metadata: Metadata, file: Uint8Array, options: CsvOptions) {
      const userId = await idNamed(users, name)
      if (userId === undefined || !(await users.exists(userId))) {
        return refuse('not-found', 'There is no such person.')
      }
      return imports.take({ userId, metadata }, file, options)
    },

    /**
     * Logs what another program has written down, or this one. What is there already is left as it is, so
     * that the same file again adds nothing and a cut one goes on. Refuses `invalid-fields` of a file that
     * cannot be read, and `contended`; a row that cannot be taken is told of in the report.
     */
    async take(asked: Asked, file: Uint8Array, options: CsvOptions = {}): Promise<CsvReport | Refusal> {
      const { userId } = asked
      if (running.has(userId)) return refuse('contended', 'Another import of yours is under way.')
      if (running.size >= AT_ONCE) return refuse('contended', 'Other imports are under way; try again.')
      running.add(userId)
      try {
        return await run(asked, file, options)
      } finally {
        running.delete(userId)
      }
    },
  }
  return imports
}

type Ready = Pick<Due, 'sessionId'> & { decide: Target<SessionState, SessionEvent>['decide']; rows: number }

function batchesOf(judged: readonly Ready[]): Ready[][] {
  const batches: Ready[][] = []
  let room = 0
  for (const one of judged) {
    if (room < one.rows || batches.length === 0) {
      batches.push([])
      room = BATCH_SETS
    }
    batches.at(-1)?.push(one)
    room -= one.rows
  }
  return batches
}

type Ids = { session: (workout: Workout) => string; set: (workout: Workout, set: PlacedSet) => string }

/** The same ids when it comes again: by when a workout began, and the place of a set in it. */
function idsOf({ dialect }: Book, importKey: string, idOf: CsvFiles['idOf']): Ids {
  const about = (workout: Workout) => [importKey, dialect, workout.place]
  return {
    session: (workout) => workout.first.own?.sessionId ?? idOf('session', ...about(workout)),
    set: (workout, { own, exercise, ordinal }) =>
      own?.setId ?? idOf('set', ...about(workout), nameKey(exercise), `${ordinal}`),
  }
}

/** Why a set is not logged again, if it ever was. */
function alreadyThere(state: SessionState, setId: string): string | undefined {
  if (state.status === 'none') return undefined
  if (state.status === 'discarded') return 'The workout was deleted here, and is not brought back.'
  if (findLogged(state, setId) === undefined) return undefined
  const isDeleted = findSet(state, setId) === undefined
  return isDeleted ? 'It was deleted here, and is not brought back.' : 'It is there already.'
}

function outcomesOf(
  due: Due,
  refused: ReadonlyMap<RowSet, string>,
  ids: Ids,
  timeZone: string,
): RowOutcome[] {
  const { workout, sessionId, sets } = due
  const { canBe } = timesOf(workout, timeZone)
  return sets.map((set) => {
    const reason = refused.get(set)
    if (reason !== undefined) return { line: set.line, outcome: 'refused', reason }
    const ended =
      canBe || set.line !== workout.first.line ? [] : ['The workout cannot have ended when it says.']
    const changes = [...set.changes, ...ended]
    return {
      ...{ line: set.line, outcome: 'imported', ...(changes.length > 0 && { changes }) },
      ...{ sessionId, setId: ids.set(workout, set) },
    }
  })
}

function knownOf(state: UserState): Pick<RegisteredUser, 'importKey' | 'exerciseNames'> {
  return state.status === 'registered' ? state : {}
}

function nothing() {}
