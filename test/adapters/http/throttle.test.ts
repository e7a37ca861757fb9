import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Problem } from '../../../src/adapters/http/problem.ts'
import { createThrottle, loginKey } from '../../../src/adapters/http/throttle.ts'
import { refuse, refuseFields } from '../../../src/domain/refusal.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND

const wrong = async () => refuse('wrong-credentials', 'No.')
const right = async () => 'right'

function throttled(most?: number) {
  let now = 0
  const throttle = createThrottle(() => now, most)
  const tries = { count: 0 }
  /** `right`, the code of the refusal or of the problem, or the seconds to wait. */
  const attempt = async (work: () => Promise<unknown>, account: string | undefined, address = 'here') => {
    const told = account === undefined ? { address } : { account, address }
    const counted = () => {
      tries.count += 1
      return work()
    }
    return throttle.attempt(told, counted).then(
      (outcome) => (outcome as { refusal?: string }).refusal ?? outcome,
      (error) => {
        if (!(error instanceof Problem)) throw error
        if (error.code === 'contended') return error.code
        assert.equal([error.status, error.code], [429, 'too-many-attempts'])
        return Number(error.headers['retry-after'])
      },
    )
  }
  const times = async (count: number, ...asked: Parameters<typeof attempt>) => {
    const answers: unknown[] = []
    for (let done = 0; done < count; done++) answers.push(await attempt(...asked))
    return answers
  }
  const later = (milliseconds: number) => {
    now += milliseconds
  }
  return { throttle, tries, attempt, times, later }
}

const account = suite('the throttle of an account')

account('makes whoever was wrong five times wait ever longer, up to 15 minutes', async () => {
  const { attempt, times, later, tries } = throttled()
  assert.equal(await times(5, wrong, 'ann'), Array(5).fill('wrong-credentials'))
  const waits: unknown[] = []
  for (let failure = 5; failure < 18; failure++) {
    const seconds = await attempt(wrong, 'ann')
    waits.push(seconds)
    later(Number(seconds) * SECOND - 1)
    assert.is(await attempt(wrong, 'ann'), 1)
    later(1)
    assert.is(await attempt(wrong, 'ann'), 'wrong-credentials')
  }
  assert.equal(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  assert.is(tries.count, 18)
})

account('tries nothing while it waits, not even what is right, and is never closed for good', async () => {
  const { attempt, times, later, tries } = throttled()
  await times(40, wrong, 'ann')
  assert.equal([await attempt(right, 'ann'), tries.count], [1, 5])
  later(SECOND)
  assert.is(await attempt(right, 'ann'), 'right')
  assert.equal(await times(5, wrong, 'ann'), Array(5).fill('wrong-credentials'))
})

account('counts guesses that are sent all at once one after the other', async () => {
  const { attempt, tries } = throttled()
  const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(wrong, 'ann')))
  assert.equal(answers, [...Array(5).fill('wrong-credentials'), ...Array(3).fill(1)])
  assert.is(tries.count, 5)
})

account('lets eight be under way at once, right or wrong, and others at the same time', async () => {
  const { attempt, throttle } = throttled()
  const all = Array.from({ length: 50 }, () => attempt(right, 'ann'))
  assert.is(await attempt(right, 'bob'), 'right')
  assert.equal(await Promise.all(all), [...Array(8).fill('right'), ...Array(42).fill('contended')])
  assert.is(await attempt(right, 'ann'), 'right')
  assert.is(throttle.size(), 2)
})

account('is that of one account, however its e-mail is spelled', async () => {
  const { attempt, times } = throttled()
  await times(5, wrong, loginKey('Ann@example.org'))
  assert.is(await attempt(right, loginKey(' ann@EXAMPLE.org')), 1)
  assert.is(await attempt(right, loginKey('bob@example.org')), 'right')
})

account('does not keep the owner out of an address from which they logged in before', async () => {
  const { attempt, times } = throttled()
  assert.is(await attempt(right, 'ann', 'home'), 'right')
  await times(5, wrong, 'ann', 'elsewhere')
  assert.is(await attempt(right, 'ann', 'a third place'), 1)
  assert.is(await attempt(right, 'ann', 'home'), 'right')
  assert.is(await attempt(right, 'ann', 'elsewhere'), 1)
  await times(5, wrong, 'ann', 'home')
  assert.is(await attempt(right, 'ann', 'home'), 1)
})

account('forgives when asked to, and forgets after a day', async () => {
  const { throttle, attempt, times, later } = throttled()
  await times(5, wrong, 'ann')
  throttle.forgive({ account: 'ann', address: 'here' })
  assert.is(await attempt(wrong, 'ann'), 'wrong-credentials')
  await times(4, wrong, 'ann')
  later(24 * HOUR)
  assert.equal(await times(5, wrong, 'ann'), Array(5).fill('wrong-credentials'))
})

account('counts a wrong field, and neither another refusal nor a failure', async () => {
  const { attempt, times } = throttled()
  const field = (code: string) => async () => refuseFields([{ pointer: '/password', code, message: '' }])
  await times(20, field('too-short'), 'ann')
  await times(20, async () => refuse('contended', 'Later.'), 'ann')
  const broken = () => Promise.reject(new Error('broken'))
  assert.is(await attempt(broken, 'ann').catch((error: Error) => error.message), 'broken')
  await times(5, field('wrong'), 'ann')
  assert.is(await attempt(right, 'ann'), 1)
})

account.run()

const address = suite('the throttle of an address')

address('lets a hundred wrong attempts an hour pass, at whichever accounts, then slows down', async () => {
  const { attempt, times, later } = throttled()
  for (let person = 0; person < 33; person++) await times(3, wrong, `person ${person}`)
  assert.is(await attempt(wrong, undefined), 'wrong-credentials')
  assert.is(await attempt(right, 'somebody else'), 1)
  assert.is(await attempt(right, 'somebody else', 'there'), 'right')
  for (let failure = 0; failure < 10; failure++) {
    later(Number(await attempt(wrong, undefined)) * SECOND)
    assert.is(await attempt(wrong, undefined), 'wrong-credentials')
  }
  assert.is(await attempt(wrong, undefined), 60)
  later(HOUR)
  assert.equal(await times(100, wrong, undefined), Array(100).fill('wrong-credentials'))
})

address('is not cleared by an account of one’s own', async () => {
  const { attempt, times } = throttled()
  for (let person = 0; person < 25; person++) {
    await times(4, wrong, `person ${person}`)
    if (person < 24) assert.is(await attempt(right, 'mallory'), 'right')
  }
  assert.is(await attempt(right, 'mallory'), 1)
})

address.run()

const memory = suite('the memory of the throttle')

memory('is bounded, and the oldest goes first', async () => {
  const { throttle, attempt, times } = throttled(50)
  await times(5, wrong, 'ann', 'there')
  for (let person = 0; person < 200; person++) {
    await attempt(wrong, `person ${person}`, `address ${person}`)
    await attempt(right, `person ${person} too`, `address ${person}`)
  }
  assert.is(throttle.size(), 100)
  assert.is(await attempt(right, 'ann', 'there'), 'right')
})

memory.run()
