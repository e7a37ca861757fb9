import { keepNewest } from './keep-newest.ts'

const KEPT_ANSWERS = 200
const KEPT_ITEMS = 500

/** `dependsOn` is a text of all that the answer follows from: equal texts, equal answers. */
export type Answered<A> = { answer: A; dependsOn: string }

/** The latest answers by their questions. Long lists are found anew: they would fill the memory. */
export function keptAnswers() {
  const kept = new Map<string, Answered<unknown>>()
  return {
    /** The answer that was kept, while nothing that it follows from has moved. */
    find(question: string, dependsOn: string): Answered<unknown> | undefined {
      const known = kept.get(question)
      return known?.dependsOn === dependsOn ? known : undefined
    },
    keep(question: string, answered: Answered<object>) {
      kept.delete(question)
      if (itemsIn(answered.answer) > KEPT_ITEMS) return
      keepNewest(kept, question, answered, KEPT_ANSWERS)
    },
    /** Drops the answers to all questions that begin like this. */
    forget(beginning: string) {
      for (const question of kept.keys()) if (question.startsWith(beginning)) kept.delete(question)
    },
  }
}

function itemsIn(answer: object): number {
  const lists = Object.values(answer).filter(Array.isArray)
  return lists.reduce((count, list) => count + list.length, 0)
}
