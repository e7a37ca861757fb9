import { resolve } from 'node:path'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type Settings = {
  host: string
  /** 0 takes any free port. */
  port: number
  /** Absolute. */
  dataDir: string
  logLevel: LogLevel
  corsOrigins: '*' | readonly string[]
  trustProxyHops: number
  requestsPerMinute: number | 'off'
  passwordMinLength: number
  /** 32 bytes in hex or base64; without it and without a file of it, a key is made. */
  masterKey: string | undefined
  masterKeyFile: string | undefined
  /** Without a slash at its end. */
  publicUrl: string | undefined
  metricsHost: string
  /** Where the metrics are shown; nowhere unless told. 0 takes any free port. */
  metricsPort: number | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads one variable's text, or says what it must be. */
type Reader<T> = (text: string) => T | { mustBe: string }

/** The settings, or all that is wrong with them, each problem naming its variable. An empty text is none. */
export function readSettings(environment: Environment): Settings | { problems: string[] } {
  const problems: string[] = []

  function read<T, D>(name: string, reader: Reader<T>, unset: D): T | D {
    const text = environment[name]?.trim() ?? ''
    if (text === '') return unset
    const value = reader(text)
    if (!isProblem(value)) return value
    problems.push(`${name} must be ${value.mustBe}, not ${secret.has(name) ? 'what it is' : quoted(text)}.`)
    return unset
  }

  const settings: Settings = {
    host: read('HOST', host, '0.0.0.0'),
    port: read('PORT', integer(0, 65_535), 5005),
    dataDir: read('DATA_DIR', (text) => resolve(text), resolve('data')),
    logLevel: read('LOG_LEVEL', oneOf(logLevels), 'info'),
    corsOrigins: read('CORS_ORIGINS', origins, '*'),
    trustProxyHops: read('TRUST_PROXY_HOPS', integer(0, 10), 0),
    requestsPerMinute: read('RATE_LIMIT', rateLimit, 20_000),
    passwordMinLength: read('PASSWORD_MIN', integer(8, 128), 12),
    masterKey: read('MASTER_KEY', key, undefined),
    masterKeyFile: read('MASTER_KEY_FILE', (text) => resolve(text), undefined),
    publicUrl: read('PUBLIC_URL', publicUrl, undefined),
    metricsHost: read('METRICS_HOST', host, '127.0.0.1'),
    metricsPort: read('METRICS_PORT', integer(0, 65_535), undefined),
  }
  if (['MASTER_KEY', 'MASTER_KEY_FILE'].every((name) => environment[name]?.trim())) {
    problems.push('MASTER_KEY and MASTER_KEY_FILE must not both be given.')
  }
  return problems.length === 0 ? settings : { problems }
}

const secret = new Set(['MASTER_KEY'])

function isProblem(value: unknown): value is { mustBe: string } {
  return typeof value === 'object' && value !== null && 'mustBe' in value
}

function quoted(text: string) {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}

const host: Reader<string> = (text) =>
  /^[\w.:%-]+$/.test(text) ? text : { mustBe: 'a host name or an address' }

function integer(least: number, most: number): Reader<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most ? value : { mustBe: `a whole number from ${least} to ${most}` }
  }
}

function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (text) => words.find((word) => word === text) ?? { mustBe: `one of ${words.join(', ')}` }
}

const rateLimit: Reader<number | 'off'> = (text) => {
  const value = text === 'off' ? text : integer(1, 1_000_000)(text)
  return isProblem(value) ? { mustBe: `off or ${value.mustBe}` } : value
}

const origins: Reader<'*' | readonly string[]> = (text) => {
  if (text === '*') return text
  const list = text.split(',').map((origin) => origin.trim())
  return list.every(isOrigin)
    ? list
    : { mustBe: '* or a list of origins such as https://app.example, with commas' }
}

/** An origin as a browser sends it: scheme, host and port, with nothing after them. */
function isOrigin(text: string) {
  return URL.canParse(text) && new URL(text).origin === text
}

const publicUrl: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.search}${url.hash}${url.username}` === ''
  return plain ? url.href.replace(/\/+$/, '') : { mustBe: 'an http or https URL without a query' }
}

const key: Reader<string> = (text) =>
  /^([0-9a-f]{64}|[\w+/-]{43}=?)$/i.test(text) ? text : { mustBe: '32 bytes in hex or base64' }
