import { request } from 'node:http'
import { contractOf } from './contract.ts'
import { serve } from './served.ts'
import { temporaryDirectory } from './writer.ts'

type Body = Record<string, ReturnType<typeof JSON.parse>>
type Extra = { headers?: Record<string, string>; raw?: string }
export type Reply = { status: number; body: Body; headers: Record<string, string> }
export type ClassicClient = Awaited<ReturnType<typeof startClassic>>

let people = 0

/** The whole program, and a client of it as plain as the old ones are: a GET may well have a body. */
export async function startClassic() {
  const dataDir = temporaryDirectory()
  const { url, close } = await serve(dataDir)
  const document = await fetch(`${url}/openapi.json`).then((answer) => answer.json())
  const conforms = contractOf(document as Parameters<typeof contractOf>[0])

  function call(method: string, path: string, body?: object, { headers = {}, raw }: Extra = {}) {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const about = content === undefined ? {} : { 'content-type': 'application/json' }
    const length = { 'content-length': String(Buffer.byteLength(content ?? '')) }
    return new Promise<Reply>((resolve, reject) => {
      const sent = request(url + path, { method, headers: { ...about, ...length, ...headers } }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => {
          const reply = {
            status: answer.statusCode ?? 0,
            body: text === '' ? '' : JSON.parse(text),
            headers: answer.headers as Record<string, string>,
          }
          try {
            conforms(method, path.split('?', 1)[0] as string, reply)
            resolve(reply)
          } catch (error) {
            reject(error)
          }
        })
      })
      sent.on('error', reject)
      sent.end(content)
    })
  }

  const person = () => ({ ...anna, email: `anna-${++people}@example.org`, phone: `+7916000${1000 + people}` })

  return {
    dataDir,
    url,
    call,
    /** Somebody whom nobody has the e-mail or phone of. */
    person,
    /** A new account; gives its id. */
    async account(): Promise<string> {
      return (await call('POST', '/user/create', person())).body.id
    },
    /** A workout of these four texts; gives its number. */
    async workout(id: string): Promise<number> {
      return (await call('GET', '/user/workouts/add', { id, ...parts })).body.workout_number
    },
    complete: (
      id: string,
      workout_number: number,
      counts: readonly [number, number, number],
      extra?: Extra,
    ) => call('POST', '/user/workouts/complete', completion(id, workout_number, counts), extra),
    claim: async (id: string) => {
      const { body } = await call('POST', '/v1/auth/claim', { id, password })
      return { userId: body.user.id as string, headers: { authorization: `Bearer ${body.accessToken}` } }
    },
    close,
  }
}

export const password = 'a rather long phrase'
export const anna = {
  first_name: 'Анна 💪',
  last_name: 'Иванова-Ли',
  age: '31',
  goal: 'Подтянуться 10 раз 🏋️',
}
export const parts = {
  hands: 'Подъём штанги, 4, 10',
  abdominal: 'Скручивания 🔥, 3, 20',
  back: 'Тяга, 4, 8',
  legs: 'Приседания, 5, 5',
}
export const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

export function completion(id: string, workout_number: number, counts: readonly [number, number, number]) {
  const [easy_workouts, average_workouts, heavy_workouts] = counts
  const workouts_done = easy_workouts + average_workouts + heavy_workouts
  return { id, workout_number, workouts_done, easy_workouts, average_workouts, heavy_workouts }
}
