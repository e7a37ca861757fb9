import { spawn } from 'node:child_process'
import { accessSync, constants, globSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

type Message = { id?: number; method?: string; params?: never; result?: never; error?: { message: string } }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const DOWNLOADED = '.cache/ms-playwright/chromium*/chrome-*/{chrome,headless_shell,chrome-headless-shell}'
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-extensions'],
  ...['--remote-debugging-pipe', 'about:blank'],
]

/** What CHROMIUM names, or one under a usual name. Throws where there is none. */
export function findChromium(): string {
  const named = process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const candidates = named ? [named] : [...places, ...globSync(join(homedir(), DOWNLOADED))]
  const found = candidates.find(isProgram)
  if (found !== undefined) return found
  throw new Error('No Chromium was found: install one, or name its program in CHROMIUM.')
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** One empty page in a browser of its own, spoken to by the protocol of its developer tools. */
export async function openPage() {
  const profile = mkdtempSync(join(tmpdir(), 'repledger-browser-'))
  const child = spawn(findChromium(), [`--user-data-dir=${profile}`, ...FLAGS], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const speak = speaking(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const { targetId } = await speak.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await speak.ask<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  })
  const ask = <T>(method: string, params: object = {}) => speak.ask<T>(method, params, sessionId)

  /** What the expression is, or is to become, in the page. */
  async function evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await ask<{
      result: { value: T }
      exceptionDetails?: { exception?: { description?: string }; text: string }
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails === undefined) return result.value
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  }

  return {
    ask,
    evaluate,
    on: speak.on,
    /** Resolves as soon as the expression holds in the page; it is asked at every change there. */
    until: (expression: string) =>
      evaluate<void>(`new Promise((resolve, reject) => {
        const look = () => (${expression}) && resolve()
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
        setTimeout(() => reject(new Error(${JSON.stringify(`This never came true: ${expression}`)})), 30_000)
        look()
      })`),
    async close() {
      child.kill('SIGKILL')
      await exited
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function speaking(to: Writable, from: Readable) {
  const waiting = new Map<number, PromiseWithResolvers<never>>()
  const listeners = new Map<string, (params: never) => void>()
  let count = 0
  let text = ''
  function hear({ id, method, params, result, error }: Message) {
    if (id === undefined) return void listeners.get(method ?? '')?.(params as never)
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(result as never)
    else asked?.reject(new Error(error.message))
  }
  from.setEncoding('utf8').on('data', (piece: string) => {
    const parts = (text + piece).split('\0')
    text = parts.pop() as string
    for (const part of parts) hear(JSON.parse(part))
  })
  from.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has ended.'))
  })
  to.on('error', () => {})
  return {
    on: (method: string, listener: (params: never) => void) => void listeners.set(method, listener),
    ask<T>(method: string, params: object, sessionId?: string): Promise<T> {
      count += 1
      const asked = Promise.withResolvers<never>()
      waiting.set(count, asked)
      to.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`)
      return asked.promise
    },
  }
}

if (import.meta.main) console.log(findChromium())
