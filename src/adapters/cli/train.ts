import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import type { StreamMessage } from '../../../client/api.ts'
import { type Attempt, type ExitCode, Explained, exitCodes, type Outside } from './operations.ts'
import { createTrainClient, inWords, type LoginData } from './train-client.ts'
import { type Console, openPipe, openTerminal } from './train-console.ts'
import { type Link, lead } from './train-loop.ts'
import { chooseSession } from './train-start.ts'

const DEFAULT_URL = 'http://localhost:5005'

export type TrainOptions = { url?: string; email?: string; json?: true }
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<unknown>

const patience: Wait = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal })

export function trainCommand(attempt: Attempt) {
  return new Command('train')
    .description('lead through a workout at the terminal, with any RepLedger server')
    .argument('[plan]', 'its name, how it begins, or its number; asked for unless given')
    .argument('[day]', 'of the plan, likewise')
    .option('--url <url>', `the server (REPLEDGER_URL, else ${DEFAULT_URL})`)
    .option(
      '--email <email>',
      'who trains (REPLEDGER_EMAIL); the password is REPLEDGER_PASSWORD, or asked for',
    )
    .option(
      '--json',
      'print each message of the stream as a line of JSON, and everything else as a complaint',
    )
    .addHelpText('after', '\nREPLEDGER_TOKEN, a personal access token, stands for e-mail and password.')
    .action((plan: string | undefined, day: string | undefined, options: TrainOptions) =>
      attempt((outside, complain) => {
        const url = addressIn(options.url ?? outside.environment.REPLEDGER_URL ?? DEFAULT_URL)
        if (url !== undefined) return train(outside, { ...options, url, plan, day })
        complain('The address of the server must be an http or https URL.')
        return Promise.resolve(exitCodes.usage)
      }),
    )
}

function addressIn(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined
}

type Asked = TrainOptions & { url: string; plan: string | undefined; day: string | undefined }

/** One workout from the login to the summary. */
export async function train(outside: Outside, asked: Asked, wait: Wait = patience): Promise<ExitCode> {
  const { output, now } = outside
  const leaving = new AbortController()
  const link: Link = { online: true, changed() {} }
  let isAsked = false
  const leave = () => {
    isAsked = true
    leaving.abort()
    console.end()
  }
  const onOnline = (online: boolean) => {
    const changes = online !== link.online
    link.online = online
    if (changes) link.changed()
  }
  const onMessage = ({ event, data }: StreamMessage) => {
    if (asked.json) output.write(`${JSON.stringify({ event, data })}\n`)
  }
  const console = consoleFor(outside, asked, leave)
  outside.stopAsked().then(leave, leave)
  try {
    const login = await loginFor(outside, asked, console)
    const client = createTrainClient({ url: asked.url, login, now, wait, leaving: leaving.signal, onOnline })
    const { units } = (await client.get('/v1/me')).body
    const chosen = await chooseSession({ ...asked, client, console })
    const session = { ...chosen, client, console, units, wait, leaving, link, onMessage }
    const last = await lead(session)
    for (const line of last) console.say(line)
  } catch (error) {
    // Whoever leaves early has no need of a reason.
    if (!isAsked || error instanceof Explained) throw inWords(error)
  } finally {
    leaving.abort()
    console.close()
  }
  return exitCodes.good
}

function consoleFor(outside: Outside, { json }: Asked, onStop: () => void): Console {
  const { input, output, complaints, now } = outside
  if (json) return { ...openPipe({ input, output: complaints, now, onStop }), draw() {} }
  const open = input.isTTY && output.isTTY ? openTerminal : openPipe
  return open({ input, output, now, onStop })
}

async function loginFor({ environment }: Outside, asked: Asked, console: Console): Promise<LoginData> {
  const { REPLEDGER_TOKEN: token, REPLEDGER_EMAIL, REPLEDGER_PASSWORD } = environment
  if (token) return { token }
  const email = asked.email ?? REPLEDGER_EMAIL ?? (await console.nextLine(() => 'E-mail: '))?.text.trim()
  const password = REPLEDGER_PASSWORD ?? (await console.nextLine(() => 'Password: ', true))?.text
  if (email && password !== undefined) return { email, password }
  throw new Explained('Give e-mail and password, or a token in REPLEDGER_TOKEN.')
}
