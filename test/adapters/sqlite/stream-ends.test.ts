import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openLog } from '../../../src/adapters/sqlite/log-file.ts'
import { createStreamEnds } from '../../../src/adapters/sqlite/stream-ends.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('stream ends')

test('are those of the file, for streams that are kept and for those that are kept no more', () => {
  const log = openLog(temporaryDirectory())
  const streams = createStreamEnds(log, 2)
  const names = ['one', 'two', 'three']
  assert.is(streams.find('one'), undefined)
  assert.equal(names.map(streams.findOrInsert), [
    { key: 1, version: 0 },
    { key: 2, version: 0 },
    { key: 3, version: 0 },
  ])
  log.exec(`INSERT INTO events VALUES
    (1, 1, 1, 'id', 'T', 1, x'00', x'00', '2026', NULL, zeroblob(32), zeroblob(32))`)
  assert.equal(names.map(streams.find), [
    { key: 1, version: 1 },
    { key: 2, version: 0 },
    { key: 3, version: 0 },
  ])
  log.close()
})

test('that were undone are forgotten', () => {
  const log = openLog(temporaryDirectory())
  const streams = createStreamEnds(log)
  log.exec('BEGIN')
  streams.findOrInsert('one').version = 5
  log.exec('ROLLBACK')
  streams.forget()
  assert.is(streams.find('one'), undefined)
  log.close()
})

test.run()
