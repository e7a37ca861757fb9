// Fewer than the wrong attempts after which an address has to wait.
const PAIRS = 45

/** Milliseconds of logins with a wrong password at accounts that exist, and at none, in turns. */
export async function refusedLogins(url: string, emailOf: (person: number) => string) {
  const wrong: number[] = []
  const unknown: number[] = []
  for (let person = 0; person < PAIRS; person++) {
    wrong.push(await refusedLogin(url, emailOf(person)))
    unknown.push(await refusedLogin(url, `nobody.${emailOf(person)}`))
  }
  return { wrong, unknown }
}

async function refusedLogin(url: string, email: string): Promise<number> {
  const started = performance.now()
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'not the right phrase' }),
  })
  await answer.text()
  if (answer.status !== 401) throw new Error(`A wrong login was answered with ${answer.status}`)
  return performance.now() - started
}
