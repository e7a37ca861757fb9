const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const MAILBOX = /^[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)*$/
const DOMAIN = /^([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u
const ZONE = /^[A-Za-z][\w+\-/]{0,63}$/
// Tabulator and line ends are text; the other control characters are not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
// Two addresses that look the same must be the same, and half a surrogate pair is no character.
const INVISIBLE = /\p{C}/u
const KNOWN_ZONES = 1000

const zones = new Map<string, boolean>()

/** Our own formats, since those of ajv-formats let pass what RFC 3339 and the calendar do not know. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) => isDate(DATE_TIME.exec(text)?.[1]),
  date: isDate,
  moment: (text) => /^\d{1,15}$/.test(text) || isDate(DATE_TIME.exec(text)?.[1]),
  uuid: (text) => UUID.test(text),
  email: isEmail,
  'time-zone': isZone,
  text: (text) => text.isWellFormed() && !CONTROL.test(text),
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (text.length > 254 || at < 1 || at > 64 || INVISIBLE.test(text)) return false
  return MAILBOX.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1))
}

function isDate(text: string | undefined): boolean {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

// A formatter costs more than all else that a request does, so the answers are kept.
function isZone(name: string): boolean {
  const known = zones.get(name)
  if (known !== undefined) return known
  const exists = ZONE.test(name) && intlKnows(name)
  if (zones.size < KNOWN_ZONES) zones.set(name, exists)
  return exists
}

function intlKnows(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
