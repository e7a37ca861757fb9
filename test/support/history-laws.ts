import fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { AsOf } from '../../src/application/as-of.ts'
import { withoutOwner } from '../../src/application/import-check.ts'
import { randomTraining, steps } from './random-training.ts'
import { belongings, livedBy, type ToldLog } from './told-log.ts'

const ever = {}

async function answersOf({ reads, live, now }: ToldLog, userId: string) {
  const clock = { now }
  const { createStatistics } = await import('../../src/application/statistics.ts')
  const { planStatistics: plans, ...rest } = reads
  const statistics = createStatistics({ ...rest, plans, clock })
  const filter = { range: ever, formula: 'epley' } as const
  const volume = { metric: 'volume', bucket: 'week', range: ever, formula: 'epley' } as const
  const { profile, ...past } = (await live(userId)) as { profile: object }
  const { id: _, email: __, createdAt: ___, ...person } = profile as Record<string, unknown>
  const answers = await Promise.all([
    statistics.records(userId, filter, 200),
    statistics.trends(userId, volume),
    statistics.muscles(userId, ever),
    statistics.calendar(userId, undefined, ever),
    reads.sessions.list(userId, {}, 200),
    reads.sessions.list(userId, { status: 'discarded' }, 200),
    reads.measurements.list(userId, {}, 200),
  ])
  // Keys of rows and what answers depend on differ from account to account.
  const told = JSON.stringify([person, past, answers], (name, value) =>
    ['dependsOn', 'key', 'next'].includes(name) ? undefined : value,
  )
  return JSON.parse(told)
}

async function livedHistory(taken: Parameters<ReturnType<typeof randomTraining>['take']>[0][]) {
  const { told, take } = randomTraining()
  for (const one of taken) await take(one)
  return [...belongings, ...told.folded]
}

/** Asked about any position, the log gives what the live answers were when it ended there. */
export async function asOfIsWhatWas(log: ToldLog, numRuns: number) {
  const property = fc.asyncProperty(steps, fc.nat(), async (taken, where) => {
    const facts = await livedHistory(taken)
    const userId = await log.person()
    const history = livedBy(userId, facts)
    const cut = 1 + (where % history.length)
    const position = await log.append(history.slice(0, cut))
    const then = await log.live(userId)
    const at = new Date(log.now()).toISOString()
    if (cut < history.length) await log.append(history.slice(cut))
    assert.equal(await log.past(userId, { position }), { position, at, ...then })
    const now = await log.live(userId)
    const { position: head, at: today, ...answer } = (await log.past(userId, { position: 1e15 })) as AsOf
    assert.equal(answer, now)
    assert.ok(head >= position && today >= at)
  })
  await fc.assert(property, { numRuns, includeErrorInReport: true } as never)
}

/** An account that a document was taken into answers as the one that it came from, and gives it again. */
export async function importIsTheSame(from: ToldLog, into: ToldLog, numRuns: number) {
  const property = fc.asyncProperty(steps, async (taken) => {
    const userId = await from.person()
    await from.append(livedBy(userId, await livedHistory(taken)))
    const document = await from.document(userId)
    const otherId = await into.person()
    const counts = await into.import(otherId, document)
    assert.ok('events' in counts, JSON.stringify(counts))
    assert.equal(await answersOf(into, otherId), await answersOf(from, userId))
    const again = await into.document(otherId)
    assert.equal(carriedIn(again), carriedIn(document))
    const before = await into.feed.page(otherId, 0, 200)
    assert.equal(await into.import(otherId, document), counts)
    assert.equal(await into.feed.page(otherId, 0, 200), before)
  })
  await fc.assert(property, { numRuns, includeErrorInReport: true } as never)
}

type Exported = { stream: string; type: string; version: number; schemaVersion: number; data: unknown }

/** Without times and what is the account's own. */
function carriedIn({ events }: { events: Exported[] }) {
  return events
    .filter(({ type }) => type !== 'UserRegistered')
    .map(({ stream, type, version, schemaVersion, data }) => ({
      ...{ stream: withoutOwner('', stream), type, version, schemaVersion, data },
    }))
}
