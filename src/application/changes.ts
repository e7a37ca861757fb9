import { keepNewest, newestByWeight } from './keep-newest.ts'

/** How many changes there were of one person. */
type Count = { changes: number }

/** A point in the history of a person, at which something was read. */
export type Moment = { readonly of: Count; readonly changes: number }

/** Whether what was read of a person still holds. */
export type Changes = {
  /** Asked before something is read; undefined while nothing that is read may be kept. */
  momentOf(userId: string): Moment | undefined
  /** True while nothing of this person's can have changed since that moment. */
  isNow(userId: string, moment: Moment): boolean
}

const KNOWN_PEOPLE = 10_000

/** Counts the changes of each person; `isBehind` says that reads do not show all of them at the moment. */
export function createChanges(isBehind: () => boolean = () => false) {
  const counts = new Map<string, Count>()

  function momentOf(userId: string): Moment | undefined {
    if (isBehind()) return undefined
    const known = counts.get(userId)
    if (known !== undefined) return { of: known, changes: known.changes }
    const of = { changes: 0 }
    keepNewest(counts, userId, of, KNOWN_PEOPLE)
    return { of, changes: 0 }
  }

  return {
    momentOf,
    isNow: (userId: string, { of, changes }: Moment) =>
      of.changes === changes && counts.get(userId) === of && !isBehind(),
    /** Something was appended for this person, or may have been; undefined where it concerns all. */
    changed(userId: string | undefined) {
      if (userId === undefined) return counts.clear()
      const count = counts.get(userId)
      if (count !== undefined) count.changes += 1
    },
    /** Nothing that was ever read of this person holds any more. */
    forget: (userId: string) => void counts.delete(userId),
    forgetAll: () => counts.clear(),
  }
}

/** The moment after one more change, and no other. */
export function afterOne({ of, changes }: Moment): Moment {
  return { of, changes: changes + 1 }
}

/**
 * One value a person, for as long as it holds; those of the people whose values are the oldest go first where
 * all of them weigh more than `most`.
 */
export function keptWhileUnchanged<T>(
  changes: Changes | undefined,
  most: number,
  weightOf: (value: T) => number = () => 1,
) {
  type Kept = { moment: Moment; value: T; weight: number }
  const kept = newestByWeight<Kept>(most, ({ weight }) => weight)
  return {
    find(userId: string): T | undefined {
      const found = kept.find(userId)
      return found !== undefined && changes?.isNow(userId, found.moment) ? found.value : undefined
    },
    /** Keeps what holds at that moment, unless that has passed. */
    keep(userId: string, moment: Moment | undefined, value: T) {
      if (moment !== undefined && changes?.isNow(userId, moment) === true) {
        kept.keep(userId, { moment, value, weight: weightOf(value) })
      } else kept.drop(userId)
    },
    forget: kept.drop,
  }
}
