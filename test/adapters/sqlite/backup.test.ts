import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { backup } from '../../../src/adapters/sqlite/backup.ts'
import { restore } from '../../../src/adapters/sqlite/restore.ts'
import { lackOfRoom } from '../../../src/adapters/sqlite/unusable-data.ts'
import { copyOf, exercise, storyOf300, views } from '../../support/story.ts'
import { expectFindings } from '../../support/tampering.ts'
import { appendOf, masterKey, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('backup')
const untouched = storyOf300()
const source = { masterKey: masterKey.export().toString('base64') }
const silent = { onProgress() {} }

/** A backup of the story, with its vault beside it, in folders that did not exist before. */
function backedUp(dataDir = untouched) {
  const place = temporaryDirectory()
  const [folder, vaultFolder] = [join(place, 'log'), join(place, 'vault')]
  const head = backup(dataDir, source, { folder, vaultFolder, ...silent })
  return { folder, vault: vaultFolder, head }
}

function rowsOf(dataDir: string, sql: string) {
  const db = new Sqlite(join(dataDir, 'log.db'), { readonly: true })
  try {
    return db.prepare(sql).raw(true).all()
  } finally {
    db.close()
  }
}

test('copies the log to the byte of every row, with a signed head that it agrees with', () => {
  const { folder, head } = backedUp()
  assert.is(head.position, 300)
  assert.equal(readdirSync(folder).toSorted(), ['head.json', 'log.db'])
  for (const table of ['events', 'streams', 'checkpoints', 'public_keys', 'idempotency']) {
    const all = `SELECT * FROM ${table}`
    assert.equal(rowsOf(folder, all), rowsOf(untouched, all))
  }
  assert.equal(JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8')), head)
})

test('copies beside a writer, which goes on', () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  const land = (id: string) =>
    writer.append([appendOf([{ stream: `exercise-${id}`, events: [exercise(id)] }])], start)
  land('before')
  const { folder, head } = backedUp(dataDir)
  land('after')
  assert.is(head.position, 301)
  assert.equal(rowsOf(folder, 'SELECT max(position) FROM events'), [[301]])
  assert.equal(rowsOf(dataDir, 'SELECT max(position) FROM events'), [[302]])
  writer.close(start)
})

test('leaves everything readable by its owner alone, and nothing of the vault in the clear', () => {
  const { folder, vault } = backedUp()
  for (const place of [folder, vault]) {
    assert.is(statSync(place).mode & 0o777, 0o700)
    for (const name of readdirSync(place)) assert.is(statSync(join(place, name)).mode & 0o777, 0o600)
  }
  assert.equal(readdirSync(vault), ['vault.sealed'])
  assert.is(readFileSync(join(vault, 'vault.sealed')).includes('SQLite format'), false)
})

test('goes into new folders only, the vault apart from the log', () => {
  const { folder } = backedUp()
  const into = (vaultFolder: string, of = `${folder}-2`) =>
    backup(untouched, source, { folder: of, vaultFolder, ...silent })
  assert.throws(() => into(`${folder}-3`, folder), /is there already/)
  assert.throws(() => into(`${folder}-3`, ''), /is there already/)
  assert.throws(() => into(`${folder}-2/vault`), /kept apart/)
  assert.is(existsSync(`${folder}-2`), false)
})

test('begins anew over what an earlier one left half done', () => {
  const place = temporaryDirectory()
  const folder = join(place, 'log')
  mkdirSync(`${folder}.part`)
  writeFileSync(join(`${folder}.part`, 'log.db'), 'half of it')
  backup(untouched, source, { folder, ...silent })
  assert.equal(readdirSync(place), ['log'])
})

test('cut off before its vault, it copies that alone, but only beside the log that it is of', () => {
  const { folder, vault, head } = backedUp()
  renameSync(vault, `${vault}.part`)
  const written = statSync(join(folder, 'log.db')).mtimeMs
  const again = () => backup(untouched, source, { folder, vaultFolder: vault, ...silent })
  assert.equal(again(), head)
  assert.equal(readdirSync(dirname(folder)).toSorted(), ['log', 'vault'])
  assert.equal(readdirSync(vault), ['vault.sealed'])
  assert.is(statSync(join(folder, 'log.db')).mtimeMs, written)

  renameSync(vault, `${vault}.part`)
  writeFileSync(join(folder, 'head.json'), JSON.stringify({ ...head, position: 299 }))
  assert.throws(again, /is there already/)
  rmSync(join(folder, 'head.json'))
  assert.throws(again, /is there already/)
})

test('where it fails it leaves nothing that fills the disk, and says so where that was full', () => {
  const place = temporaryDirectory()
  const dataDir = copyOf(untouched)
  const bytes = readFileSync(join(dataDir, 'log.db'))
  writeFileSync(join(dataDir, 'log.db'), bytes.fill(0xff, bytes.length / 2))
  assert.throws(() => backup(dataDir, source, { folder: join(place, 'log'), ...silent }), /malformed/)
  assert.equal(readdirSync(place, { recursive: true }), ['log.part'])

  const full = Object.assign(new Error('disk is full'), { code: 'SQLITE_FULL' })
  const explained = lackOfRoom(full, '/backups') as Error
  assert.is(explained.message, 'There is no room left for /backups: make room, and run the same again.')
  assert.is(lackOfRoom('anything else', '/backups'), 'anything else')
})

test('is restored where there is nothing, and verifies', () => {
  const { folder, vault, head } = backedUp()
  const dataDir = temporaryDirectory()
  const report = restore(dataDir, source, { folder, vault, ...silent })
  assert.equal(report, { head: { position: head.position, hash: head.hash }, findings: [], notes: [] })
  assert.equal(
    readdirSync(dataDir)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .toSorted(),
    ['log.db', 'vault.db'],
  )
  const modes = ['log.db', 'vault.db'].map((name) => statSync(join(dataDir, name)).mode & 0o777)
  assert.equal(modes, [0o600, 0o600])
  writerOn(dataDir, { views }).close(start)
  expectFindings(dataDir, [])
})

test('is restored up to a position: the same chain, no event and no stream more', () => {
  const { folder, vault } = backedUp()
  const dataDir = temporaryDirectory()
  restore(dataDir, source, { folder, vault, at: 150, ...silent })
  const upTo150 = 'SELECT * FROM events WHERE position <= 150'
  assert.equal(rowsOf(dataDir, 'SELECT * FROM events'), rowsOf(untouched, upTo150))
  assert.equal(rowsOf(dataDir, 'SELECT position FROM checkpoints'), [[100]])
  assert.equal(
    rowsOf(dataDir, 'SELECT max(key) FROM streams'),
    rowsOf(untouched, 'SELECT max(stream) FROM (SELECT stream FROM events WHERE position <= 150)'),
  )
  const writer = writerOn(dataDir, { views })
  writer.append([appendOf([{ stream: 'exercise-new', events: [exercise('new')] }])], start + 200_000)
  writer.close(start + 200_000)
  expectFindings(dataDir, [])
  assert.throws(
    () => restore(temporaryDirectory(), source, { folder, vault, at: 301, ...silent }),
    /ends at position 300/,
  )
})

test('puts nothing anywhere where the backup is not as it was written', () => {
  const { folder, vault } = backedUp()
  const db = new Sqlite(join(folder, 'log.db'))
  db.exec("DROP TRIGGER events_update; UPDATE events SET type = 'SetDeleted' WHERE position = 77")
  db.close()
  const dataDir = temporaryDirectory()
  const { head, findings } = restore(dataDir, source, { folder, vault, ...silent })
  assert.is(head, null)
  assert.equal(findings.map(({ kind, position }) => [kind, position])[1], ['changed', 77])
  assert.equal(readdirSync(dataDir), [])
})

test('puts nothing anywhere where the backup is damaged or emptied, and names the file', () => {
  for (const pages of [0, 1, 20]) {
    const { folder, vault } = backedUp()
    const log = join(folder, 'log.db')
    truncateSync(log, pages * 4096)
    const dataDir = temporaryDirectory()
    const { head, findings } = restore(dataDir, source, { folder, vault, ...silent })
    assert.is(head, null)
    assert.equal(
      findings.map(({ kind, detail }) => [kind, detail.startsWith(`${log} cannot be read`)]),
      [['corrupt-file', true]],
    )
    assert.equal(readdirSync(dataDir), [])
  }
})

test('is held against its signed head: a cut tail is found', () => {
  const { folder, vault } = backedUp()
  const { folder: shorter } = backedUp()
  const cut = temporaryDirectory()
  restore(cut, source, { folder: shorter, vault, at: 200, ...silent })
  renameSync(join(cut, 'log.db'), join(folder, 'log.db'))
  const { findings } = restore(temporaryDirectory(), source, { folder, vault, ...silent })
  assert.equal(
    findings.map(({ kind }) => kind),
    ['cut'],
  )
  rmSync(join(folder, 'head.json'))
  const unheld = restore(temporaryDirectory(), source, { folder, vault, ...silent })
  assert.is(unheld.head?.position, 200)
  assert.match(unheld.notes.join(), 'There is no head.json in the backup: a tail that was cut off')
})

test('overwrites nothing, and takes no vault that does not open', () => {
  const { folder, vault } = backedUp()
  assert.throws(() => restore(copyOf(untouched), source, { folder, ...silent }), /move it away first/)
  assert.throws(() => restore(temporaryDirectory(), source, { folder, ...silent }), /name the vault/)
  const other = { masterKey: Buffer.alloc(32, 9).toString('base64') }
  const dataDir = temporaryDirectory()
  assert.throws(() => restore(dataDir, other, { folder, vault, ...silent }), /does not open/)
  assert.equal(readdirSync(dataDir), [])
  const log = copyOf(untouched)
  rmSync(join(log, 'log.db'))
  writeFileSync(join(log, 'log.db-wal'), 'left over')
  assert.throws(() => restore(log, source, { folder, ...silent }), /log.db-wal is there/)
})

test('cut off while files are moved, it refuses a start, and finishes when run again', () => {
  const { folder, vault } = backedUp()
  const dataDir = temporaryDirectory()
  restore(dataDir, source, { folder, vault, ...silent })
  mkdirSync(join(dataDir, 'restoring'))
  renameSync(join(dataDir, 'log.db'), join(dataDir, 'restoring', 'log.db'))
  assert.throws(() => writerOn(dataDir, { views }), /run `restore` again/)
  assert.is(restore(dataDir, source, { folder, vault, ...silent }).head?.position, 300)
  assert.is(existsSync(join(dataDir, 'restoring')), false)
  writerOn(dataDir, { views }).close(start)
  expectFindings(dataDir, [])
})

test('cut off before that, the next start leaves nothing of the vault that it has copied', () => {
  const dataDir = copyOf(untouched)
  mkdirSync(join(dataDir, 'restoring.part'))
  writeFileSync(join(dataDir, 'restoring.part', 'vault.db'), 'the keys of everybody')
  writerOn(dataDir, { views }).close(start)
  assert.is(existsSync(join(dataDir, 'restoring.part')), false)
})

test.run()
