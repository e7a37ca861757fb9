// Made from the OpenAPI document by `npm run client`; not to be changed by hand.

export type AccessToken = {
  /** A UUID, in lower case. */
  id: string
  /** What the token is for, to tell it from the others. */
  name: string
  /** `read` is for what is got, `write` for what is changed; neither contains the other. No token manages tokens, passwords or logins, or erases the account. */
  scopes: ('read' | 'write')[]
  /** When it was made. */
  createdAt: string
  /** When it ends; null for one that lives until it is revoked. */
  expiresAt: string | null
  /** To the minute; null for one that was never used. */
  lastUsedAt: string | null
}

export type AccessTokens = {
  /** As many as were asked for, or fewer on the last page. */
  items: AccessToken[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** A `target` takes the place of the one that there was, as a whole. */
export type Adjust = {
  /** A step of the session’s guide. */
  stepId: string
  /** Why it is to be done otherwise. */
  note: string
  target?: PlannedSet
}

/** What was known of a person at one time. */
export type AsOf = {
  /** Of the last event in the log then. */
  position: number
  /** The time by which days, streaks and ages are told. */
  at: string
  profile: User
  statistics: StatisticsSummary
  /** As `GET /v1/goals` listed them, all pages. */
  goals: Goal[]
  /** As `GET /v1/plans` listed them, all pages. */
  plans: Plan[]
}

/** The whole session where it begins; later the details that are others now. */
export type ChangedSession = {
  /** A UUID, in lower case. */
  id?: string
  /** Live, ended, or taken out of every count. */
  status?: 'active' | 'finished' | 'discarded'
  /** When it began. */
  startedAt?: string
  /** Null while it is live. */
  finishedAt?: string | null
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** The day it belongs to: the one on which it began where it was done. */
  localDate?: string
  /** What to call it. */
  title?: string | null
  /** A UUID, in lower case. */
  planId?: string | null
  /** Which day of the plan, from 0. */
  planDay?: number | null
  /** How hard the whole session was. */
  effort?: 'easy' | 'average' | 'heavy' | null
  /** Whatever there is to say. */
  notes?: string | null
  /** On that day, in `bodyWeightUnit`; the load of exercises that lift the body. */
  bodyWeight?: number | null
  /** The unit of the weight as entered. */
  bodyWeightUnit?: 'kg' | 'lb' | null
  /** In the order they were done. */
  exercises?: Entry[]
  /** How many workouts, where they were told of as a number; it stands for one otherwise. */
  count?: number
  /** Their efforts, where they were told of as a number. */
  byEffort?: {
    /** How many were easy. */
    easy: number
    /** How many were average. */
    average: number
    /** How many were heavy. */
    heavy: number
  }
  /** As in its ETag. */
  version?: number
}

/** A set that was logged, corrected or deleted. */
export type ChangedSet = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** The step of the guide that it was logged for. */
  stepId?: string
  /** A UUID, in lower case. */
  id: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
  /** It is gone; this is how it was. */
  deleted?: true
}

export type Checkpoint = {
  /** The number of the last event, from 1. */
  position: number
  /** SHA-256 of that event and of all before it, in hex. */
  hash: string
  /** RFC 3339; answered in UTC with milliseconds. */
  signedAt: string
  /** The key that signed it, as it is published in the log. */
  keyId: string
  /** Ed25519, in hex. */
  signature: string
}

export type Claim = {
  /** The id that the account was made with. */
  id: string
  /** Any characters. Not a common password, the e-mail or a name, nor a text around one of these. */
  password: string
}

export type Credentials = {
  /** An e-mail address. */
  email: string
  /** The password as it is now. */
  password: string
}

/** UTF-8 text with a header. */
export type CsvFile = string

export type Entry = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** As it was on the day of logging. */
  name: string
  /** Whatever there is to say. */
  notes: string | null
  /** Exercises of the same number were done in turns. */
  supersetGroup: number | null
  /** Those that are not deleted, as they were done. */
  sets: Set[]
}

export type Erasure = {
  /** The password as it is now. */
  password: string
}

/** Something that happened, and that nothing can undo but another event. */
export type Event = {
  /** Where it stands in the log. */
  position: number
  /** What it belongs to: the kind, the person, and the thing. */
  stream: string
  /** Where it stands in its stream. */
  version: number
  /** What happened. */
  type: string
  /** When it was written. */
  recordedAt: string
  /** What the event says, by its type. */
  data: { [name: string]: unknown }
  /** SHA-256 over the event and the hash before it, in hex. */
  hash: string
}

