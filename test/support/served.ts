import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { run } from '../adapters/cli/run-program.ts'

export const environmentOf = (dataDir: string) => ({
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: 'off' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
})

/** The whole program, served by this very process. */
export async function serve(dataDir: string): Promise<Serving> {
  const served = await operations.serve(readSettings(environmentOf(dataDir)) as Settings)
  assert.not(isHindrance(served))
  return served as Serving
}

/** A command of the whole program, beside a server or without one. */
export const told = (words: string, dataDir: string) => run(words, operations, environmentOf(dataDir))
