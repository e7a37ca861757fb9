import { catalogue } from '../domain/exercise/catalogue.ts'
import type { CatalogueExercise, Equipment } from '../domain/exercise/events.ts'
import { plainWords } from './csv-texts.ts'

// Words that name the implement: two names that differ in these alone are one exercise with two of them.
const implement: Readonly<Record<string, Equipment>> = {
  ...{ barbell: 'barbell', dumbbell: 'dumbbell', kettlebell: 'kettlebell', machine: 'machine' },
  ...{ smithmachine: 'smith-machine', cable: 'cable', band: 'band', ezbar: 'ez-bar', trapbar: 'trap-bar' },
}
const joined = new RegExp(
  String.raw`\b(${[
    ...['smith machine', 'ez bar', 'trap bar', 'pull up', 'push up', 'chin up', 'sit up', 'step up'],
    ...['muscle up', 'pull down', 'push down', 'skull crusher', 'dead hang', 'wood chop'],
  ].join('|')})s?\b`,
  'g',
)
const spellings: Readonly<Record<string, string>> = {
  ...{ db: 'dumbbell', dumbell: 'dumbbell', bb: 'barbell', kb: 'kettlebell', smith: 'smithmachine' },
  ...{ flye: 'fly', pressdown: 'pushdown', bodyweight: '', abductor: 'abduction', adductor: 'adduction' },
}

/** What the exercises of the catalogue are called elsewhere, where the rules below do not find them. */
export const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'barbell-back-squat': ['Squat (Barbell)', 'Barbell Squat', 'Back Squat', 'High Bar Squat'],
  'barbell-front-squat': ['Front Squat'],
  'barbell-bench-press': ['Bench Press', 'Flat Barbell Bench Press'],
  'dumbbell-bench-press': ['Flat Dumbbell Bench Press'],
  'barbell-deadlift': ['Deadlift', 'Conventional Deadlift'],
  'barbell-romanian-deadlift': ['Romanian Deadlift'],
  'barbell-overhead-press': [
    'Overhead Press',
    'Strict Military Press (Barbell)',
    'Military Press',
    'Shoulder Press (Barbell)',
  ],
  'dumbbell-shoulder-press': ['Overhead Press (Dumbbell)', 'Seated Dumbbell Press'],
  'barbell-row': ['Bent Over Row (Barbell)', 'Barbell Bent Over Row'],
  'dumbbell-row': ['Bent Over Row (Dumbbell)', 'Bent Over One Arm Row (Dumbbell)'],
  't-bar-row': ['T Bar Row'],
  'seated-cable-row': ['Cable Row'],
  'barbell-curl': ['Bicep Curl (Barbell)'],
  'dumbbell-curl': ['Bicep Curl (Dumbbell)'],
  'dumbbell-fly': ['Chest Fly (Dumbbell)', 'Flat Dumbbell Fly'],
  'pec-deck': ['Chest Fly (Machine)', 'Seated Machine Fly'],
  'reverse-pec-deck': ['Reverse Fly (Machine)', 'Rear Delt Reverse Fly (Machine)', 'Rear Delt Machine Fly'],
  'dumbbell-rear-delt-fly': ['Reverse Fly (Dumbbell)', 'Rear Delt Reverse Fly (Dumbbell)'],
  'close-grip-bench-press': ['Bench Press - Close Grip (Barbell)', 'Close Grip Barbell Bench Press'],
  'skull-crusher': ['Skullcrusher (Barbell)', 'EZ-Bar Skullcrusher'],
  'dumbbell-kickback': ['Triceps Kickback (Dumbbell)'],
  'dumbbell-overhead-triceps-extension': ['Triceps Extension (Dumbbell)'],
  'weighted-dip': ['Triceps Dip (Weighted)', 'Chest Dip (Weighted)'],
  'assisted-dip': ['Triceps Dip (Assisted)', 'Chest Dip (Assisted)'],
  'chest-dip': ['Dip', 'Parallel Bar Triceps Dip', 'Triceps Dip'],
  'hip-abduction-machine': ['Hip Abductor'],
  'hip-adduction-machine': ['Hip Adductor'],
  'barbell-hip-thrust': ['Hip Thrust'],
  'standing-calf-raise': ['Standing Calf Raise Machine'],
  'seated-calf-raise': ['Seated Calf Raise (Plate Loaded)'],
  'barbell-wrist-curl': ['Seated Palms Up Wrist Curl (Barbell)'],
  'reverse-barbell-curl': ['Reverse Curl (Barbell)'],
  'clean-and-jerk': ['Clean and Jerk (Barbell)'],
  'power-clean': ['Power Clean (Barbell)'],
  'barbell-thruster': ['Thruster'],
  'farmers-walk': ['Farmers Walk'],
  'ab-wheel-rollout': ['Ab Wheel', 'Ab Rollout'],
  'treadmill-running': ['Treadmill', 'Running (Treadmill)'],
  'stationary-cycling': ['Cycling (Indoor)', 'Stationary Bike', 'Spinning'],
  rowing: ['Rowing (Machine)', 'Rowing Machine'],
  'elliptical-training': ['Elliptical Machine', 'Elliptical Trainer', 'Elliptical'],
  'stair-climbing': ['Stairmaster', 'Climbing Stairs', 'Stair Machine'],
  'jump-rope': ['Jump Roping', 'Skipping'],
}

type Bag = { core: string; implements: readonly string[] }

function bagOf(name: string): Bag {
  const whole = plainWords(name).replace(joined, (words) => words.replace(' ', ''))
  const words = whole.split(' ').flatMap((word) => {
    const plain = word.length > 3 && !word.endsWith('ss') ? word.replace(/s$/, '') : word
    const spelling = Object.hasOwn(spellings, plain) ? spellings[plain] : plain
    return spelling === undefined || spelling === '' ? [] : [spelling]
  })
  const named = new Set(words)
  const isImplement = (word: string) => Object.hasOwn(implement, word)
  const core = [...named].filter((word) => !isImplement(word)).toSorted()
  return { core: core.join(' '), implements: [...named].filter(isImplement).toSorted() }
}

type Known = Bag & { entry: CatalogueExercise; isOther: boolean }

let byCore: ReadonlyMap<string, readonly Known[]> | undefined

function known() {
  if (byCore !== undefined) return byCore
  const bags = catalogue.flatMap((entry) => [
    { ...bagOf(entry.texts.en.name), entry, isOther: false },
    ...(elsewhere[entry.exerciseId] ?? []).map((name) => ({ ...bagOf(name), entry, isOther: true })),
  ])
  byCore = Map.groupBy(bags, ({ core }) => core)
  return byCore
}

/**
 * The exercise of the catalogue that a name elsewhere means, whatever the order of its words. An implement
 * that the name says must be the exercise's, and one that the exercise's name says must be said.
 */
export function catalogueExerciseNamed(name: string): CatalogueExercise | undefined {
  const bag = bagOf(name)
  const candidates = known().get(bag.core) ?? []
  const said = bag.implements.join(' ')
  const exact = candidates.find((candidate) => candidate.implements.join(' ') === said)
  if (exact !== undefined) return exact.entry
  const fitting = candidates.filter(
    (candidate) =>
      !candidate.isOther &&
      candidate.implements.every((word) => bag.implements.includes(word)) &&
      bag.implements.every((word) => candidate.entry.equipment.includes(implement[word] as Equipment)),
  )
  return bag.implements.length > 0 ? fitting[0]?.entry : undefined
}
