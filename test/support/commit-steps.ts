// Loaded before the program: kills its process where any of its threads is about to commit for the nth time.
import Sqlite from 'better-sqlite3'

const last = Number(process.env.KILL_AT_STEP)
let step = 0

const db = new Sqlite(':memory:')
const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as { run: (...values: unknown[]) => unknown }
db.close()
const { run } = statement

statement.run = function (this: { source: string }, ...values) {
  if (this.source === 'COMMIT') {
    step += 1
    if (step === last) process.kill(process.pid, 'SIGKILL')
  }
  return run.apply(this, values)
}
