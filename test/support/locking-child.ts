// Takes the owner's lock of a directory, says so, and keeps it until the process is killed.
import { lockDataDir } from '../../src/adapters/sqlite/owner-lock.ts'

const lock = lockDataDir(process.argv[2] as string)
process.stdout.write(lock === 'held' ? 'held\n' : 'locked\n')
process.stdin.resume()
