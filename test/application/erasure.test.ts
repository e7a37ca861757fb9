import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createErasure } from '../../src/application/erasure.ts'
import type { Load } from '../../src/application/event-log.ts'
import { metadata } from '../support/memory-users.ts'

const test = suite('an erasure by the operator')

const registered = { status: 'registered' }

/** Of Ada, whose e-mail goes with the first attempt; another process reads the files until it has ended. */
function erasureOf({ attempts }: { attempts: number }) {
  let left = attempts
  return createErasure({
    load: (async () => ({ state: registered, version: 1 })) as unknown as Load,
    inTurn: (_userId, work) => work(),
    erasures: {
      async erase() {
        left -= 1
        return { done: left === 0 }
      },
      whenErased() {},
    },
    vault: { passwordHash: async () => undefined, renewPasswordHash: async () => {} },
    passwords: { hash: async () => '', verify: async () => true, isOutdated: () => false },
    reads: { byEmail: async () => (left === attempts ? 'ada' : undefined) },
    clock: { now: () => 0 },
  })
}

test('that has to wait names the id, by which it is asked for again', async () => {
  const { eraseNamed } = erasureOf({ attempts: 2 })
  const refused = await eraseNamed('ada@example.org', metadata)
  assert.match((refused as { detail: string }).detail, 'The certificate is printed for the id, ada.')
  assert.equal(await eraseNamed('ada@example.org', metadata), {
    refusal: 'not-found',
    detail: 'Nobody has this e-mail. Whoever is erased is known by the id alone.',
  })
  assert.is(await eraseNamed(' ADA', metadata), 'ada')
})

test.run()
