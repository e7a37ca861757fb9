import { exerciseRoutes } from '../../src/adapters/http/exercises.ts'
import { ada, memoryExercises, metadata } from './exercises.ts'
import { startHttp } from './http.ts'

/** The routes of exercises on a port, the catalogue seeded; Ada asks unless told. */
export async function servedExercises() {
  const { log, exercises, recorded } = await memoryExercises()
  await exercises.seed(metadata)
  const seeded = recorded().length
  const { call, close } = await startHttp(exerciseRoutes(exercises))
  const get = <B>(path: string, headers: Record<string, string> = {}, token = ada) =>
    call<B>('GET', path, { token, headers })
  const post = <B>(body: unknown, headers: Record<string, string> = {}, token = ada) =>
    call<B>('POST', '/v1/exercises', { token, body, headers })
  return { log, call, get, post, close, recorded: () => recorded().slice(seeded) }
}
