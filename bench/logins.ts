import { startOurs } from './program.ts'
import { lasting, type Row, type Side } from './row.ts'
import { register } from './trainees.ts'

// Fewer than the wrong attempts after which an address has to wait.
const PAIRS = 45

type Refused = { wrong: number[]; unknown: number[] }

/** Milliseconds of logins with a wrong password at accounts that exist, and at none, in turns. */
const refusedLogins = lasting<Refused>(
  async () => {
    const { url, end } = await startOurs()
    try {
      await register(url, PAIRS)
      const refused: Refused = { wrong: [], unknown: [] }
      for (let person = 0; person < PAIRS; person++) {
        refused.wrong.push(await refusedLogin(url, `b${person}@example.com`))
        refused.unknown.push(await refusedLogin(url, `nobody.b${person}@example.com`))
      }
      return refused
    } finally {
      await end()
    }
  },
  async () => {},
)

async function refusedLogin(url: string, email: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'not the right phrase' }),
  })
  await answer.text()
  if (answer.status !== 401) throw new Error(`a wrong login was answered with ${answer.status}`)
  return performance.now() - began
}

const login = (name: string, of: (refused: Refused) => number[]): Side => ({
  name,
  async open() {
    const times = of(await refusedLogins()).toSorted((a, b) => a - b)
    return { round: async () => times[Math.floor(times.length / 2)] as number, close: () => {} }
  },
})

export const rows: readonly Row[] = [
  {
    ...{ id: 'logins', name: 'a login refused at nobody / at an account, the median', unit: ' ms' },
    ...{ better: 'less', rounds: 1 },
    sides: [login('nobody', ({ unknown }) => unknown), login('account', ({ wrong }) => wrong)],
  },
]
