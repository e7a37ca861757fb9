// A process that appends from many sides and tells of each acknowledgement, until it is killed.
import { openEventLog } from '../../src/adapters/sqlite/log.ts'
import { masterKey, metadata, registered, renamed } from './writer.ts'

const [dataDir = '', life = ''] = process.argv.slice(2)
const fail = (error: Error) => {
  throw error
}
const { log, vault } = await openEventLog({ dataDir, masterKey, clock: Date, onFatal: fail, onTrouble: fail })

async function write(side: number) {
  const userId = `${life}-${side}`
  const stream = `user-${userId}`
  await vault.createSubject(userId, 'x')
  for (let version = 0; ; version++) {
    const expected = version === 0 ? 'no stream' : version
    const events = [version === 0 ? registered(userId) : renamed(`Name ${version}`)]
    const answer = await log.append([{ stream, subject: userId, expected, events }], metadata)
    if (!('lastPosition' in answer)) throw new Error(JSON.stringify(answer))
    process.stdout.write(`${answer.lastPosition} ${stream} ${version + 1}\n`)
  }
}

await Promise.all(Array.from({ length: 24 }, (_, side) => write(side)))
