import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certify } from '../../../src/adapters/sqlite/certificate.ts'
import type { ErasureStep } from '../../../src/adapters/sqlite/erasing.ts'
import { readStream } from '../../../src/adapters/sqlite/offline.ts'
import type { AppendCommand } from '../../../src/adapters/sqlite/writer-protocol.ts'
import {
  assertErased,
  command,
  dataKeyOf,
  filesHolding,
  key,
  later,
  open,
  peopled,
  remember,
} from '../../support/erasing.ts'
import { appendOf, renamed } from '../../support/writer.ts'

const test = suite('erasing')

test('leaves nothing of the person that can be read, and everything of the others', () => {
  const { dataDir, writer } = peopled()
  const wrapped = dataKeyOf(dataDir, 'ada') as Buffer
  assert.ok(writer.erasing.erase(command, later))
  assert.is(writer.erasing.unfinished(), 0)
  assertErased(dataDir)
  assert.equal(filesHolding(dataDir, wrapped), [])
  writer.close(later)
  assert.equal(
    readStream(dataDir, key, 'user-ada').map(({ type, data }) => [type, data]),
    [
      ['UserRegistered', 'Erased'],
      ['UserProfileChanged', 'Erased'],
      ['UserErased', { erasedAt: command.askedAt }],
    ],
  )
  assert.is(readStream(dataDir, key, 'user-ben').length, 2)
  assertErased(dataDir)
})

test('is certified with what was made sure of, and the same again when asked again', () => {
  const { dataDir, writer } = peopled()
  writer.erasing.erase(command, later)
  const certificate = certify(dataDir, 'ada')
  const { last, checkpoint, checks, ...told } = certificate
  const finishedAt = new Date(later).toISOString()
  assert.equal(told, { userId: 'ada', askedAt: command.askedAt, finishedAt, events: 3 })
  assert.equal([last.position, last.recordedAt, checkpoint?.position], [5, finishedAt, 5])
  assert.is(checkpoint?.hash, last.hash)
  assert.equal(
    checks.map(({ file, what }) => `${file} ${what}`),
    [
      'vault.db keys and password hashes',
      'vault.db logins',
      'vault.db refresh tokens',
      'vault.db access tokens',
      'log.db remembered requests',
      'views.1.db rows in 25 tables',
      'log.db-wal bytes from before it was emptied',
      'vault.db-wal bytes from before it was emptied',
      'views.1.db-wal bytes from before it was emptied',
    ],
  )
  assert.ok(writer.erasing.erase({ ...command, askedAt: 'later' }, later + 1))
  assert.equal(certify(dataDir, 'ada'), certificate)
  assert.throws(() => certify(dataDir, 'ben'), /Nothing says that ben was erased/)
  writer.close(later)
})

test('nothing is written for somebody who was erased, and nobody is kept from writing', () => {
  const { writer } = peopled()
  writer.erasing.erase(command, later)
  const of = (userId: string, stream: string, more?: AppendCommand['remember']) =>
    writer.append([appendOf([{ stream, subject: userId, events: [renamed('Grace')] }], more)], later)[0]
  const refusal = { result: { refusal: 'not-found', detail: 'There is no such person.' } }
  assert.equal(of('ada', 'user-ada'), refusal)
  assert.equal(of('ada', 'session-ada-one'), refusal)
  const onlyRemembered = appendOf([{ stream: 'user-ada', events: [] }], remember('ada'))
  assert.equal(writer.append([onlyRemembered], later), [refusal])
  assert.equal(writer.keep([{ kind: 'start login', userId: 'ada' }], later), [{ result: { ended: [] } }])
  assert.equal(of('ben', 'user-ben'), { result: { lastPosition: 6 } })
  writer.close(later)
})

test('tells once the logins that are over', () => {
  const told: unknown[] = []
  const { writer } = peopled({ onErased: (userId, ended) => told.push([userId, ended.length]) })
  writer.erasing.erase(command, later)
  writer.erasing.erase(command, later)
  assert.equal(told, [['ada', 1]])
  writer.close(later)
})

const steps: ErasureStep[] = ['asked', 'appended', 'destroyed', 'forgotten', 'rewritten', 'truncated']

for (const last of steps) {
  test(`cut off when it was ${last}, it is finished by the next start`, () => {
    const { dataDir, writer } = peopled({
      onErasureStep: (step) => {
        if (step === last) throw new Error('killed')
      },
    })
    assert.throws(() => writer.erasing.erase(command, later), 'killed')
    // As after a kill, nothing of the first one is closed.
    const next = open(dataDir)
    assert.is(next.erasing.unfinished(), 1)
    next.erasing.goOn(later)
    assert.is(next.erasing.unfinished(), 0)
    assertErased(dataDir)
    next.close(later)
    assertErased(dataDir)
  })
}

test('cut off in this life, it goes on in this life too', () => {
  let failing = true
  const { dataDir, writer } = peopled({
    onErasureStep: (step) => {
      if (step === 'destroyed' && failing) throw new Error('full')
    },
  })
  assert.throws(() => writer.erasing.erase(command, later), 'full')
  failing = false
  writer.erasing.goOn(later)
  assertErased(dataDir)
  writer.close(later)
})

test.run()