export type Events = {
  /** As many as were asked for, or fewer on the last page. */
  items: Event[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** What is not known is null. */
export type Exercise = {
  /** A word of the catalogue such as `pull-up`, or a UUID of one’s own. */
  id: string
  /** Unique among one’s own that are not archived. */
  name: string
  /** What it is, in a sentence. */
  description: string
  /** Step by step. */
  instructions: string[]
  /** The kind of training. */
  category: 'strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility'
  /** Where it works most; `hands` are the arms. */
  bodyArea: 'hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio'
  /** Those that do the work. */
  primaryMuscles: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Those that help, none of them primary; in statistics they count half. */
  secondaryMuscles: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Everything that it needs. */
  equipment: ('none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other')[]
  /** One side at a time. */
  unilateral: boolean
  /** How much skill it asks for. */
  level: 'beginner' | 'intermediate' | 'advanced' | null
  /** Which way the effort goes. */
  force: 'push' | 'pull' | 'static' | null
  /** Several joints or one. */
  mechanic: 'compound' | 'isolation' | null
  /** What its sets are measured by. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
  /** Whether it is one’s own. */
  custom: boolean
  /** Whether it lives on only in what was logged. */
  archived: boolean
}

/** Fields that are given replace, null clears. The metric stays, as sets were logged by it. */
export type ExerciseChange = {
  /** Unique among one’s own that are not archived. */
  name?: string
  /** What it is, in a sentence. */
  description?: string
  /** Step by step. */
  instructions?: string[]
  /** The kind of training. */
  category?: 'strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility'
  /** Where it works most; `hands` are the arms. */
  bodyArea?: 'hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio'
  /** Those that do the work. */
  primaryMuscles?: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Those that help, none of them primary; in statistics they count half. */
  secondaryMuscles?: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Everything that it needs. */
  equipment?: ('none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other')[]
  /** One side at a time. */
  unilateral?: boolean
  /** How much skill it asks for. */
  level?: 'beginner' | 'intermediate' | 'advanced' | null
  /** Which way the effort goes. */
  force?: 'push' | 'pull' | 'static' | null
  /** Several joints or one. */
  mechanic?: 'compound' | 'isolation' | null
}

/** What is meant by a name in files of other programs. */
export type ExerciseName = {
  /** As the other program writes it. */
  name: string
  /** A slug of the catalogue, or the id of an exercise of one’s own. */
  exerciseId: string
}

export type ExerciseNames = {
  /** All that are known. */
  names: ExerciseName[]
}

export type ExerciseStatistics = {
  /** The local dates asked for, both inclusive; null where open. */
  period: {
    /** A day of the calendar. */
    from: string | null
    /** A day of the calendar. */
    to: string | null
  }
  /** A word of the catalogue, or a UUID of one’s own. */
  exerciseId: string
  /** As it is today. */
  name: string
  /** What its sets are measured by. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
  /** How many. */
  sets: number
  /** How many. */
  sessions: number
  /** RFC 3339; answered in UTC with milliseconds. */
  lastDoneAt: string | null
  /** Set by set. */
  reps: {
    /** Of all sets that have one. */
    sum: number
    /** Null where there is nothing. */
    average: number | null
    /** Null where there is nothing. */
    max: number | null
  }
  /** As entered, set by set. */
  weight: {
    /** Of all sets that have one. */
    sum: number
    /** Null where there is nothing. */
    average: number | null
    /** Null where there is nothing. */
    max: number | null
    /** That of the user. */
    unit: 'kg' | 'lb'
  }
  /** Of the sets. */
  volume: {
    /** Of all sets that have one. */
    sum: number
    /** Null where there is nothing. */
    average: number | null
    /** Null where there is nothing. */
    max: number | null
    /** That of the user. */
    unit: 'kg' | 'lb'
  }
  /** Set by set. */
  durationSeconds: {
    /** Of all sets that have one. */
    sum: number
    /** Null where there is nothing. */
    average: number | null
    /** Null where there is nothing. */
    max: number | null
  }
  /** Set by set. */
  distance: {
    /** Of all sets that have one. */
    sum: number
    /** Null where there is nothing. */
    average: number | null
    /** Null where there is nothing. */
    max: number | null
    /** That of the user. */
    unit: 'km' | 'mi'
  }
  /** Five at most, the best first. */
  bestSets: {
    /** A UUID, in lower case. */
    setId: string
    /** A UUID, in lower case. */
    sessionId: string
    /** A day of the calendar. */
    date: string
    /** RFC 3339; answered in UTC with milliseconds. */
    achievedAt: string
    /** How many. */
    reps?: number
    /** As entered. */
    weight?: number
    /** That of the user. */
    weightUnit?: 'kg' | 'lb'
    /** How many. */
    durationSeconds?: number
    /** As entered. */
    distance?: number
    /** That of the user. */
    distanceUnit?: 'km' | 'mi'
  }[]
  /** Estimates the one-rep max. */
  formula: 'epley' | 'brzycki' | 'lombardi'
  /** The best of each day that has one. */
  estimatedOneRepMax: {
    /** A day of the calendar. */
    date: string
    /** In `unit`. */
    value: number
    /** That of the user. */
    unit: 'kg' | 'lb'
  }[]
}

export type Exercises = {
  /** As many as were asked for, or fewer on the last page. */
  items: Exercise[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** Everything about one person. */
export type Export = {
  /** The form of the document. */
  format: 'repledger user 1'
  /** When it was written down. */
  exportedAt: string
  /** Where the log ended then. */
  head: {
    /** Where it stands in the log. */
    position: number
    /** SHA-256 over the event and the hash before it, in hex. */
    hash: string
  }
  /** All of the person’s, in order. */
  events: ExportedEvent[]
}

export type ExportedEvent = {
  /** What it belongs to: `user`, or the kind and the id of the thing. */
  stream: string
  /** Where it stands in its stream. */
  version: number
  /** What happened. */
  type: string
  /** Of the data. */
  schemaVersion: number
  /** When it was written. */
  recordedAt: string
  /** What the event says, by its type. */
  data: { [name: string]: unknown }
}

/** What the file holds. */
export type FileCounts = {
  /** Besides the header. */
  rows: number
  /** Rows that tell of a set. */
  sets: number
  /** Days, where no times are told. */
  workouts: number
  /** Different names. */
  exercises: number
  /** Of all sets together. */
  reps: number
}

export type Finish = {
  /** How hard the whole session was. */
  effort?: 'easy' | 'average' | 'heavy'
  /** When it ended; now unless told. */
  finishedAt?: string
  /** Whatever there is to say. */
  notes?: string
}

/** What somebody wants to reach. What is not known is null. */
export type Goal = {
  /** A UUID, in lower case. */
  id: string
  /** What it follows. `body-weight` and `measurement`: the latest measurement. `lift`, `reps`, `distance`, `duration`: the best set of an exercise; `lift` is the heaviest weight moved, not an estimate. `frequency`: the most sessions finished in one ISO week. `custom`: the latest progress that was told. */
  kind: 'body-weight' | 'measurement' | 'lift' | 'reps' | 'distance' | 'duration' | 'frequency' | 'custom'
  /** What to call it. */
  title: string
  /** Of `lift`, `reps`, `distance` and `duration`: the exercise whose sets count. */
  exerciseId: string | null
  /** One of weight, body-fat, neck, shoulders, chest, waist, hips, left-biceps, right-biceps, left-forearm, right-forearm, left-thigh, right-thigh, left-calf, right-calf, resting-heart-rate, sleep-hours, or `custom:` and a name. */
  measurementKind: string | null
  /** What is to be reached, in `unit`. */
  target: number
  /** Of target, start and current value. */
  unit: string
  /** Where the way begins. */
  start: number | null
  /** The best or latest value of all that is logged, whatever its date. */
  current: number | null
  /** The part of the way from start to target. */
  progress: number
  /** Null as long as there is no start to tell it by. */
  direction: 'up' | 'down' | null
  /** Until when. */
  dueOn: string | null
  /** Achieved once a fact has reached the target, and active again where that fact is taken back. */
  status: 'active' | 'achieved' | 'abandoned'
  /** When the first fact reached the target; null unless achieved. */
  achievedAt: string | null
  /** When the line of least squares through the values since the goal was set, or of the last 90 days where that is longer, meets the target. Null where they carry none: fewer than 3 values, less than 7 days, a flat line or a wrong way, more than 5 years from now. */
  forecastOn: string | null
  /** When the goal was set. */
  setAt: string
  /** As `ETag` begins. */
  version: number
}

/** Fields that are given replace; null clears. What a goal follows stays. Under another unit the numbers that are not given are converted. */
export type GoalChange = {
  /** What to call it. */
  title?: string
  /** What is to be reached, in `unit`. */
  target?: number
  /** kg or lb; that of the measurement; `reps`; m, km, mi or yd; `s`; `per-week`; any text of a custom goal. */
  unit?: string
  /** Where the way begins, in `unit`. Unless told: the best value there was when the goal was set, of a measurement the latest; where there was none, 0, or of what is measured or goes down the first to come. */
  start?: number
  /** Unless told: up for bests, down for assistance, else the way from start to target. */
  direction?: 'up' | 'down'
  /** Until when. */
  dueOn?: string | null
  /** Given up, or taken up again. */
  status?: 'active' | 'abandoned'
}

/** How far a custom goal had come. */
export type GoalProgress = {
  /** How far it is now, in the goal’s unit. */
  value: number
  /** Anything worth keeping. */
  notes: string | null
  /** When it was told. */
  at: string
}

export type Goals = {
  /** As many as were asked for, or fewer on the last page. */
  items: Goal[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** Where a session stands that is done by a day of a plan. */
export type Guide = {
  /** A UUID, in lower case. */
  sessionId: string
  /** Of the session. */
  version: number
  /** The current step; null when the guide is finished. */
  step: Step | null
  /** The one behind it; null when there is none. */
  next: Step | null
  /** Null when none is running. */
  rest: RunningRest | null
  progress: GuideProgress
  /** Every step is done or skipped, or the session is over. */
  finished: boolean
  /** All steps in the order of doing. */
  steps: GuideStep[]
}

export type GuideProgress = {
  /** How many. */
  setsDone: number
  /** How many. */
  setsSkipped: number
  /** How many. */
  setsTotal: number
}

export type GuideStep = {
  /** A step of the session’s guide. */
  id: string
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** Of the exercise, as of its day. */
  name: string
  /** What a set of it is told in. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
  /** Of its planned exercise, from 1. */
  setNumber: number
  /** Of its planned exercise. */
  setsTotal: number
  /** Open ones are still to be done. */
  status: 'open' | 'done' | 'skipped'
  target: PlannedSet
  /** What the plan said, before any swap or adjustment. */
  planned: {
    /** A word of the catalogue, or the UUID of an exercise of one’s own. */
    exerciseId: string
    /** Of the exercise, as of its day. */
    name: string
    target: PlannedSet
  }
  /** Of an adjustment. */
  note: string | null
  /** Of a skip. */
  reason: string | null
  /** What was logged for it, as it stands. */
  set: Set | null
}

/** Where the log ends. */
export type Head = {
  /** The number of the last event, from 1. */
  position: number
  /** SHA-256 of that event and of all before it, in hex. */
  hash: string
  /** The last signed word about it; null before the first. */
  checkpoint: Checkpoint | null
}

export type Health = {
  /** That it is so. */
  status: 'up' | 'ready'
}

export type ImportReport = {
  /** Whose file it is, by its header. */
  dialect: 'strong' | 'hevy' | 'fitnotes' | 'repledger'
  /** True where nothing was written. */
  dryRun: boolean
  file: FileCounts
  /** Sets that are new. */
  imported: number
  /** Sets that are there already, or were. */
  duplicates: number
  /** Rows that cannot be taken; each has its reason. */
  refused: number
  /** Rows that tell of no set. */
  skipped: number
  /** What each name was taken for. */
  exercises: NamedExercise[]
  /** Every row but the header. */
  rows: ImportedRow[]
}

/** What came with the document, now or before. */
export type Imported = {
  /** How many events the document has besides those of the account itself. */
  events: number
  /** How many exercises of the person’s own. */
  exercises: number
  /** How many plans, archived ones too. */
  plans: number
  /** How many sessions, discarded ones too. */
  sessions: number
  /** How many measurements, deleted ones too. */
  measurements: number
  /** How many goals, deleted ones too. */
  goals: number
}

/** What `GET /v1/me/export` gave. */
export type ImportedDocument = {
  /** The form of the document. */
  format: 'repledger user 1'
  /** When it was written down. */
  exportedAt?: string
  /** Where the log ended then. */
  head?: {
    /** Where it stands in the log. */
    position: number
    /** SHA-256 over the event and the hash before it, in hex. */
    hash: string
  }
  /** In the order in which they happened. */
  events: ExportedEvent[]
}

export type ImportedRow = {
  /** Of the file, the header being 1. */
  line: number
  /** A row is skipped that tells of no set. */
  outcome: 'imported' | 'duplicate' | 'refused' | 'skipped'
  /** Of all that is not imported. */
  reason?: string
  /** What was changed so that it fits. */
  changes?: string[]
  /** Of the session that it is in. */
  sessionId?: string
  /** Of the set that it is. */
  setId?: string
}

export type LoggedSession = {
  /** A UUID, in lower case. */
  id: string
  /** As in its ETag. */
  version: number
}

export type LoggedSet = {
  set: LoneSet
  /** The personal records that have just been made. */
  records: Record[]
}

export type LoggedSets = {
  /** As they were logged, in order. */
  sets: LoneSet[]
  /** The personal records that have just been made. */
  records: Record[]
}

/** Who has logged in, and their tokens. */
export type Login = {
  user: User
  /** To be sent as `Authorization: Bearer`. */
  accessToken: string
  /** How the access token is sent. */
  tokenType: 'Bearer'
  /** Seconds that the access token lives. */
  expiresIn: number
  /** Good for one new pair of tokens. */
  refreshToken: string
}

/** A set with its exercise. Quantities are those that were entered, in their units. */
export type LoneSet = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** The step of the guide that it was logged for. */
  stepId?: string
  /** A UUID, in lower case. */
  id: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
}

/** What was measured of the body. What was not told is null. */
export type Measurement = {
  /** A UUID, in lower case. */
  id: string
  /** One of weight, body-fat, neck, shoulders, chest, waist, hips, left-biceps, right-biceps, left-forearm, right-forearm, left-thigh, right-thigh, left-calf, right-calf, resting-heart-rate, sleep-hours, or `custom:` and a name. */
  kind: string
  /** Exactly as entered, in `unit`. */
  value: number
  /** As entered. */
  unit: string
  /** When it was measured. */
  measuredAt: string
  /** The name of a time zone in the IANA database. */
  timeZone: string
  /** The day it belongs to, by that time zone. */
  localDate: string
  /** Anything worth keeping. */
  notes: string | null
  /** As in its ETag. */
  version: number
}

/** Fields that are given replace, null clears. The kind stays. */
export type MeasurementChange = {
  /** Exactly as entered, in `unit`. */
  value?: number
  /** kg or lb, % of body fat, cm or in, bpm, h; any text for a kind of one’s own, which needs one. That of the user unless told. */
  unit?: string
  /** When it was measured. */
  measuredAt?: string
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** Anything worth keeping. */
  notes?: string | null
}

export type Measurements = {
  /** As many as were asked for, or fewer on the last page. */
  items: Measurement[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** Counters, gauges and histograms in the text format of Prometheus. */
export type Metrics = string

export type MuscleStatistics = {
  /** The local dates asked for, both inclusive; null where open. */
  period: {
    /** A day of the calendar. */
    from: string | null
    /** A day of the calendar. */
    to: string | null
  }
  /** Those that were trained. */
  muscles: {
    /** Primary or secondary. */
    muscle: 'abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck'
    /** A secondary muscle counts half. */
    sets: number
    /** Effective load times repetitions, summed. */
    volume: {
      /** In `unit`. */
      value: number
      /** That of the user. */
      unit: 'kg' | 'lb'
    }
  }[]
}

export type NamedExercise = {
  /** As the file writes it. */
  name: string
  /** A slug of the catalogue, or the id of an exercise of one’s own. */
  exerciseId: string
  /** What it is called here. */
  exercise: string
  /** What its sets are told in. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
  /** How: it was told, it was meant by this name before, it is the person’s own, it is in the catalogue, or it is made. */
  found: 'told' | 'kept' | 'own' | 'catalogue' | 'new'
  /** How many sets are new of it. */
  sets: number
}

export type NewAccessToken = {
  /** A UUID, in lower case. */
  id: string
  /** What the token is for, to tell it from the others. */
  name: string
  /** `read` is for what is got, `write` for what is changed; neither contains the other. No token manages tokens, passwords or logins, or erases the account. */
  scopes: ('read' | 'write')[]
  /** When it was made. */
  createdAt: string
  /** When it ends; null for one that lives until it is revoked. */
  expiresAt: string | null
  /** To the minute; null for one that was never used. */
  lastUsedAt: string | null
  /** The secret, to be sent as `Authorization: Bearer`. It is shown only now. */
  token: string
}

export type NewEntry = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** Whatever there is to say. */
  notes?: string
  /** Exercises of the same number were done in turns. */
  supersetGroup?: number
  /** In the order they were done. */
  sets: NewSet[]
}

export type NewExercise = {
  /** A UUID, in lower case. */
  id?: string
  /** Unique among one’s own that are not archived. */
  name: string
  /** What it is, in a sentence. */
  description?: string
  /** Step by step. */
  instructions?: string[]
  /** The kind of training. */
  category?: 'strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility'
  /** Where it works most; `hands` are the arms. */
  bodyArea?: 'hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio'
  /** Those that do the work. */
  primaryMuscles?: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Those that help, none of them primary; in statistics they count half. */
  secondaryMuscles?: ('abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck')[]
  /** Everything that it needs. */
  equipment?: ('none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other')[]
  /** One side at a time. */
  unilateral?: boolean
  /** How much skill it asks for. */
  level?: 'beginner' | 'intermediate' | 'advanced'
  /** Which way the effort goes. */
  force?: 'push' | 'pull' | 'static'
  /** Several joints or one. */
  mechanic?: 'compound' | 'isolation'
  /** What its sets are measured by. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
}

export type NewFinishedSession = {
  /** A UUID, in lower case. */
  id?: string
  /** When it began; now unless told. */
  startedAt?: string
  /** When it ended: not before its start, at most 48 h after. Without it the session is live. */
  finishedAt: string
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** What to call it. */
  title?: string
  /** A UUID, in lower case. */
  planId?: string
  /** Which day of the plan, from 0. */
  planDay?: number
  /** How hard the whole session was. */
  effort?: 'easy' | 'average' | 'heavy'
  /** Whatever there is to say. */
  notes?: string
  /** On that day, in `bodyWeightUnit`; the load of exercises that lift the body. */
  bodyWeight?: number
  /** The unit of the weight as entered. */
  bodyWeightUnit?: 'kg' | 'lb'
  /** In the order they were done. */
  exercises?: NewEntry[]
}

export type NewGoal = {
  /** A UUID, in lower case. */
  id?: string
  /** What it follows. `body-weight` and `measurement`: the latest measurement. `lift`, `reps`, `distance`, `duration`: the best set of an exercise; `lift` is the heaviest weight moved, not an estimate. `frequency`: the most sessions finished in one ISO week. `custom`: the latest progress that was told. */
  kind: 'body-weight' | 'measurement' | 'lift' | 'reps' | 'distance' | 'duration' | 'frequency' | 'custom'
  /** What to call it. */
  title: string
  /** What is to be reached, in `unit`. */
  target: number
  /** kg or lb; that of the measurement; `reps`; m, km, mi or yd; `s`; `per-week`; any text of a custom goal. */
  unit: string
  /** Of `lift`, `reps`, `distance` and `duration`: the exercise whose sets count. */
  exerciseId?: string
  /** One of weight, body-fat, neck, shoulders, chest, waist, hips, left-biceps, right-biceps, left-forearm, right-forearm, left-thigh, right-thigh, left-calf, right-calf, resting-heart-rate, sleep-hours, or `custom:` and a name. */
  measurementKind?: string
  /** Where the way begins, in `unit`. Unless told: the best value there was when the goal was set, of a measurement the latest; where there was none, 0, or of what is measured or goes down the first to come. */
  start?: number
  /** Unless told: up for bests, down for assistance, else the way from start to target. */
  direction?: 'up' | 'down'
  /** Until when. */
  dueOn?: string
}

export type NewGoalProgress = {
  /** How far it is now, in the goal’s unit. */
  value: number
  /** Anything worth keeping. */
  notes?: string
}

/** It joins the last entry of its exercise in the session, or opens one. The exercise’s metric says which quantities a set needs; it takes no others. */
export type NewLoneSet = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** The current step of the guide, that the set fulfils. Without it the set moves nothing. */
  stepId?: string
  /** A UUID, in lower case. */
  id?: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind?: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
}

export type NewMeasurement = {
  /** A UUID, in lower case. */
  id?: string
  /** One of weight, body-fat, neck, shoulders, chest, waist, hips, left-biceps, right-biceps, left-forearm, right-forearm, left-thigh, right-thigh, left-calf, right-calf, resting-heart-rate, sleep-hours, or `custom:` and a name. */
  kind: string
  /** Exactly as entered, in `unit`. */
  value: number
  /** kg or lb, % of body fat, cm or in, bpm, h; any text for a kind of one’s own, which needs one. That of the user unless told. */
  unit?: string
  /** Now unless told. */
  measuredAt?: string
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** Anything worth keeping. */
  notes?: string
}

export type NewPlan = {
  /** A UUID, in lower case. */
  id?: string
  /** What to call the plan. */
  name: string
  /** What it is for, in words. */
  goal?: string | null
  /** How many sessions a week are meant. */
  frequencyPerWeek?: number | null
  /** How long a session takes. */
  sessionMinutes?: number | null
  /** The kinds of training that the plan is made of. */
  exerciseTypes?: ('strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility')[]
  /** The sessions of the plan. */
  days?: NewPlanDay[]
}

export type NewPlanDay = {
  /** What to call the day. */
  name: string
  /** When it is done, if always then. */
  weekday?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null
  /** In their order. */
  exercises: NewPlannedExercise[]
}

export type NewPlannedExercise = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** Passed over, so that what was answered can be sent back. */
  name?: string
  /** What to mind. */
  notes?: string | null
  /** After each set. */
  restSeconds?: number | null
  /** Exercises of the same number are done in turns. */
  supersetGroup?: number | null
  /** In their order. */
  sets: PlannedSet[]
}

/** A whole workout, or the start of one. */
export type NewSession = {
  /** A UUID, in lower case. */
  id?: string
  /** When it began; now unless told. */
  startedAt?: string
  /** When it ended: not before its start, at most 48 h after. Without it the session is live. */
  finishedAt?: string
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** What to call it. */
  title?: string
  /** A UUID, in lower case. */
  planId?: string
  /** Which day of the plan, from 0. */
  planDay?: number
  /** How hard the whole session was. */
  effort?: 'easy' | 'average' | 'heavy'
  /** Whatever there is to say. */
  notes?: string
  /** On that day, in `bodyWeightUnit`; the load of exercises that lift the body. */
  bodyWeight?: number
  /** The unit of the weight as entered. */
  bodyWeightUnit?: 'kg' | 'lb'
  /** In the order they were done. */
  exercises?: NewEntry[]
}

export type NewSessions = {
  /** Finished ones, in any order. */
  sessions: NewFinishedSession[]
}

/** The exercise’s metric says which quantities a set needs; it takes no others. */
export type NewSet = {
  /** A UUID, in lower case. */
  id?: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind?: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
}

export type NewSets = {
  /** In the order they were done. */
  sets: (NewLoneSet | NewStepSet)[]
}

/** It goes with the other sets of its planned exercise, and begins the rest. The exercise’s metric says which quantities a set needs; it takes no others. */
export type NewStepSet = {
  /** The current step of the guide, that the set fulfils. */
  stepId: string
  /** A UUID, in lower case. */
  id?: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind?: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
}

export type NotReady = {
  /** Why it is not ready. */
  status: 'starting' | 'behind' | 'draining'
  /** How far the start is. */
  progress?: {
    /** What is being done. */
    phase: string
    /** How many events of it are done. */
    done: number
    /** How many there are. */
    total: number
  }
}

export type PasswordChange = {
  /** The password as it is now. */
  currentPassword: string
  /** Any characters. Not a common password, the e-mail or a name, nor a text around one of these. */
  newPassword: string
}

export type PasswordReset = {
  /** As it was printed. */
  ticket: string
  /** Any characters. Not a common password, the e-mail or a name, nor a text around one of these. */
  newPassword: string
}

/** What to do on which day. What was not told is null. */
export type Plan = {
  /** A UUID, in lower case. */
  id: string
  /** Counts the plans of a person; never used twice. */
  number: number
  /** What to call the plan. */
  name: string
  /** What it is for, in words. */
  goal: string | null
  /** How many sessions a week are meant. */
  frequencyPerWeek: number | null
  /** How long a session takes. */
  sessionMinutes: number | null
  /** The kinds of training that the plan is made of. */
  exerciseTypes: ('strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility')[]
  /** The sessions of the plan; `planDay` counts them from 0. */
  days: PlanDay[]
  /** Of a plan that was told in words. */
  outline: PlanOutline | null
  /** What a plan was made from that nobody told. */
  origin: PlanOrigin | null
  /** Whether it was deleted. */
  archived: boolean
  /** When it was made. */
  createdAt: string
  /** When it was changed last. */
  updatedAt: string
  /** As in its ETag. */
  version: number
}

/** Fields that are given replace, `days` as a whole; null clears. */
export type PlanChange = {
  /** What to call the plan. */
  name?: string
  /** What it is for, in words. */
  goal?: string | null
  /** How many sessions a week are meant. */
  frequencyPerWeek?: number | null
  /** How long a session takes. */
  sessionMinutes?: number | null
  /** The kinds of training that the plan is made of. */
  exerciseTypes?: ('strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility')[]
  /** The sessions of the plan. */
  days?: NewPlanDay[]
}

export type PlanDay = {
  /** What to call the day. */
  name: string
  /** When it is done, if always then. */
  weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' | null
  /** In their order. */
  exercises: PlannedExercise[]
}

export type PlanOrigin = {
  /** Made for a wish. */
  by: 'generate'
  /** What it trains for: it says how many sets and repetitions, and how much rest. */
  goal: 'strength' | 'hypertrophy' | 'endurance' | 'fat-loss' | 'general'
  /** How many sessions a week are meant. */
  frequencyPerWeek: number
  /** How long a session takes. */
  sessionMinutes: number
  /** All that there is; everything unless told. `none` always is. */
  equipment?: ('none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other')[]
  /** The most skill that an exercise may ask for; `intermediate` unless told. */
  level?: 'beginner' | 'intermediate' | 'advanced'
  /** Each is trained at least once a week; all that there is time and equipment for unless told. */
  bodyAreas?: ('hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio')[]
  /** The same seed and input give the same plan. */
  seed: number
} | {
  /** Drawn by lot. */
  by: 'draw'
  /** The same seed and input give the same plan. */
  seed: number
  /** What it trains for. */
  trainingMode: 'strength' | 'hypertrophy' | 'endurance'
}

export type PlanOutline = {
  /** What is done for the arms. */
  hands: string
  /** What is done for the abdominals. */
  abdominal: string
  /** What is done for the back. */
  back: string
  /** What is done for the legs. */
  legs: string
}

/** What a plan is to be made for. */
export type PlanWish = {
  /** A UUID, in lower case. */
  id?: string
  /** What it trains for: it says how many sets and repetitions, and how much rest. */
  goal: 'strength' | 'hypertrophy' | 'endurance' | 'fat-loss' | 'general'
  /** How many sessions a week are meant. */
  frequencyPerWeek: number
  /** How long a session takes. */
  sessionMinutes: number
  /** All that there is; everything unless told. `none` always is. */
  equipment?: ('none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other')[]
  /** The most skill that an exercise may ask for; `intermediate` unless told. */
  level?: 'beginner' | 'intermediate' | 'advanced'
  /** Each is trained at least once a week; all that there is time and equipment for unless told. */
  bodyAreas?: ('hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio')[]
  /** The same seed and input give the same plan. */
  seed?: number
}

export type PlannedExercise = {
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** As it was when it was planned. */
  name: string
  /** What to mind. */
  notes: string | null
  /** After each set. */
  restSeconds: number | null
  /** Exercises of the same number are done in turns. */
  supersetGroup: number | null
  /** Quantities as entered, in their units. */
  sets: PlannedSet[]
}

/** The exercise’s metric says which quantities a set needs; it takes no others. */
export type PlannedSet = {
  /** `working` unless told. */
  kind?: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; or else a range of them. */
  reps?: number
  /** The fewest; goes with `repsMax`. */
  repsMin?: number
  /** The most; goes with `repsMin`. */
  repsMax?: number
  /** In `weightUnit`; may be left open. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
}

export type Plans = {
  /** As many as were asked for, or fewer on the last page. */
  items: Plan[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

/** A set of the session before that had the exercise, as it stands. */
export type PreviousSet = {
  /** A UUID, in lower case. */
  id: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
  /** A UUID, in lower case. */
  sessionId: string
  /** The day of that session. */
  localDate: string
}

/** Problem details as of RFC 9457. */
export type Problem = {
  /** Ends with the code of the problem, by which programs tell it. */
  type: string
  /** What kind of problem it is. */
  title: string
  /** As of the answer. */
  status: number
  /** What happened here. */
  detail: string
  /** The id of the request, as in `X-Request-Id`. */
  instance: string
  /** Every field that does not pass; in answers of status 422. */
  errors?: {
    /** JSON pointer into the body, or `/` and the name of a query parameter or header. */
    pointer: string
    /** For programs. */
    code: string
    /** For people. */
    message: string
  }[]
}

/** What is to change; null clears what may be unknown. */
export type ProfileChange = {
  /** An e-mail address. */
  email?: string
  /** What to call the person. */
  firstName?: string
  /** The family name. */
  lastName?: string | null
  /** In whole years. Either this or `birthDate`; the one told last is kept. */
  age?: number | null
  /** Gives the age from then on. */
  birthDate?: string | null
  /** In international form; kept as E.164. */
  phone?: string | null
  /** What it is all for. */
  goal?: string | null
  /** kg and km, or lb and mi. */
  units?: 'metric' | 'imperial'
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** Needed when `email` is given, ignored otherwise. */
  currentPassword?: string
}

export type ProgressOfGoal = {
  /** As many as were asked for, or fewer on the last page. */
  items: GoalProgress[]
  /** The cursor of the next page; absent on the last one. */
  next?: string
}

export type PublicKey = {
  /** The family of keys. */
  kty: 'OKP'
  /** The curve. */
  crv: 'Ed25519'
  /** The public key, base64url. */
  x: string
  /** The `kid` in the header of the tokens that it checks. */
  kid: string
  /** How tokens are signed. */
  alg: 'EdDSA'
  /** For signatures alone. */
  use: 'sig'
}

export type Record = {
  /** A word of the catalogue, or a UUID of one’s own. */
  exerciseId: string
  /** Of the exercise, as it was on the day of logging. */
  name: string
  /** What it is the best of; those of an exercise follow from its metric. */
  kind: 'best-pace' | 'best-session-volume' | 'best-set-volume' | 'estimated-1rm' | 'least-assistance' | 'longest-distance' | 'longest-duration' | 'max-reps' | 'max-weight' | 'weight-at-reps'
  /** In `unit`. */
  value: number
  /** kg or lb, km or mi, s, reps, s/km or s/mi. */
  unit: string
  /** Of `weight-at-reps`. */
  reps?: number
  /** Estimates the one-rep max. */
  formula?: 'epley' | 'brzycki' | 'lombardi'
  /** RFC 3339; answered in UTC with milliseconds. */
  achievedAt: string
  /** A UUID, in lower case. */
  sessionId: string
  /** A UUID, in lower case. */
  setId: string
  /** The best before it; absent for a first. */
  previous?: number
}

export type Registration = {
  /** An e-mail address. */
  email: string
  /** Any characters. Not a common password, the e-mail or a name, nor a text around one of these. */
  password: string
  /** What to call the person. */
  firstName: string
  /** The family name. */
  lastName?: string
  /** In whole years. Either this or `birthDate`; the one told last is kept. */
  age?: number
  /** Gives the age from then on. */
  birthDate?: string
  /** In international form; kept as E.164. */
  phone?: string
  /** What it is all for. */
  goal?: string
  /** kg and km, or lb and mi. */
  units?: 'metric' | 'imperial'
  /** The name of a time zone in the IANA database. */
  timeZone?: string
}

export type Rest = {
  /** How long the rest goes on from now; 0 ends it. */
  seconds: number
}

export type Revision = {
  /** The one that it made. */
  version: number
  /** What happened. */
  type: string
  /** When it was recorded. */
  at: string
  /** Who did it. */
  actor: string
  /** What changed. */
  data: { [name: string]: unknown }
}

export type RunningRest = {
  /** When the rest is over. */
  endsAt: string
}

/** A logged workout. What was not told is null. */
export type Session = {
  /** A UUID, in lower case. */
  id: string
  /** Live, ended, or taken out of every count. */
  status: 'active' | 'finished' | 'discarded'
  /** When it began. */
  startedAt: string
  /** Null while it is live. */
  finishedAt: string | null
  /** The name of a time zone in the IANA database. */
  timeZone: string
  /** The day it belongs to: the one on which it began where it was done. */
  localDate: string
  /** What to call it. */
  title: string | null
  /** A UUID, in lower case. */
  planId: string | null
  /** Which day of the plan, from 0. */
  planDay: number | null
  /** How hard the whole session was. */
  effort: 'easy' | 'average' | 'heavy' | null
  /** Whatever there is to say. */
  notes: string | null
  /** On that day, in `bodyWeightUnit`; the load of exercises that lift the body. */
  bodyWeight: number | null
  /** The unit of the weight as entered. */
  bodyWeightUnit: 'kg' | 'lb' | null
  /** In the order they were done. */
  exercises: Entry[]
  /** How many workouts, where they were told of as a number; it stands for one otherwise. */
  count?: number
  /** Their efforts, where they were told of as a number. */
  byEffort?: {
    /** How many were easy. */
    easy: number
    /** How many were average. */
    average: number
    /** How many were heavy. */
    heavy: number
  }
  /** As in its ETag. */
  version: number
}

/** Fields that are given replace, null clears. */
export type SessionChange = {
  /** When it began. */
  startedAt?: string
  /** When it ended; only of a finished session. */
  finishedAt?: string
  /** The name of a time zone in the IANA database. */
  timeZone?: string
  /** What to call it. */
  title?: string | null
  /** A UUID, in lower case. */
  planId?: string | null
  /** Which day of the plan, from 0. */
  planDay?: number | null
  /** How hard the whole session was. */
  effort?: 'easy' | 'average' | 'heavy' | null
  /** Whatever there is to say. */
  notes?: string | null
  /** On that day, in `bodyWeightUnit`; the load of exercises that lift the body. */
  bodyWeight?: number | null
  /** The unit of the weight as entered. */
  bodyWeightUnit?: 'kg' | 'lb'
}

/** Quantities are those that were entered, in their units. */
export type Set = {
  /** A UUID, in lower case. */
  id: string
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number
  /** Exactly as entered, in `weightUnit`. */
  weight?: number
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both'
  /** Whatever there is to say. */
  notes?: string
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string
}

/** Fields that are given replace, null clears; the result must fit the exercise’s metric. */
export type SetChange = {
  /** A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`. */
  kind?: 'warmup' | 'working' | 'drop' | 'failure'
  /** Repetitions; 0 is a failed set. */
  reps?: number | null
  /** Exactly as entered, in `weightUnit`. */
  weight?: number | null
  /** The unit of the weight as entered. */
  weightUnit?: 'kg' | 'lb'
  /** Whole seconds. */
  durationSeconds?: number | null
  /** Exactly as entered, in `distanceUnit`. */
  distance?: number | null
  /** The unit of the distance as entered. */
  distanceUnit?: 'm' | 'km' | 'mi' | 'yd'
  /** Rate of perceived exertion, by halves. */
  rpe?: number | null
  /** What was trained; it changes no sum. */
  side?: 'left' | 'right' | 'both' | null
  /** Whatever there is to say. */
  notes?: string | null
  /** When the set was done. In a live session the time of the request unless told. */
  performedAt?: string | null
}

export type SetTable = string

export type Skip = {
  /** A step of the session’s guide. */
  stepId: string
  /** True for all that is left of the planned exercise; the one step unless told. */
  whole?: boolean
  /** Why it is left out. */
  reason?: string
}

export type StatisticsSummary = {
  /** The local dates asked for, both inclusive; null where open. */
  period: {
    /** A day of the calendar. */
    from: string | null
    /** A day of the calendar. */
    to: string | null
  }
  /** How many. */
  sessions: number
  /** Without warm-ups, as everything here. */
  sets: number
  /** How many. */
  reps: number
  /** Effective load times repetitions, summed. */
  volume: {
    /** In `unit`. */
    value: number
    /** That of the user. */
    unit: 'kg' | 'lb'
  }
  /** Of finished sessions. */
  durationSeconds: number
  /** Of all sets that have one. */
  distance: {
    /** In `unit`. */
    value: number
    /** That of the user. */
    unit: 'km' | 'mi'
  }
  /** Finished sessions by effort. */
  byEffort: {
    /** How many. */
    easy: number
    /** How many. */
    average: number
    /** How many. */
    heavy: number
  }
  /** How many different ones. */
  exercisesDone: number
  /** The one with the most finished sessions, the last done of equals. */
  mostPopularPlan: {
    /** A UUID, in lower case. */
    planId: string
    /** Of the plan. */
    number: number
    /** As it is today. */
    name: string
    /** How many. */
    sessions: number
  } | null
  /** The one with the most sets, the last done of equals. */
  mostPopularExercise: {
    /** A word of the catalogue, or a UUID of one’s own. */
    exerciseId: string
    /** As it is today. */
    name: string
    /** How many. */
    sets: number
  } | null
  /** Consecutive ISO weeks with a finished session. */
  streak: {
    /** How many. */
    currentWeeks: number
    /** How many. */
    longestWeeks: number
  }
  /** Per session. */
  averages: {
    /** How many. */
    sets: number
    /** How many. */
    reps: number
    /** Effective load times repetitions, summed. */
    volume: {
      /** In `unit`. */
      value: number
      /** That of the user. */
      unit: 'kg' | 'lb'
    }
    /** Per finished session. */
    durationSeconds: number
    /** From 1, easy, to 3, heavy. */
    effort: number | null
  }
  /** Null where no plan was followed. */
  adherence: {
    /** Sets, without warm-ups, that the days of plans held from which sessions were done, as these days were when the sessions named them. */
    planned: number
    /** Sets that were done of the planned exercises, of each at most as many as planned. */
    done: number
    /** Planned sets that the guides of sessions were told to skip. */
    skipped: number
    /** Planned sets that were given another exercise on the way; done means done of that one. */
    swapped: number
    /** Planned sets that were given a note, or another target, on the way. */
    adjusted: number
    /** What was done of what was planned; null where nothing was. */
    ratio: number | null
    /** Null where no followed plan says how often. */
    sessions: {
      /** Sessions that plans with a `frequencyPerWeek` asked for, in all ISO weeks from the first to the last in which each was followed. */
      planned: number
      /** Finished sessions from these plans, in a week at most as many as asked for. */
      done: number
      /** What was done of what was planned; null where nothing was. */
      ratio: number | null
    } | null
  } | null
}

/** One set of the plan, with all that is needed to do it. */
export type Step = {
  /** A step of the session’s guide. */
  id: string
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
  /** Of the exercise, as of its day. */
  name: string
  /** What a set of it is told in. */
  metric: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'
  /** How the exercise is done. */
  instructions: string[]
  /** What the plan says to mind of the exercise. */
  notes: string | null
  /** Exercises of the same number are done in turns. */
  supersetGroup: number | null
  /** Of its planned exercise, from 1. */
  setNumber: number
  /** Of its planned exercise. */
  setsTotal: number
  target: PlannedSet
  /** Last time’s set: of the same number among its warm-ups, or among its other sets, else the last of them. Null where there is none. */
  previous: PreviousSet | null
  /** The rest after it; 0 where the next of a round follows at once, null where none is told. */
  restSeconds: number | null
  /** Of an adjustment. */
  note: string | null
}

/** Problem details as of RFC 9457; of `step-not-current` with the guide as it stands now. */
export type StepProblem = {
  /** Ends with the code of the problem, by which programs tell it. */
  type: string
  /** What kind of problem it is. */
  title: string
  /** As of the answer. */
  status: number
  /** What happened here. */
  detail: string
  /** The id of the request, as in `X-Request-Id`. */
  instance: string
  /** Every field that does not pass; in answers of status 422. */
  errors?: {
    /** JSON pointer into the body, or `/` and the name of a query parameter or header. */
    pointer: string
    /** For programs. */
    code: string
    /** For people. */
    message: string
  }[]
  guide?: Guide
}

/** What one version changed: a part that it left as it was is absent, null one that is no more. */
export type StreamChange = {
  /** Of the session. */
  version: number
  /** When that was recorded. */
  at: string
  /** Of the session from then on. */
  status: 'active' | 'finished' | 'discarded'
  /** Nothing is left to be done: every step is, or the session is over. */
  finished: boolean
  /** What happened. */
  type: string
  /** The step that is current now. */
  step?: Step | null
  /** The one behind it. */
  next?: Step | null
  /** The rest that runs now. */
  rest?: RunningRest | null
  /** How far the guide is. */
  progress?: GuideProgress | null
  set?: ChangedSet
  session?: ChangedSession
}

/** A message of the stream; `finished` is the last one. */
export type StreamMessage = {
  /** The version of the session. */
  id: string
  /** What the message is. */
  event: 'snapshot'
  data: StreamSnapshot
} | {
  /** The version of the session. */
  id: string
  /** What the message is. */
  event: 'progress' | 'finished'
  data: StreamChange
}

/** All that is known of the session. */
export type StreamSnapshot = {
  /** Of the session. */
  version: number
  /** When that was recorded. */
  at: string
  /** Of the session from then on. */
  status: 'active' | 'finished' | 'discarded'
  /** Nothing is left to be done: every step is, or the session is over. */
  finished: boolean
  session: Session
  /** Null where the session follows no plan. */
  guide: Guide | null
}

export type StreamTicket = {
  /** Good once, for the stream of this session. */
  ticket: string
  /** Seconds that it lives. */
  expiresIn: number
}

export type Swap = {
  /** A step of the session’s guide. */
  stepId: string
  /** A word of the catalogue, or the UUID of an exercise of one’s own. */
  exerciseId: string
}

/** A new pair of tokens. */
export type TokenPair = {
  /** To be sent as `Authorization: Bearer`. */
  accessToken: string
  /** How the access token is sent. */
  tokenType: 'Bearer'
  /** Seconds that the access token lives. */
  expiresIn: number
  /** Good for one new pair of tokens. */
  refreshToken: string
}

export type ToldExerciseNames = {
  /** Those that are said. */
  names: ExerciseName[]
}

export type TrainingCalendar = {
  /** The local dates asked for, both inclusive; null where open. */
  period: {
    /** A day of the calendar. */
    from: string | null
    /** A day of the calendar. */
    to: string | null
  }
  /** Every day with a session. */
  days: {
    /** A day of the calendar. */
    date: string
    /** How many. */
    sessions: number
    /** Effective load times repetitions, summed. */
    volume: {
      /** In `unit`. */
      value: number
      /** That of the user. */
      unit: 'kg' | 'lb'
    }
  }[]
}

export type TrainingLoad = {
  /** The days, both inclusive. */
  period: {
    /** A day of the calendar. */
    from: string
    /** A day of the calendar. */
    to: string
  }
  /** Of acute and chronic. */
  formula: 'rolling-average'
  /** Arbitrary units: effort times minutes. */
  unit: 'AU'
  /** Every day, in order. */
  points: {
    /** A day of the calendar. */
    date: string
    /** Of the sessions of the day. */
    load: number
    /** The mean of the last 7 days. */
    acute: number
    /** The mean of the last 28 days. */
    chronic: number
    /** Acute to chronic; null before 28 days of history, and while chronic is 0. */
    ratio: number | null
  }[]
}

export type Trends = {
  /** The local dates asked for, both inclusive; null where open. */
  period: {
    /** A day of the calendar. */
    from: string | null
    /** A day of the calendar. */
    to: string | null
  }
  /** What the values are in. */
  unit: string | null
  /** Estimates the one-rep max. */
  formula?: 'epley' | 'brzycki' | 'lombardi'
  /** How the moving averages of measurements are made. */
  movingAverage?: {
    /** The mean of the daily means. */
    formula: 'trailing-mean'
    /** How many days it goes back. */
    days: number
  }
  /** In order; empty buckets are 0 for volume and sessions, absent otherwise. */
  points: {
    /** A day of the calendar. */
    start: string
    /** The ISO week of a week. */
    week?: string
    /** The sum of the bucket, its best or, of measurements, its average. */
    value: number
    /** Days with anything to count. */
    count: number
    /** Of these days. */
    average: number
    /** The best of these days. */
    max: number
    /** Of measurements, after the last day measured in the bucket. */
    movingAverage?: number
  }[]
  /** Where the points are heading. */
  trend: {
    /** Of the line of least squares. */
    slopePerWeek: number
    /** Of that line. */
    direction: 'up' | 'down' | 'flat'
  }
}

/** A person who logs workouts. What is not known is null. */
export type User = {
  /** A UUID, in lower case. */
  id: string
  /** As it was entered. */
  email: string
  /** What to call the person. */
  firstName: string
  /** The family name. */
  lastName: string | null
  /** In whole years today where the person lives. */
  age: number | null
  /** Gives the age from then on. */
  birthDate: string | null
  /** In E.164, or as an older client wrote it. */
  phone: string | null
  /** What it is all for. */
  goal: string | null
  /** kg and km, or lb and mi. */
  units: 'metric' | 'imperial'
  /** The name of a time zone in the IANA database. */
  timeZone: string
  /** When the person registered. */
  createdAt: string
}

export type WantedAccessToken = {
  /** What the token is for, to tell it from the others. */
  name: string
  /** `read` is for what is got, `write` for what is changed; neither contains the other. No token manages tokens, passwords or logins, or erases the account. */
  scopes: ('read' | 'write')[]
  /** In the future; never, unless told. */
  expiresAt?: string
}

/** The plan as it shall be: what is left out is cleared. */
export type WholePlan = {
  /** What to call the plan. */
  name: string
  /** What it is for, in words. */
  goal?: string | null
  /** How many sessions a week are meant. */
  frequencyPerWeek?: number | null
  /** How long a session takes. */
  sessionMinutes?: number | null
  /** The kinds of training that the plan is made of. */
  exerciseTypes?: ('strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility')[]
  /** The sessions of the plan. */
  days?: NewPlanDay[]
}

/** What each call takes and answers, by method and path. */
export type Api = {
  post: {
    /** Register, and log in for the first time. */
    '/v1/auth/register': {
      asked: {
        body: Registration
      }
      answer: Login
    }
    /** Log in. */
    '/v1/auth/login': {
      asked: {
        body: Credentials
      }
      answer: Login
    }
    /** A new pair of tokens for a refresh token. */
    '/v1/auth/refresh': {
      asked: {
        body: {
        /** Good for one new pair of tokens. */
        refreshToken: string
      }
      }
      answer: TokenPair
    }
    /** Give an account of an older client its password, and log in. */
    '/v1/auth/claim': {
      asked: {
        body: Claim
      }
      answer: Login
    }
    /** End this login, or every one. */
    '/v1/auth/logout': {
      asked: {
        body?: {
        /** Ends every login of the person, not only this one. */
        everywhere?: boolean
      }
      }
      answer: undefined
    }
    /** Change the password. */
    '/v1/auth/password': {
      asked: {
        body: PasswordChange
      }
      answer: undefined
    }
    /** A new password for somebody who has forgotten theirs. */
    '/v1/auth/reset': {
      asked: {
        body: PasswordReset
      }
      answer: undefined
    }
    /** Make a personal access token. */
    '/v1/tokens': {
      asked: {
        body: WantedAccessToken
      }
      answer: NewAccessToken
    }
    /** Add an exercise of one’s own. */
    '/v1/exercises': {
      asked: {
        body: NewExercise
      }
      answer: Exercise
    }
    /** Make a plan. */
    '/v1/plans': {
      asked: {
        body: NewPlan
      }
      answer: Plan
    }
    /** Have a plan made. */
    '/v1/plans/generate': {
      asked: {
        body: PlanWish
      }
      answer: Plan
    }
    /** Log a workout, or start one. */
    '/v1/sessions': {
      asked: {
        body?: NewSession
      }
      answer: Session
    }
    /** Log many finished workouts. */
    '/v1/sessions/bulk': {
      asked: {
        body: NewSessions
      }
      answer: {
        /** As many as were asked for, or fewer on the last page. */
        items: LoggedSession[]
        /** The cursor of the next page; absent on the last one. */
        next?: string
      }
    }
    /** Finish the live session. */
    '/v1/sessions/{id}/finish': {
      asked: {
        params: { id: string }
        body?: Finish
      }
      answer: Session
    }
    /** Restore a discarded session. */
    '/v1/sessions/{id}/restore': {
      asked: {
        params: { id: string }
      }
      answer: Session
    }
    /** Log one set, or several. */
    '/v1/sessions/{id}/sets': {
      asked: {
        params: { id: string }
        body: NewLoneSet | NewStepSet | NewSets
      }
      answer: LoggedSet | LoggedSets
    }
    /** Skip the current step. */
    '/v1/sessions/{id}/guide/skip': {
      asked: {
        params: { id: string }
        body: Skip
      }
      answer: Guide
    }
    /** Do another exercise instead. */
    '/v1/sessions/{id}/guide/swap': {
      asked: {
        params: { id: string }
        body: Swap
      }
      answer: Guide
    }
    /** Adjust the current step. */
    '/v1/sessions/{id}/guide/adjust': {
      asked: {
        params: { id: string }
        body: Adjust
      }
      answer: Guide
    }
    /** Set the rest. */
    '/v1/sessions/{id}/guide/rest': {
      asked: {
        params: { id: string }
        body: Rest
      }
      answer: Guide
    }
    /** Take a measurement. */
    '/v1/measurements': {
      asked: {
        body: NewMeasurement
      }
      answer: Measurement
    }
    /** Set a goal. */
    '/v1/goals': {
      asked: {
        body: NewGoal
      }
      answer: Goal
    }
    /** Tell how far a custom goal is. */
    '/v1/goals/{id}/progress': {
      asked: {
        params: { id: string }
        body: NewGoalProgress
      }
      answer: Goal
    }
    /** Take an export into this account. */
    '/v1/me/import': {
      asked: {
        body: ImportedDocument
      }
      answer: Imported
    }
    /** Take in what another program has written down. */
    '/v1/imports': {
      asked: {
        query?: { dryRun?: boolean; weightUnit?: 'kg' | 'lb'; distanceUnit?: 'm' | 'km' | 'mi' | 'yd'; timeZone?: string }
        body: string | Blob
        contentType: 'text/csv'
      }
      answer: ImportReport
    }
    /** Get a ticket for the stream of a session. */
    '/v1/sessions/{id}/stream-ticket': {
      asked: {
        params: { id: string }
      }
      answer: StreamTicket
    }
  }
  get: {
    /** The public keys that check access tokens. */
    '/.well-known/jwks.json': {
      asked: object
      answer: {
        /** The current one first. */
        keys: PublicKey[]
      }
    }
    /** List personal access tokens. */
    '/v1/tokens': {
      asked: {
        query?: { limit?: number; cursor?: string }
      }
      answer: AccessTokens
    }
    /** The profile of the one who asks. */
    '/v1/me': {
      asked: object
      answer: User
    }
    /** List exercises. */
    '/v1/exercises': {
      asked: {
        query?: { limit?: number; cursor?: string; q?: string; muscle?: 'abdominals' | 'obliques' | 'chest' | 'lats' | 'upper-back' | 'lower-back' | 'traps' | 'front-delts' | 'side-delts' | 'rear-delts' | 'biceps' | 'triceps' | 'forearms' | 'quadriceps' | 'hamstrings' | 'glutes' | 'calves' | 'adductors' | 'abductors' | 'hip-flexors' | 'neck'; equipment?: 'none' | 'barbell' | 'dumbbell' | 'kettlebell' | 'machine' | 'smith-machine' | 'cable' | 'band' | 'ez-bar' | 'trap-bar' | 'plate' | 'medicine-ball' | 'exercise-ball' | 'suspension-trainer' | 'pull-up-bar' | 'dip-station' | 'bench' | 'box' | 'rings' | 'ab-wheel' | 'foam-roller' | 'jump-rope' | 'sled' | 'sandbag' | 'battle-rope' | 'treadmill' | 'stationary-bike' | 'rowing-machine' | 'elliptical' | 'stair-climber' | 'other'; category?: 'strength' | 'cardio' | 'stretching' | 'plyometrics' | 'mobility'; bodyArea?: 'hands' | 'abdominal' | 'back' | 'legs' | 'chest' | 'shoulders' | 'full-body' | 'cardio'; level?: 'beginner' | 'intermediate' | 'advanced'; metric?: 'weight-reps' | 'bodyweight-reps' | 'weighted-bodyweight-reps' | 'assisted-bodyweight-reps' | 'reps' | 'duration' | 'weight-duration' | 'distance-duration' | 'weight-distance'; custom?: boolean; archived?: boolean }
      }
      answer: Exercises
    }
    /** Get an exercise. */
    '/v1/exercises/{id}': {
      asked: {
        params: { id: string }
      }
      answer: Exercise
    }
    /** List plans. */
    '/v1/plans': {
      asked: {
        query?: { limit?: number; cursor?: string; archived?: boolean }
      }
      answer: Plans
    }
    /** Get a plan. */
    '/v1/plans/{id}': {
      asked: {
        params: { id: string }
      }
      answer: Plan
    }
    /** List sessions. */
    '/v1/sessions': {
      asked: {
        query?: { limit?: number; cursor?: string; from?: string; to?: string; exerciseId?: string; planId?: string; status?: 'active' | 'finished' | 'discarded' }
      }
      answer: {
        /** As many as were asked for, or fewer on the last page. */
        items: Session[]
        /** The cursor of the next page; absent on the last one. */
        next?: string
      }
    }
    /** Get the live session. */
    '/v1/sessions/live': {
      asked: object
      answer: Session
    }
    /** Get a session. */
    '/v1/sessions/{id}': {
      asked: {
        params: { id: string }
      }
      answer: Session
    }
    /** List the revisions of a session. */
    '/v1/sessions/{id}/history': {
      asked: {
        params: { id: string }
        query?: { limit?: number; cursor?: string }
      }
      answer: {
        /** As many as were asked for, or fewer on the last page. */
        items: Revision[]
        /** The cursor of the next page; absent on the last one. */
        next?: string
      }
    }
    /** Get the guide of a session. */
    '/v1/sessions/{id}/guide': {
      asked: {
        params: { id: string }
      }
      answer: Guide
    }
    /** List measurements. */
    '/v1/measurements': {
      asked: {
        query?: { limit?: number; cursor?: string; kind?: string; from?: string; to?: string }
      }
      answer: Measurements
    }
    /** Get a measurement. */
    '/v1/measurements/{id}': {
      asked: {
        params: { id: string }
      }
      answer: Measurement
    }
    /** List goals. */
    '/v1/goals': {
      asked: {
        query?: { limit?: number; cursor?: string; status?: 'active' | 'achieved' | 'abandoned' }
      }
      answer: Goals
    }
    /** Get a goal. */
    '/v1/goals/{id}': {
      asked: {
        params: { id: string }
      }
      answer: Goal
    }
    /** List what was told of a custom goal. */
    '/v1/goals/{id}/progress': {
      asked: {
        params: { id: string }
        query?: { limit?: number; cursor?: string }
      }
      answer: ProgressOfGoal
    }
    /** Everything at a glance. */
    '/v1/statistics': {
      asked: {
        query?: { from?: string; to?: string }
      }
      answer: StatisticsSummary
    }
    /** Personal records. */
    '/v1/statistics/records': {
      asked: {
        query?: { from?: string; to?: string; formula?: 'epley' | 'brzycki' | 'lombardi'; exerciseId?: string; limit?: number; cursor?: string }
      }
      answer: {
        /** As many as were asked for, or fewer on the last page. */
        items: Record[]
        /** The cursor of the next page; absent on the last one. */
        next?: string
      }
    }
    /** How something moves over time. */
    '/v1/statistics/trends': {
      asked: {
        query: { metric: 'volume' | 'sessions' | 'estimated-1rm' | 'max-weight' | 'measurement'; bucket?: 'day' | 'week' | 'month'; exerciseId?: string; kind?: string; from?: string; to?: string; formula?: 'epley' | 'brzycki' | 'lombardi' }
      }
      answer: Trends
    }
    /** One exercise in numbers. */
    '/v1/statistics/exercises/{id}': {
      asked: {
        params: { id: string }
        query?: { from?: string; to?: string; formula?: 'epley' | 'brzycki' | 'lombardi' }
      }
      answer: ExerciseStatistics
    }
    /** Sets and volume by muscle. */
    '/v1/statistics/muscles': {
      asked: {
        query?: { from?: string; to?: string }
      }
      answer: MuscleStatistics
    }
    /** Days with a session. */
    '/v1/statistics/calendar': {
      asked: {
        query?: { year?: number; from?: string; to?: string }
      }
      answer: TrainingCalendar
    }
    /** Training load, acute against chronic. */
    '/v1/statistics/load': {
      asked: {
        query?: { from?: string; to?: string }
      }
      answer: TrainingLoad
    }
    /** Everything as it was at another time. */
    '/v1/me/as-of': {
      asked: {
        query: { at: string }
      }
      answer: AsOf
    }
    /** What happened, event by event. */
    '/v1/me/events': {
      asked: {
        query?: { after?: number; limit?: number; cursor?: string }
      }
      answer: Events
    }
    /** Take everything along. */
    '/v1/me/export': {
      asked: object
      answer: Export
    }
    /** Take the sets along as a table. */
    '/v1/me/export.csv': {
      asked: object
      answer: string
    }
    /** What names of other programs are taken for. */
    '/v1/imports/names': {
      asked: object
      answer: ExerciseNames
    }
    /** The end of the log, to be kept elsewhere. */
    '/v1/audit/head': {
      asked: object
      answer: Head
    }
    /** Check everything that is kept. */
    '/v1/audit/verify': {
      asked: {
        query?: { from?: number; to?: number }
      }
      answer: string
    }
    /** What the service does, in numbers. */
    '/metrics': {
      asked: object
      answer: string
    }
    /** Does the process run? */
    '/livez': {
      asked: object
      answer: Health
    }
    /** Does the process run? */
    '/health/live': {
      asked: object
      answer: Health
    }
    /** Is it ready to serve? */
    '/readyz': {
      asked: object
      answer: Health
    }
    /** Is it ready to serve? */
    '/health/ready': {
      asked: object
      answer: Health
    }
  }
  delete: {
    /** Revoke a personal access token. */
    '/v1/tokens/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
    /** Erase the account, for good. */
    '/v1/me': {
      asked: {
        body: Erasure
      }
      answer: undefined
    }
    /** Archive an exercise of one’s own. */
    '/v1/exercises/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
    /** Archive a plan. */
    '/v1/plans/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
    /** Discard a session. */
    '/v1/sessions/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
    /** Delete a set. */
    '/v1/sessions/{id}/sets/{setId}': {
      asked: {
        params: { id: string; setId: string }
      }
      answer: undefined
    }
    /** Delete a measurement. */
    '/v1/measurements/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
    /** Delete a goal. */
    '/v1/goals/{id}': {
      asked: {
        params: { id: string }
      }
      answer: undefined
    }
  }
  patch: {
    /** Change the profile. */
    '/v1/me': {
      asked: {
        body?: ProfileChange
      }
      answer: User
    }
    /** Change an exercise of one’s own. */
    '/v1/exercises/{id}': {
      asked: {
        params: { id: string }
        body?: ExerciseChange
      }
      answer: Exercise
    }
    /** Change a plan. */
    '/v1/plans/{id}': {
      asked: {
        params: { id: string }
        body?: PlanChange
      }
      answer: Plan
    }
    /** Correct a session. */
    '/v1/sessions/{id}': {
      asked: {
        params: { id: string }
        body?: SessionChange
      }
      answer: Session
    }
    /** Correct a set. */
    '/v1/sessions/{id}/sets/{setId}': {
      asked: {
        params: { id: string; setId: string }
        body?: SetChange
      }
      answer: LoneSet
    }
    /** Correct a measurement. */
    '/v1/measurements/{id}': {
      asked: {
        params: { id: string }
        body?: MeasurementChange
      }
      answer: Measurement
    }
    /** Change a goal. */
    '/v1/goals/{id}': {
      asked: {
        params: { id: string }
        body?: GoalChange
      }
      answer: Goal
    }
    /** Say what names of other programs mean. */
    '/v1/imports/names': {
      asked: {
        body: ToldExerciseNames
      }
      answer: ExerciseNames
    }
  }
  put: {
    /** Replace a plan. */
    '/v1/plans/{id}': {
      asked: {
        params: { id: string }
        body: WholePlan
      }
      answer: Plan
    }
  }
}

/** Repeated under one Idempotency-Key they are done once. */
export const keyed: ReadonlySet<string> = new Set([
  'post /v1/exercises',
  'post /v1/plans',
  'post /v1/plans/generate',
  'post /v1/sessions',
  'post /v1/sessions/bulk',
  'post /v1/sessions/{id}/finish',
  'post /v1/sessions/{id}/restore',
  'post /v1/sessions/{id}/sets',
  'post /v1/sessions/{id}/guide/skip',
  'post /v1/sessions/{id}/guide/swap',
  'post /v1/sessions/{id}/guide/adjust',
  'post /v1/sessions/{id}/guide/rest',
  'post /v1/measurements',
  'post /v1/goals',
  'post /v1/goals/{id}/progress',
])

/** Nobody needs to have logged in for these. */
export const open: ReadonlySet<string> = new Set([
  'post /v1/auth/register',
  'post /v1/auth/login',
  'post /v1/auth/refresh',
  'post /v1/auth/claim',
  'get /.well-known/jwks.json',
  'post /v1/auth/reset',
  'get /v1/audit/head',
  'get /livez',
  'get /health/live',
  'get /readyz',
  'get /health/ready',
])
