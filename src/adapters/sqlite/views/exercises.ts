import type { Database } from 'better-sqlite3'
import type { Exercise, ExerciseFilter, ExerciseReads } from '../../../application/exercises.ts'
import type { CatalogueExercise, CustomExercise, ExerciseText } from '../../../domain/exercise/events.ts'
import { nameKey, withChange } from '../../../domain/exercise/exercise.ts'
import { forgetting, type View, type ViewEvent } from '../views.ts'
import { userKey } from './users.ts'

export const exercisesView: View = {
  name: 'exercises',
  version: 1,
  tables: `
    CREATE TABLE exercise (
      key INTEGER PRIMARY KEY,
      owner INTEGER NOT NULL, -- 0 for the catalogue's
      id TEXT NOT NULL,
      name_key TEXT NOT NULL,
      archived INTEGER NOT NULL,
      version INTEGER NOT NULL,
      category TEXT NOT NULL,
      body_area TEXT NOT NULL,
      level TEXT,
      metric TEXT NOT NULL,
      order_en TEXT NOT NULL,
      order_ru TEXT NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (owner, id)
    ) STRICT;
    CREATE UNIQUE INDEX exercise_name ON exercise (owner, name_key) WHERE owner > 0 AND archived = 0;
    CREATE TABLE exercise_muscle (
      exercise INTEGER NOT NULL,
      muscle TEXT NOT NULL,
      share INTEGER NOT NULL, -- in halves: 2 primary, 1 secondary
      PRIMARY KEY (exercise, muscle)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exercise_equipment (
      exercise INTEGER NOT NULL,
      equipment TEXT NOT NULL,
      PRIMARY KEY (exercise, equipment)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exercise_word (
      exercise INTEGER NOT NULL,
      word TEXT NOT NULL,
      PRIMARY KEY (exercise, word)
    ) STRICT, WITHOUT ROWID;
  `,
  unique: { 'exercise.owner, exercise.name_key': 'name-taken' },
  on(db) {
    const put = db.prepare(`
      INSERT INTO exercise VALUES (@key, @owner, @id, @nameKey, 0, @version, @category, @bodyArea, @level,
        @metric, @orderEn, @orderRu, @body)
      ON CONFLICT (key) DO UPDATE SET name_key = excluded.name_key, version = excluded.version,
        category = excluded.category, body_area = excluded.body_area, level = excluded.level,
        metric = excluded.metric, order_en = excluded.order_en, order_ru = excluded.order_ru,
        body = excluded.body
    `)
    const archive = db.prepare('UPDATE exercise SET archived = 1, version = ? WHERE key = ?')
    const bodyOf = db.prepare<[number], string>('SELECT body FROM exercise WHERE key = ?').pluck()
    const removals = ['exercise_muscle', 'exercise_equipment', 'exercise_word'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE exercise = ?`),
    )
    const addMuscle = db.prepare('INSERT INTO exercise_muscle VALUES (?, ?, ?)')
    const addEquipment = db.prepare('INSERT INTO exercise_equipment VALUES (?, ?)')
    const addWord = db.prepare('INSERT INTO exercise_word VALUES (?, ?)')

    function store(
      event: ViewEvent,
      data: CatalogueExercise | CustomExercise,
      texts: readonly ExerciseText[],
    ) {
      const { streamKey: key, subjectKey: owner, version } = event
      const { exerciseId: id, category, bodyArea, level = null, metric } = data
      const [english, russian = english] = texts.map(({ name }) => name) as [string, string?]
      put.run({
        ...{ key, owner, id, version, category, bodyArea, level, metric },
        nameKey: nameKey(english),
        orderEn: folded(english),
        orderRu: folded(russian),
        body: JSON.stringify(data),
      })
      if (version > 1) for (const removal of removals) removal.run(key)
      for (const muscle of data.primaryMuscles) addMuscle.run(key, muscle, 2)
      for (const muscle of data.secondaryMuscles) addMuscle.run(key, muscle, 1)
      for (const equipment of data.equipment) addEquipment.run(key, equipment)
      for (const word of wordsOf(texts.map(({ name, description }) => `${name} ${description}`).join(' '))) {
        addWord.run(key, word)
      }
    }

    return {
      CatalogueExercisePublished(event) {
        const { en, ru } = event.data.texts
        store(event, event.data, ru === undefined ? [en] : [en, ru])
      },
      CustomExerciseCreated(event) {
        store(event, event.data, [event.data])
      },
      CustomExerciseChanged(event) {
        const standing: CustomExercise = JSON.parse(bodyOf.get(event.streamKey) as string)
        const data = withChange(standing, event.data)
        store(event, data, [data])
      },
      CustomExerciseArchived: ({ streamKey, version }) => void archive.run(version, streamKey),
      UserErased: forgetting(
        db,
        ...['exercise_muscle', 'exercise_equipment', 'exercise_word'].map(
          (table) => `${table} WHERE exercise IN (SELECT key FROM exercise WHERE owner = @user)`,
        ),
        'exercise WHERE owner = @user',
      ),
    }
  },
}

type Row = { key: number; owner: number; archived: number; version: number; body: string; place: string }

const COLUMNS = { category: 'category', bodyArea: 'body_area', level: 'level', metric: 'metric' } as const
// Behind every word that begins with what stands before it.
const LAST = '\u{10ffff}'

/** The key of the exercise of this `@exerciseId` that is everybody's, or the person's own. */
export const exerciseKey = `(SELECT key FROM exercise WHERE id = @exerciseId AND owner IN (0, ${userKey}))`

export function exerciseQueries(db: Database): ExerciseReads {
  const foundOf = (owner: string) =>
    db.prepare<{ userId: string; exerciseId: string }, Omit<Row, 'body' | 'place'>>(
      `SELECT key, owner, archived, version FROM exercise WHERE owner = ${owner} AND id = @exerciseId`,
    )
  // Nearly always the first: then the person need not be looked for.
  const [everybodys, own] = [foundOf('0'), foundOf(userKey)]
  const bodyOf = db.prepare<[number], string>('SELECT body FROM exercise WHERE key = ?').pluck()
  // Long to read, and the same for everybody. What is somebody's own must not outlive them here.
  const ofCatalogue = new Map<string, Readonly<Exercise>>()
  const published = db.prepare<[], string>('SELECT body FROM exercise WHERE owner = 0 ORDER BY key').pluck()

  return {
    async find(userId, exerciseId, language = 'en') {
      const found = everybodys.get({ userId, exerciseId }) ?? own.get({ userId, exerciseId })
      if (found === undefined) return undefined
      const edition = `${found.key} ${found.version} ${language}`
      const known = ofCatalogue.get(edition)
      if (known !== undefined) return known
      const exercise = exerciseOf({ ...found, body: bodyOf.get(found.key) as string }, language)
      if (found.owner === 0) ofCatalogue.set(edition, exercise)
      return exercise
    },

    async list(userId, filter, language, limit, after) {
      const { conditions, values } = conditionsOf(filter)
      const order = language === 'ru' ? 'order_ru' : 'order_en'
      if (after !== undefined) conditions.push(`(${order}, key) > (@name, @lastKey)`)
      const place = after === undefined ? {} : { name: after.name, lastKey: after.key }
      const rows = db
        .prepare<unknown[], Row>(
          `SELECT *, ${order} AS place FROM exercise WHERE ${conditions.join(' AND ')}
           ORDER BY ${order}, key LIMIT @limit`,
        )
        .all({ ...values, ...place, userId, limit: limit + 1 })
      const items = rows.slice(0, limit).map((row) => exerciseOf(row, language))
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return last === undefined ? { items } : { items, next: { name: last.place, key: last.key } }
    },

    catalogue: async () => published.all().map((body) => JSON.parse(body)),
  }
}

function conditionsOf({ q, muscle, equipment, custom, archived = false, ...equal }: ExerciseFilter) {
  const owners = custom === undefined ? `IN (0, ${userKey})` : custom ? `= ${userKey}` : '= 0'
  const conditions = [`owner ${owners}`, `archived = ${archived ? 1 : 0}`]
  const values: Record<string, string> = {}
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = equal[name as keyof typeof equal]
    if (value === undefined) continue
    conditions.push(`${column} = @${name}`)
    values[name] = value
  }
  for (const [name, value] of Object.entries({ muscle, equipment })) {
    if (value === undefined) continue
    conditions.push(`EXISTS (SELECT 1 FROM exercise_${name} WHERE exercise = key AND ${name} = @${name})`)
    values[name] = value
  }
  const words = q === undefined ? [] : wordsOf(q)
  // A question without any letter or digit is answered by nothing.
  if (q !== undefined && words.length === 0) conditions.push('0')
  for (const [index, word] of words.entries()) {
    const range = `word >= @from${index} AND word < @to${index}`
    conditions.push(`EXISTS (SELECT 1 FROM exercise_word WHERE exercise = key AND ${range})`)
    values[`from${index}`] = word
    values[`to${index}`] = word + LAST
  }
  return { conditions, values }
}

function exerciseOf(
  { owner, archived, version, body }: Omit<Row, 'key' | 'place'>,
  language: 'en' | 'ru',
): Exercise {
  const { texts, ...facts } = JSON.parse(body)
  const text = texts === undefined ? {} : (texts[language] ?? texts.en)
  return { ...facts, ...text, custom: owner > 0, archived: archived === 1, version }
}

// Accents are left out, as few people type them; the breve stays, for и and й are two letters.
function folded(text: string): string {
  const plain = nameKey(text)
    .normalize('NFD')
    .replace(/['’]|[\u0300-\u0305\u0307-\u036f]/g, '')
  return plain.normalize('NFC')
}

function wordsOf(text: string): string[] {
  return [...new Set(folded(text).match(/[\p{L}\p{M}\p{N}]+/gu))]
}
