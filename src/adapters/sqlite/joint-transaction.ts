import type { Database } from 'better-sqlite3'

/**
 * One transaction that is open on several files at once, with a savepoint for each command in it. The commits
 * are the caller's, in the caller's order: files do not commit together.
 */
export function createJointTransaction(files: readonly Database[]) {
  const onEach = (sql: string) => {
    const statements = files.map((file) => file.prepare(sql))
    return () => {
      for (const statement of statements) statement.run()
    }
  }
  const savepoint = onEach('SAVEPOINT command')
  const rollBackTo = onEach('ROLLBACK TO command')
  const release = onEach('RELEASE command')
  return {
    begin: onEach('BEGIN IMMEDIATE'),
    savepoint,
    release,
    undo() {
      rollBackTo()
      release()
    },
    /** False once an error took the transaction away, as a full disk does. */
    stands: () => files.every((file) => file.inTransaction),
    rollBack() {
      for (const file of files) if (file.inTransaction) file.exec('ROLLBACK')
    },
  }
}
