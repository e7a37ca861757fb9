import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startServer } from '../support/process.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const PATIENCE_MS = 60_000
const person = { email: 'ann@example.com', password: 'nine quiet mornings' }
const exercises = [
  {
    exerciseId: 'barbell-bench-press',
    restSeconds: 120,
    sets: [
      { reps: 8, weight: 80 },
      { reps: 8, weight: 80 },
    ],
  },
  { exerciseId: 'pull-up', restSeconds: 90, sets: [{ repsMin: 6, repsMax: 10 }] },
  { exerciseId: 'plank', sets: [{ durationSeconds: 60 }] },
]
const plan = { name: 'Upper Lower', goal: 'strength', frequencyPerWeek: 4, sessionMinutes: 60 }
const days = [{ name: 'Upper', exercises }]

type Session = {
  id: string
  status: string
  effort: string
  exercises: { exerciseId: string; sets: object[] }[]
}

/** The program at a pseudo terminal; `sees` waits for what is shown after what was seen last. */
function openTerminal(url: string) {
  const command = `${process.execPath} ${main} train upper upper --email ${person.email}; stty -a`
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, REPLEDGER_URL: url, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  let from = 0
  let look = () => {}
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    look()
  })
  return {
    ended: once(child, 'exit'),
    shown: () => stripVTControlCharacters(shown),
    type: (text: string) => child.stdin.write(text),
    sees: (text: string) =>
      new Promise<void>((resolve, reject) => {
        const unseen = () => reject(new Error(`${text} was not shown, but ${shown.slice(from)}`))
        const timer = setTimeout(unseen, PATIENCE_MS)
        look = () => {
          const at = shown.indexOf(text, from)
          if (at === -1) return
          clearTimeout(timer)
          from = at + text.length
          look = () => {}
          resolve()
        }
        look()
      }),
  }
}

/** Everything that a person does with a plan's day, and the terminal as it is left. */
async function trainUpper(url: string) {
  const { type, sees, ended, shown } = openTerminal(url)
  await sees('Password: ')
  type(`${person.password}\r`)
  await sees('Barbell Bench Press, set 1 of 2')
  type('\r')
  await sees('Barbell Bench Press, set 1 of 2: 8 x 80 kg')
  // On a busy machine a second may be passed over.
  await sees('rest       ')
  await sees('rest       1:5')
  type('7x')
  await sees('> 7x')
  await sees('rest       1:')
  type('82.5 @9\r')
  await sees('set 2 of 2: 7 x 82.5 kg @9')
  await sees('rest       ')
  type('n left shoulder\r')
  await sees('note       left shoulder')
  type('s no bar\r')
  await sees('Pull-Up, set 1 of 1: skipped')
  await sees('Plank, set 1 of 1')
  type('1:15\r')
  await sees('How was it?')
  type('h\r')
  await sees('Done in ')
  await ended
  assert.not.match(shown(), person.password)
  assert.match(shown(), /(?<!-)icanon/)
  assert.match(shown(), /(?<!-)echo /)
}

test('a day is trained at a terminal, and the server has what was done', async () => {
  const { error } = spawnSync('script', ['--version'])
  assert.is(error, undefined, 'This test needs `script` of util-linux, which makes a pseudo terminal.')
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-train-'))
  const server = await startServer(dataDir)

  async function call<T>(method: string, path: string, body?: object, token = '') {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers,
      body: JSON.stringify(body) ?? null,
    })
    return (await answer.json()) as T
  }
  try {
    const { accessToken } = await call<{ accessToken: string }>('POST', '/v1/auth/register', {
      ...person,
      firstName: 'Ann',
    })
    await call<unknown>('POST', '/v1/plans', { ...plan, exerciseTypes: ['strength'], days }, accessToken)

    await trainUpper(server.url)
    const { items } = await call<{ items: Session[] }>('GET', '/v1/sessions', undefined, accessToken)
    assert.equal(
      items.map(({ status, effort }) => ({ status, effort })),
      [{ status: 'finished', effort: 'heavy' }],
    )
    const [{ id, exercises: trained } = { id: '', exercises: [] }] = items
    const done = trained.map(({ exerciseId, sets }) => ({
      exerciseId,
      sets: sets.map((set) => ({ ...set, id: undefined, performedAt: undefined })),
    }))
    const common = { id: undefined, performedAt: undefined, kind: 'working' }
    assert.equal(done, [
      {
        exerciseId: 'barbell-bench-press',
        sets: [
          { ...common, reps: 8, weight: 80, weightUnit: 'kg' },
          { ...common, reps: 7, weight: 82.5, weightUnit: 'kg', rpe: 9 },
        ],
      },
      { exerciseId: 'plank', sets: [{ ...common, durationSeconds: 75 }] },
    ])
    const guide = await call<{ steps: { status: string; note: unknown; reason: unknown }[] }>(
      'GET',
      `/v1/sessions/${id}/guide`,
      undefined,
      accessToken,
    )
    assert.equal(
      guide.steps.map(({ status, note, reason }) => [status, note, reason]),
      [
        ['done', null, null],
        ['done', null, null],
        ['skipped', 'left shoulder', 'no bar'],
        ['done', null, null],
      ],
    )
  } finally {
    await server.stop('SIGTERM')
    rmSync(dataDir, { recursive: true })
  }
})

test.run()
