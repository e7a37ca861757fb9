const DAY_MILLISECONDS = 86_400_000
const CACHED_FORMATS = 1_000

const aDate = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
const aTime = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

// A formatter takes 50 times longer to make than to use.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string, withTime = false) {
  const name = `${timeZone} ${withTime}`
  const cached = formats.get(name)
  if (cached !== undefined) return cached
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, ...aDate, ...(withTime && aTime) })
  if (formats.size >= CACHED_FORMATS) formats.clear()
  formats.set(name, format)
  return format
}

/** True for the IANA name of a time zone that this program knows; bare offsets such as `+02:00` are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** The date, `YYYY-MM-DD`, that the wall calendar of the zone shows at an instant. */
export function localDateOf(instant: string, timeZone: string): string {
  return formatOf(timeZone).format(new Date(instant))
}

/**
 * The instant at which the wall clock of the zone shows `YYYY-MM-DDTHH:MM:SS`: the first one where it does so
 * twice, and where it never does, since it was put on, as much later as it was put on.
 */
export function instantOf(localTime: string, timeZone: string): string {
  const shown = Date.parse(`${localTime}Z`)
  const before = shown - offsetAt(shown - DAY_MILLISECONDS, timeZone)
  const after = shown - offsetAt(shown + DAY_MILLISECONDS, timeZone)
  const fitting = [before, after].filter((instant) => instant + offsetAt(instant, timeZone) === shown)
  return new Date(fitting.length > 0 ? Math.min(...fitting) : before).toISOString()
}

/** By how much the wall clock of the zone is ahead of UTC then. */
function offsetAt(instant: number, timeZone: string): number {
  return Date.parse(`${formatOf(timeZone, true).format(instant).replace(' ', 'T')}Z`) - instant
}

/** True for a date `YYYY-MM-DD` that the calendar has. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(dayNumber(text)) === text
}

export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days)
}

/** Days from one date to another; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** The Monday that begins the ISO week of a date. */
export function mondayOf(date: string): string {
  return dateOf(weekNumber(date) * 7 - 3)
}

/** One more with each Monday. */
export function weekNumber(date: string): number {
  // 1970-01-01 was a Thursday.
  return Math.floor((dayNumber(date) + 3) / 7)
}

/**
 * The ISO week of a date with the year that the week belongs to, which near New Year is not the date's own:
 * `2020-W53`.
 */
export function isoWeekOf(date: string): string {
  const year = addDays(mondayOf(date), 3).slice(0, 4)
  const week = 1 + daysBetween(mondayOf(`${year}-01-04`), date) / 7
  return `${year}-W${String(Math.floor(week)).padStart(2, '0')}`
}

export const buckets = ['day', 'week', 'month'] as const
export type Bucket = (typeof buckets)[number]

/** The first day of the day, ISO week or month that a date falls into. */
export function bucketOf(date: string, bucket: Bucket): string {
  if (bucket === 'day') return date
  return bucket === 'week' ? mondayOf(date) : `${date.slice(0, 7)}-01`
}

/** The first days of all buckets from that of `from` to that of `to`. */
export function bucketsBetween(from: string, to: string, bucket: Bucket): string[] {
  const starts: string[] = []
  const last = bucketOf(to, bucket)
  // 31 days after the first of a month is always in the next one.
  const days = { day: 1, week: 7, month: 31 }[bucket]
  for (let start = bucketOf(from, bucket); start <= last; start = bucketOf(addDays(start, days), bucket)) {
    starts.push(start)
  }
  return starts
}

function dayNumber(date: string) {
  return Date.parse(date) / DAY_MILLISECONDS
}

function dateOf(day: number) {
  return Number.isNaN(day) ? '' : new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10)
}
