import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Passwords } from '../../application/ports.ts'
import type { Refusal } from '../../domain/refusal.ts'

const HASH_BYTES = 32
const SALT_BYTES = 16
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: HASH_BYTES }

type Derive = (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

// Each takes 19 MiB and a core for some 20 ms; more of them would starve what else the process does.
const AT_ONCE = 2
const WAITING_AT_MOST = 64

// Of nobody: deriving it makes a login of somebody unknown as slow as that of somebody known.
const NOBODYS_SALT = Buffer.alloc(SALT_BYTES)

/** Thrown when too many passwords wait already; it reads as the refusal that it becomes. */
export class PasswordsBusy extends Error implements Refusal {
  readonly refusal = 'contended'
  readonly detail = 'Too many passwords are being checked; try again in a moment.'
}

/**
 * Argon2id in PHC form. Two at a time, 64 wait, those beyond throw `PasswordsBusy`. `kept` are hashes of each
 * cost that is still in use: whatever a hash was made with, and where there is none, a password is derived
 * once with each of these costs and the current one, so that the time tells nothing of the hash.
 */
export function createPasswords(
  kept: readonly string[] = [],
  deriveKey: Derive = promisify(argon2),
): Passwords {
  const inTurn = createTurns()
  const costs = new Map([COST, ...kept.map((hash) => readPhc(hash).cost)].map((cost) => [nameOf(cost), cost]))

  function tagOf(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
    // The same letters typed on two keyboards may be different code points.
    return deriveKey('argon2id', { message: password.normalize('NFKC'), nonce: salt, ...cost })
  }

  return {
    hash(password) {
      return inTurn(async () => {
        const salt = randomBytes(SALT_BYTES)
        return phcOf(COST, salt, await tagOf(password, salt, COST))
      })
    },

    verify(password, hash) {
      return inTurn(async () => {
        const own = hash === undefined ? undefined : readPhc(hash)
        for (const [name, cost] of costs) {
          if (own === undefined || name !== nameOf(own.cost)) await tagOf(password, NOBODYS_SALT, cost)
        }
        return own !== undefined && timingSafeEqual(await tagOf(password, own.salt, own.cost), own.tag)
      })
    },

    isOutdated(hash) {
      const { memory, passes } = readPhc(hash).cost
      return memory < COST.memory || passes < COST.passes
    },
  }
}

function createTurns() {
  const waiting: (() => void)[] = []
  let running = 0

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING_AT_MOST) throw new PasswordsBusy()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      // The turn is handed on, so that nobody who comes now can take it first.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism' | 'tagLength'>

function nameOf({ memory, passes, parallelism, tagLength }: Cost) {
  return `${memory} ${passes} ${parallelism} ${tagLength}`
}

function phcOf({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer) {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** A hash says what it was made with, so that the cost can be raised without forgetting anybody. */
function readPhc(phc: string) {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (found === null) throw new Error('A password hash is not in the PHC form of argon2id')
  const [, memory, passes, parallelism, salt = '', tag = ''] = found
  const expected = Buffer.from(tag, 'base64')
  const cost = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  }
  return { cost, salt: Buffer.from(salt, 'base64'), tag: expected }
}

function unpadded(bytes: Buffer) {
  return bytes.toString('base64').replaceAll('=', '')
}
