import { residentMegabytes, startOurs } from './program.ts'
import type { Row, Scale, Side } from './row.ts'
import { logSession } from './steady.ts'
import { register, type Trainee } from './trainees.ts'

const PEOPLE = 1000
const CONNECTIONS = 50
const STEPS = 10

type Resident = { half: number; whole: number }

let measured: Promise<Resident> | undefined

/** Megabytes that the service holds after half of the sets over HTTP, and after all. */
async function resident({ sets, say }: Scale): Promise<Resident> {
  // What it compiles is kept when it ends: only a very first start loads the compiler, some 18 MB.
  const first = await startOurs()
  await first.stop('SIGTERM')
  await first.end()
  const server = await startOurs()
  try {
    const people = await register(server.url, PEOPLE)
    const steps: number[] = []
    let logged = 0
    const logging = async (connection: number) => {
      for (let turn = 0; logged < sets; turn++) {
        const { token } = people[(turn * CONNECTIONS + connection) % PEOPLE] as Trainee
        const times = await logSession(server.url, token)
        logged += times.length
        if (logged < ((steps.length + 1) * sets) / STEPS) continue
        const megabytes = residentMegabytes(server)
        steps.push(megabytes)
        say(`after ${logged.toLocaleString('en')} sets ${megabytes.toFixed(0)} MB`)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => logging(connection)))
    return { half: steps[STEPS / 2 - 1] as number, whole: steps[STEPS - 1] as number }
  } finally {
    await server.end()
  }
}

function after(name: string, which: keyof Resident): Side {
  return {
    name,
    async open(scale) {
      measured ??= resident(scale)
      const megabytes = (await measured)[which]
      return { round: async () => megabytes, close: () => {} }
    },
  }
}

const whole = after('a million sets', 'whole')
const once = { unit: ' MB', better: 'less', rounds: 1, long: true } as const

export const rows: readonly Row[] = [
  {
    ...once,
    id: 'T9',
    name: 'memory after a million sets of 1,000 people, MB',
    must: 260,
    goal: 200,
    sides: [whole],
  },
  {
    ...once,
    id: 'T9 growth',
    name: 'memory after a million sets / after half of them',
    must: 1.02,
    goal: 1,
    sides: [whole, after('half of them', 'half')],
  },
]
