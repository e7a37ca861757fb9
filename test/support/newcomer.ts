/** Those that cannot go well for somebody who has only just come, with what they answer instead. */
export const otherwise: Readonly<Record<string, number>> = {
  'POST /v1/auth/refresh': 401,
  'POST /v1/auth/claim': 404,
  'POST /v1/auth/reset': 401,
  'DELETE /v1/tokens/{id}': 404,
  'GET /v1/audit/verify': 403,
  'GET /metrics': 403,
  'GET /v1/sessions/live': 404,
  'GET /v1/me/as-of': 404,
  'POST /v1/me/import': 409,
  'POST /v1/sessions/{id}/finish': 409,
  'GET /v1/sessions/{id}/guide': 404,
  'POST /v1/sessions/{id}/guide/skip': 404,
  'POST /v1/sessions/{id}/guide/swap': 404,
  'POST /v1/sessions/{id}/guide/adjust': 404,
  'POST /v1/sessions/{id}/guide/rest': 404,
}

// What makes something comes first and what ends it last, as a newcomer would try them.
const turns = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE']
const ending = ['POST /v1/auth/logout', 'POST /v1/auth/password', 'DELETE /v1/me']

/** When a newcomer would try it. */
export function turnOf({ name, method, path }: { name: string; method: string; path: string }): number {
  if (ending.includes(name)) return 100 + ending.indexOf(name)
  const depth = path.split('{').length
  return turns.indexOf(method) * 10 + (method === 'DELETE' ? -depth : depth)
}
