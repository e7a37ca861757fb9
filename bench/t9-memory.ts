import { residentMegabytes, startOurs } from './program.ts'
import { lasting, type Row, type Side } from './row.ts'
import { logSets, register } from './trainees.ts'

const PEOPLE = 1000
const CONNECTIONS = 50
const SETS = 1_000_000
const SLICE_SECONDS = 10

/** Megabytes that the service holds after half a million sets over HTTP, and after a million. */
const resident = lasting(
  async () => {
    const server = await startOurs()
    try {
      const people = await register(server.url, PEOPLE)
      let logged = 0
      const upTo = async (sets: number) => {
        while (logged < sets) logged += (await logSets(server.url, people, CONNECTIONS, SLICE_SECONDS)).sets
        return residentMegabytes(server)
      }
      return { half: await upTo(SETS / 2), whole: await upTo(SETS) }
    } finally {
      await server.end()
    }
  },
  async () => {},
)

function after(name: string, which: 'half' | 'whole'): Side {
  return {
    name,
    async open() {
      const megabytes = (await resident())[which]
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
