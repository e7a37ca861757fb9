import { newestByWeight } from './keep-newest.ts'

const LONGEST_LIST = 500
/** In all answers together, each of which counts as a hundred by itself: no more than 200 of them. */
const KEPT_ITEMS = 20_000
const ITEMS_BESIDES = 100

/** `dependsOn` is a text of all that the answer follows from: equal texts, equal answers. */
export type Answered<A> = { answer: A; dependsOn: string }

/** The latest answers by their questions. Long lists are found anew: they would fill the memory. */
export function keptAnswers() {
  const kept = newestByWeight<Answered<object>>(KEPT_ITEMS, ({ answer }) => ITEMS_BESIDES + itemsIn(answer))
  return {
    /** The answer that was kept, while nothing that it follows from has moved. */
    find(question: string, dependsOn: string): Answered<unknown> | undefined {
      const known = kept.find(question)
      return known?.dependsOn === dependsOn ? known : undefined
    },
    keep(question: string, answered: Answered<object>) {
      if (itemsIn(answered.answer) > LONGEST_LIST) kept.drop(question)
      else kept.keep(question, answered)
    },
    /** Drops the answers to all questions that begin like this. */
    forget(beginning: string) {
      for (const question of kept.keys()) if (question.startsWith(beginning)) kept.drop(question)
    },
  }
}

function itemsIn(answer: object): number {
  const lists = Object.values(answer).filter(Array.isArray)
  return lists.reduce((count, list) => count + list.length, 0)
}
