import type { CatalogueExercise } from '../exercise/events.ts'
import type { PlannedExercise } from '../session/events.ts'
import { type Prescription, setOf, workSeconds } from './prescription.ts'

type Card = { exercise: CatalogueExercise; reps: number }

/** The exercises of an area; the one that is taken goes to the end, so that the week has variety. */
export type Deck = Card[]

const EXERCISES = 8
const CIRCUIT = 4

/** The least time that the exercise can be trained in. */
export function leastSeconds(exercise: CatalogueExercise, goal: Prescription): number {
  return goal.sets[0] * (workSeconds(exercise, goal.reps[0], goal) + (goal.restSeconds.at(-1) as number))
}

/**
 * At least one exercise of each deck, for which there must be time: their rest is as long as the time
 * allows; then more exercises are added, and then more sets.
 */
export function plannedSession(
  decks: readonly Deck[],
  goal: Prescription,
  seconds: number,
): PlannedExercise[] {
  const [leastSets, mostSets] = goal.sets
  const least = decks.map((deck) => Math.min(...deck.map(({ exercise }) => leastSeconds(exercise, goal))))
  // What the quickest exercises leave over is shared, so that slower ones may be taken as well.
  const share = (seconds - least.reduce((sum, each) => sum + each)) / decks.length
  const first = decks.map(
    (deck, place) =>
      take(deck, ({ exercise }) => leastSeconds(exercise, goal) <= (least[place] as number) + share) as Card,
  )
  const { chosen, rest } = paced(first, goal, seconds)
  const fits = (cards: readonly Card[], sets: number) => secondsOf(cards, sets, rest, goal) <= seconds
  const perDeck = Math.max(2, Math.ceil(6 / decks.length))
  for (let round = 1; round < perDeck; round++) {
    for (const deck of decks) {
      if (chosen.length >= EXERCISES) break
      const added = take(
        deck,
        (card) =>
          !chosen.some(({ exercise }) => exercise === card.exercise) && fits([...chosen, card], leastSets),
      )
      if (added !== undefined) chosen.push(added)
    }
  }
  const ordered = chosen.toSorted((left, right) => rankOf(left) - rankOf(right))
  let sets = mostSets
  while (!fits(ordered, sets)) sets--
  return ordered.map(({ exercise, reps }, index) => ({
    exerciseId: exercise.exerciseId,
    exerciseName: exercise.texts.en.name,
    metric: exercise.metric,
    ...circuitOf(goal, index, ordered.length),
    restSeconds: restAfter(goal, index, ordered.length, rest),
    sets: Array.from({ length: sets }, () => setOf(exercise, reps, goal)),
  }))
}

/** The longest rest that fits; where none does, the fewest repetitions with the shortest. */
function paced(
  first: readonly Card[],
  goal: Prescription,
  seconds: number,
): { chosen: Card[]; rest: number } {
  const rest = goal.restSeconds.find((each) => secondsOf(first, goal.sets[0], each, goal) <= seconds)
  if (rest !== undefined) return { chosen: [...first], rest }
  const chosen = first.map(({ exercise }) => ({ exercise, reps: goal.reps[0] }))
  return { chosen, rest: goal.restSeconds.at(-1) as number }
}

function secondsOf(cards: readonly Card[], sets: number, rest: number, goal: Prescription): number {
  return cards.reduce((sum, { exercise, reps }, index) => {
    return sum + sets * (workSeconds(exercise, reps, goal) + restAfter(goal, index, cards.length, rest))
  }, 0)
}

function restAfter({ circuitRestSeconds }: Prescription, index: number, count: number, rest: number): number {
  const endsRound = index === count - 1 || groupOf(index, count) !== groupOf(index + 1, count)
  return circuitRestSeconds === undefined || endsRound ? rest : circuitRestSeconds
}

function circuitOf({ circuitRestSeconds }: Prescription, index: number, count: number) {
  if (circuitRestSeconds === undefined || count === 1) return {}
  return { supersetGroup: groupOf(index, count) }
}

/** Circuits of about the same size, counted from 1. */
function groupOf(index: number, count: number): number {
  return 1 + Math.floor((index * Math.ceil(count / CIRCUIT)) / count)
}

/** What moves several joints comes first, endurance last. */
function rankOf({ exercise: { category, mechanic } }: Card): number {
  if (category === 'cardio') return 2
  return mechanic === 'isolation' ? 1 : 0
}

function take(deck: Deck, suits: (card: Card) => boolean): Card | undefined {
  const place = deck.findIndex(suits)
  if (place === -1) return undefined
  const [card] = deck.splice(place, 1) as [Card]
  deck.push(card)
  return card
}
