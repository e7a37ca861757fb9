import { randomUUID } from 'node:crypto'
import { Explained } from './operations.ts'
import { outcomeOf, type TrainClient } from './train-client.ts'
import type { Console } from './train-console.ts'

/** The session to be led through, and what to call it. */
export type Chosen = { sessionId: string; title: string }

export type StartParts = {
  client: TrainClient
  console: Console
  plan: string | undefined
  day: string | undefined
}

/** The session that is live already, else a new one by the plan's day that was named, or is asked for. */
export async function chooseSession(parts: StartParts): Promise<Chosen> {
  const live = await findLive(parts)
  if (live !== undefined) return live
  const { client, console, plan, day } = parts
  const plans = await Array.fromAsync(client.each('/v1/plans', { query: { limit: 200 } }))
  if (plans.length === 0) throw new Explained('There is no plan yet: POST /v1/plans makes one.')
  const chosen = await choose(
    console,
    'plan',
    plan,
    plans.map((each) => ({ ...each, about: counted(each.days.length, 'day') })),
  )
  const { days: planned } = chosen
  const numbered = planned.map(({ name, exercises }, index) => {
    const sets = exercises.reduce((count, exercise) => count + exercise.sets.length, 0)
    return {
      name,
      number: index + 1,
      about: `${exercises.map((each) => each.name).join(', ')}; ${counted(sets, 'set')}`,
    }
  })
  if (numbered.length === 0) throw new Explained(`The plan ${chosen.name} has no days.`)
  const { name, number } = await choose(console, 'day', day, numbered)
  const asked = { id: randomUUID(), planId: chosen.id, planDay: number - 1 }
  const started = await outcomeOf(client.post('/v1/sessions', { body: asked }))
  if (started.refused === undefined) {
    return { sessionId: started.body.id, title: `${chosen.name}, ${name}` }
  }
  // Another device may have started one just now.
  const other = started.refused.status === 409 ? await findLive(parts) : undefined
  if (other === undefined) throw started.refused
  return other
}

async function findLive({ client, console }: StartParts): Promise<Chosen | undefined> {
  const found = await outcomeOf(client.get('/v1/sessions/live'))
  if (found.refused?.status === 404) return undefined
  if (found.refused !== undefined) throw found.refused
  const { id, planId, planDay, startedAt } = found.body
  const title = await titleOf(client, planId, planDay)
  const since = new Date(startedAt).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  console.say(`A session is live since ${since} (${title}): carrying on with it.`)
  return { sessionId: id, title }
}

async function titleOf(client: TrainClient, planId: string | null, planDay: number | null) {
  if (planId === null) return 'without a plan'
  const plan = await outcomeOf(client.get('/v1/plans/{id}', { params: { id: planId } }))
  if (plan.refused !== undefined) return 'by a plan'
  const day = plan.body.days[planDay ?? -1]
  return day === undefined ? plan.body.name : `${plan.body.name}, ${day.name}`
}

type Choice = { name: string; number: number; about: string }

async function choose<T extends Choice>(
  console: Console,
  what: string,
  wanted: string | undefined,
  choices: readonly T[],
): Promise<T> {
  if (wanted !== undefined) {
    const found = find(choices, wanted)
    if ('problem' in found)
      throw new Explained(`There is ${found.problem} ${what} ${JSON.stringify(wanted)}.`)
    return found
  }
  for (const { number, name, about } of choices) {
    console.say(`${String(number).padStart(4)}  ${name} (${about})`)
  }
  for (;;) {
    const line = await console.nextLine(() => `Which ${what}? `)
    if (line === undefined) throw new Explained(`No ${what} was chosen.`)
    const found = find(choices, line.text)
    if (!('problem' in found)) return found
    console.say(`There is ${found.problem} ${what} ${JSON.stringify(line.text)}.`)
  }
}

/** By the whole name, else by how one alone begins, else by its number. */
export function find<T extends { name: string; number: number }>(
  choices: readonly T[],
  wanted: string,
): T | { problem: string } {
  const folded = wanted.trim().toLowerCase()
  const named = choices.filter(({ name }) => name.toLowerCase() === folded)
  const begun = folded === '' ? [] : choices.filter(({ name }) => name.toLowerCase().startsWith(folded))
  const numbered = choices.filter(({ number }) => String(number) === folded)
  const fitting = [named, begun, numbered].find(({ length }) => length > 0) ?? []
  const [found, another] = fitting
  if (found === undefined) return { problem: 'no' }
  return another === undefined ? found : { problem: 'more than one' }
}

function counted(count: number, what: string) {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
