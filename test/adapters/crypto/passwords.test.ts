import { type Argon2Parameters, argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPasswords, PasswordsBusy } from '../../../src/adapters/crypto/passwords.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'

const hashing = suite('passwords')

hashing('are kept as argon2id with its cost and a salt of their own', async () => {
  const passwords = createPasswords()
  const [first, second] = await Promise.all([passwords.hash('strong'), passwords.hash('strong')])
  for (const hash of [first, second]) {
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  }
  assert.is.not(first, second)
})

hashing('verify when they are right, also as other code points of the same letters', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('Café — крепкий')
  assert.is(await passwords.verify('Café — крепкий', hash), true)
  assert.is(await passwords.verify('Cafe\u0301 — крепкий', hash), true)
  assert.is(await passwords.verify('café — крепкий', hash), false)
  assert.is(await passwords.verify('', hash), false)
})

hashing('verify against a hash of another cost, made by another program', async () => {
  // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  const passwords = createPasswords()
  assert.is(await passwords.verify('password', hash), true)
  assert.is(await passwords.verify('Password', hash), false)
})

hashing('count to their last character, whatever it is', async () => {
  const passwords = createPasswords()
  const long = 'ё'.repeat(127)
  const hash = await passwords.hash(`${long}я`)
  assert.is(await passwords.verify(`${long}я`, hash), true)
  assert.is(await passwords.verify(`${long}ю`, hash), false)
  const zero = await passwords.hash('before\0after')
  assert.is(await passwords.verify('before\0after', zero), true)
  assert.is(await passwords.verify('before\0again', zero), false)
  assert.is(await passwords.verify('before', zero), false)
})

/** What each derivation costs, in their order, and how many ran at the same time. */
function counted(kept?: readonly string[]) {
  const runs: string[] = []
  const running = { now: 0, most: 0 }
  const derive = async (algorithm: 'argon2id', parameters: Argon2Parameters) => {
    const { memory, passes, parallelism } = parameters
    runs.push(`m=${memory},t=${passes},p=${parallelism}`)
    running.now += 1
    running.most = Math.max(running.most, running.now)
    const tag = await promisify(argon2)(algorithm, parameters)
    running.now -= 1
    return tag
  }
  return { passwords: createPasswords(kept, derive), runs, running }
}

const current = 'm=19456,t=2,p=1'
const weak = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

hashing('cost one derivation of the current cost, right or wrong or of nobody', async () => {
  const { passwords, runs } = counted()
  const hash = await passwords.hash('right')
  for (const [password, against] of [['right', hash] as const, ['wrong', hash] as const, ['x'] as const]) {
    runs.length = 0
    await passwords.verify(password, against)
    assert.equal(runs, [current])
  }
})

hashing('cost the same while some are kept with an older cost, whosever is asked for', async () => {
  const { passwords, runs } = counted([weak, weak])
  assert.is(passwords.isOutdated(weak), true)
  const hash = await passwords.hash('right')
  assert.is(passwords.isOutdated(hash), false)
  for (const against of [hash, weak, undefined]) {
    runs.length = 0
    await passwords.verify('wrong', against)
    assert.equal(runs.toSorted(), [current, 'm=256,t=2,p=1'])
  }
  assert.is(await passwords.verify('password', weak), true)
})

hashing('run two at a time', async () => {
  const { passwords, running } = counted()
  await Promise.all(Array.from({ length: 6 }, () => passwords.verify('anything', undefined)))
  assert.equal(running, { now: 0, most: 2 })
})

hashing('never verify where there is no hash', async () => {
  const passwords = createPasswords()
  assert.is(await passwords.verify('anything', undefined), false)
  assert.is(await passwords.verify('', undefined), false)
})

hashing('are compared with nothing but a hash', async () => {
  const failed = await createPasswords()
    .verify('anything', '$argon2i$v=19$m=1,t=1,p=1$c2FsdA$dGFn')
    .catch((error: Error) => error.message)
  assert.is(failed, 'A password hash is not in the PHC form of argon2id')
})

hashing('wait their turn, 2 at work and 64 waiting; more are refused and the turns go on', async () => {
  const passwords = createPasswords()
  // Each fails in its turn at once, which must not keep the turn.
  const unreadable = '$argon2id$none'
  const settled = await Promise.allSettled(
    Array.from({ length: 70 }, () => passwords.verify('anything', unreadable)),
  )
  const busy = settled.map((one) => one.status === 'rejected' && one.reason instanceof PasswordsBusy)
  assert.equal(busy, [...Array(66).fill(false), ...Array(4).fill(true)])
  assert.is(isRefusal((settled[69] as PromiseRejectedResult).reason), true)
  assert.is(await passwords.verify('anything', undefined), false)
})

hashing.run()
