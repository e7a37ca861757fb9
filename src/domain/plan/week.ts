import type { BodyArea } from '../exercise/events.ts'
import { type Weekday, weekdays } from './events.ts'

/** The weekdays of so many sessions, as far from each other as a week allows; above 7 two on a day. */
export function weekdaysOf(frequencyPerWeek: number): Weekday[] {
  return Array.from(
    { length: frequencyPerWeek },
    (_, session) => weekdays[dayOf(session, frequencyPerWeek)] as Weekday,
  )
}

/**
 * What each session trains: each area at least once, as evenly as they go in, and up to `wanted` of
 * them where more fit; none in two sessions that follow each other, or lie on the same day or on days that
 * do, where that can be avoided. `preferred` comes in the order of preference; where there are more areas
 * than sessions, the slowest are dealt out first, each to the session that is the shortest by then.
 */
export function spread(
  frequencyPerWeek: number,
  preferred: readonly BodyArea[],
  wanted: number,
  secondsOf: (area: BodyArea) => number,
): BodyArea[][] {
  const crowded = preferred.length > frequencyPerWeek
  const areas = crowded ? preferred.toSorted((a, b) => secondsOf(b) - secondsOf(a)) : preferred
  const near = neighbours(frequencyPerWeek)
  const leads = leadsApart(near, areas, []) ?? leadsAnyhow(near, areas)
  const week = leads.map((lead) => [lead])
  const used = (area: BodyArea) => week.filter((trained) => trained.includes(area)).length
  // The leads are of as many areas as they can be, so what is left over fits in beside them.
  for (const area of areas.filter((each) => used(each) === 0)) {
    const [shortest] = week.toSorted((a, b) => total(a, secondsOf) - total(b, secondsOf)) as [BodyArea[]]
    shortest.push(area)
  }
  // Session by session one more area, so that none is filled up at the cost of its neighbours.
  for (let size = 2; size <= wanted; size++) {
    for (const [session, trained] of week.entries()) {
      const taken = new Set((near[session] as number[]).flatMap((other) => week[other] as BodyArea[]))
      const free = areas.filter((area) => !taken.has(area) && !trained.includes(area))
      if (trained.length < size) trained.push(...free.toSorted((a, b) => used(a) - used(b)).slice(0, 1))
    }
  }
  return week
}

/** How long sessions must be at least for the week to hold each area once, dealt out as `spread` does. */
export function leastPerSession(
  frequencyPerWeek: number,
  areas: readonly BodyArea[],
  secondsOf: (area: BodyArea) => number,
): number {
  const week = spread(frequencyPerWeek, areas, 1, secondsOf)
  return Math.max(...week.map((trained) => total(trained, secondsOf)))
}

function total(areas: readonly BodyArea[], secondsOf: (area: BodyArea) => number): number {
  return areas.reduce((sum, area) => sum + secondsOf(area), 0)
}

/** For each session the others that should train something else. */
function neighbours(frequencyPerWeek: number): number[][] {
  const sessions = Array.from({ length: frequencyPerWeek }, (_, session) => session)
  return sessions.map((session) =>
    sessions.filter((other) => {
      const days = Math.abs(dayOf(session, frequencyPerWeek) - dayOf(other, frequencyPerWeek))
      return other !== session && (Math.abs(session - other) === 1 || days <= 1 || days === 6)
    }),
  )
}

/** One area for each session, none like a neighbour's; undefined where there are too few areas for that. */
function leadsApart(
  near: readonly (readonly number[])[],
  areas: readonly BodyArea[],
  leads: readonly BodyArea[],
): readonly BodyArea[] | undefined {
  const others = near[leads.length]
  if (others === undefined) return leads
  const free = areas.filter((area) => !others.some((other) => leads[other] === area))
  for (const area of leastUsedFirst(free, leads)) {
    const found = leadsApart(near, areas, [...leads, area])
    if (found !== undefined) return found
  }
  return undefined
}

function leadsAnyhow(near: readonly (readonly number[])[], areas: readonly BodyArea[]): BodyArea[] {
  const leads: BodyArea[] = []
  for (const others of near) {
    const clashes = (area: BodyArea) => others.filter((other) => leads[other] === area).length
    const [best] = leastUsedFirst(areas, leads).toSorted((a, b) => clashes(a) - clashes(b))
    leads.push(best as BodyArea)
  }
  return leads
}

function leastUsedFirst(areas: readonly BodyArea[], leads: readonly BodyArea[]): BodyArea[] {
  const used = (area: BodyArea) => leads.filter((lead) => lead === area).length
  return areas.toSorted((a, b) => used(a) - used(b))
}

function dayOf(session: number, frequencyPerWeek: number): number {
  return Math.floor((session * 7) / frequencyPerWeek)
}
