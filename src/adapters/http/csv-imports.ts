import Type from 'typebox'
import { csvLimits, outcomes } from '../../application/csv-book.ts'
import { dialects } from '../../application/csv-columns.ts'
import { findings } from '../../application/csv-exercises.ts'
import type { CsvImports } from '../../application/csv-imports.ts'
import { metrics } from '../../domain/exercise/events.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { userLimits } from '../../domain/user/user.ts'
import { type Route, route } from './route.ts'
import { DistanceUnit, Id, OneOf, TimeZone, WeightUnit } from './schemas.ts'

function Count(description: string, example: number) {
  return Type.Integer({ minimum: 0, description, examples: [example] })
}

const Sentence = Type.String({ examples: ['It is there already.'] })
const ExerciseId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'A slug of the catalogue, or the id of an exercise of one’s own.',
  examples: ['barbell-bench-press'],
})
const Name = Type.String({
  minLength: 1,
  maxLength: userLimits.exerciseNameLength,
  format: 'text',
  description: 'As the other program writes it.',
  examples: ['Bench Press (Barbell)'],
})

const NamedExercise = Type.Object(
  {
    name: Type.String({ description: 'As the file writes it.', examples: ['Bench Press (Barbell)'] }),
    exerciseId: ExerciseId,
    exercise: Type.String({ description: 'What it is called here.', examples: ['Barbell Bench Press'] }),
    metric: { ...OneOf(metrics), description: 'What its sets are told in.' },
    found: {
      ...OneOf(findings),
      description:
        'How: it was told, it was meant by this name before, it is the person’s own, it is in the ' +
        'catalogue, or it is made.',
    },
    sets: Count('How many sets are new of it.', 2),
  },
  { title: 'NamedExercise' },
)

const ImportedRow = Type.Object(
  {
    line: Type.Integer({ minimum: 1, description: 'Of the file, the header being 1.', examples: [2] }),
    outcome: {
      ...OneOf(outcomes),
      description: 'A row is skipped that tells of no set.',
    },
    reason: Type.Optional({ ...Sentence, description: 'Of all that is not imported.' }),
    changes: Type.Optional(Type.Array(Sentence, { description: 'What was changed so that it fits.' })),
    sessionId: Type.Optional({ ...Id, description: 'Of the session that it is in.' }),
    setId: Type.Optional({ ...Id, description: 'Of the set that it is.' }),
  },
  { title: 'ImportedRow' },
)

const FileCounts = Type.Object(
  {
    rows: Count('Besides the header.', 1),
    sets: Count('Rows that tell of a set.', 1),
    workouts: Count('Days, where no times are told.', 1),
    exercises: Count('Different names.', 1),
    reps: Type.Number({ description: 'Of all sets together.', examples: [5] }),
  },
  { title: 'FileCounts', description: 'What the file holds.' },
)

const Report = Type.Object(
  {
    dialect: { ...OneOf(dialects), description: 'Whose file it is, by its header.' },
    dryRun: Type.Boolean({ description: 'True where nothing was written.', examples: [false] }),
    file: FileCounts,
    imported: Count('Sets that are new.', 1),
    duplicates: Count('Sets that are there already, or were.', 0),
    refused: Count('Rows that cannot be taken; each has its reason.', 0),
    skipped: Count('Rows that tell of no set.', 0),
    exercises: Type.Array(NamedExercise, { description: 'What each name was taken for.' }),
    rows: Type.Array(ImportedRow, { description: 'Every row but the header.' }),
  },
  { title: 'ImportReport' },
)

const File = Type.String({
  title: 'CsvFile',
  maxLength: csvLimits.bytes,
  description: 'UTF-8 text with a header.',
  examples: [
    'Date;Workout Name;Exercise Name;Set Order;Weight (kg);Reps\n' +
      '2025-03-01 18:00:05;Push;Bench Press (Barbell);1;80;5\n',
  ],
})

const Mapping = Type.Object(
  { name: Name, exerciseId: ExerciseId },
  { title: 'ExerciseName', description: 'What is meant by a name in files of other programs.' },
)
const ToldNames = Type.Object(
  { names: Type.Array(Mapping, { minItems: 1, maxItems: 500, description: 'Those that are said.' }) },
  { title: 'ToldExerciseNames' },
)
const Names = Type.Object(
  { names: Type.Array(Mapping, { description: 'All that are known.' }) },
  { title: 'ExerciseNames' },
)
const allNames = { description: 'All of them.', schema: Names }

export function csvImportRoutes(imports: CsvImports): Route[] {
  return [
    route(
      'POST',
      '/v1/imports',
      {
        summary: 'Take in what another program has written down',
        description:
          'A CSV export of Strong, Hevy, FitNotes or of this program, in any of their variants. What is ' +
          'there already stays as it is, corrected or deleted, so that the same file again adds nothing ' +
          'and one that has grown adds what is new. Every row is told of in the report. Up to 32 MiB and ' +
          `${csvLimits.rows} rows; 503 while another import runs.`,
        tag: 'History',
        access: 'user',
        query: Type.Object({
          dryRun: Type.Boolean({ default: false, description: 'Only tells what would be.' }),
          weightUnit: Type.Optional({
            ...WeightUnit,
            description: 'Where the file does not say it; the person’s own unless told.',
          }),
          distanceUnit: Type.Optional({
            ...DistanceUnit,
            description: 'Where the file does not say it; the person’s own unless told.',
          }),
          timeZone: Type.Optional({
            ...TimeZone,
            description: 'Where its clock times were read; the person’s own unless told.',
          }),
        }),
        body: File,
        bytes: true,
        bodyType: 'text/csv',
        bodyLimit: csvLimits.bytes,
        // The file is its own key: the same again adds nothing.
        idempotent: false,
        answers: { 200: { description: 'What became of each row.', schema: Report } },
        refusals: [409],
      },
      async ({ caller, metadata, bytes, query }) => {
        const taken = await imports.take({ userId: caller.userId, metadata }, bytes, query)
        return isRefusal(taken) ? taken : { status: 200, body: taken }
      },
    ),
    route(
      'GET',
      '/v1/imports/names',
      {
        summary: 'What names of other programs are taken for',
        description: 'As imports have found out, or as it was said.',
        tag: 'History',
        access: 'user',
        answers: { 200: allNames },
      },
      async ({ caller }) => ({ status: 200, body: { names: await imports.names(caller.userId) } }),
    ),
    route(
      'PATCH',
      '/v1/imports/names',
      {
        summary: 'Say what names of other programs mean',
        description: 'From now on: what was imported before stays with its exercise.',
        tag: 'History',
        access: 'user',
        body: ToldNames,
        answers: { 200: allNames },
      },
      async ({ caller, metadata, body }) => {
        const names = await imports.setNames({ userId: caller.userId, metadata }, body.names)
        return isRefusal(names) ? names : { status: 200, body: { names } }
      },
    ),
  ]
}
