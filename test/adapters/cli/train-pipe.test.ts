import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  bench,
  bodies,
  logging,
  open,
  plank,
  pullUp,
  startTrainee,
  withServer,
} from '../../support/trainee.ts'

const workout = suite('a workout through a pipe')

workout(
  'asks for plan and day, logs what is told, and sums it up',
  withServer([bench, bench, pullUp], async (server) => {
    const { done, enter, shown } = startTrainee(server)
    enter('nothing', 'up', 'upper l', '1', '', '7x82.5 @8.5', '9', 'h')
    assert.is(await done, 0)
    assert.equal(bodies(server, 'POST /v1/sessions'), [{ planId: 'plan', planDay: 0 }])
    assert.equal(bodies(server, logging), [
      { stepId: '1', reps: 8, weight: 80, weightUnit: 'kg' },
      { stepId: '2', reps: 7, weight: 82.5, weightUnit: 'kg', rpe: 8.5 },
      { stepId: '3', reps: 9 },
    ])
    assert.is(server.asked.find(({ what }) => what === logging)?.body.performedAt, '2026-03-02T18:00:00.500Z')
    assert.equal(bodies(server, 'POST /v1/sessions/one/finish'), [{ effort: 'heavy' }])
    assert.is(shown(), WHOLE)
  }),
)

const WHOLE = `   7  Upper Lower (2 days)
   8  Ups and Downs (0 days)
Which plan?
There is no plan "nothing".
Which plan?
There is more than one plan "up".
Which plan?
   1  Upper (Bench Press; 2 sets)
   2  Lower (; 0 sets)
Which day?
Upper Lower, Upper  [....................]  0 of 3 sets
Bench Press, set 1 of 2
  target     8 x 80 kg
  next       Bench Press, set 2 of 2: 8 x 80 kg
Bench Press, set 1 of 2: 8 x 80 kg
  New records: max weight 80 kg, was 75
Upper Lower, Upper  [#######.............]  1 of 3 sets
Bench Press, set 2 of 2
  target     8 x 80 kg
  rest       1:30
  next       Pull-Up, set 1 of 1: 6-10 reps
Bench Press, set 2 of 2: 7 x 82.5 kg @8.5
  New records: max weight 82.5 kg, was 77.5
Upper Lower, Upper  [#############.......]  2 of 3 sets
Pull-Up, set 1 of 1
  target     6-10 reps
  rest       1:30
Pull-Up, set 1 of 1: 9 reps
Upper Lower, Upper  [####################]  3 of 3 sets
Everything is done.
How was it? e easy, a average, h heavy; f finishes without a word, q leaves:
Done in 30:00: 3 sets, volume 1217.5 kg
  Bench Press: 8 x 80 kg, 7 x 82.5 kg @8.5
  Pull-Up: 9 reps
  New record: Bench Press: max weight 90 kg
`

workout(
  'skips, notes, swaps, rests and undoes',
  withServer([bench, bench, bench, plank, plank], async (server) => {
    const { done, enter, shown } = startTrainee(server, { plan: 'UPPER LOWER', day: 'u' })
    enter('n', 'n shoulder aches', 's no rack', 'r 45', 'r', 'r 9999', 'w', 'w dance', 'w chin', '')
    enter('w chin', '1', '8', 'u', 'u', '0', 'S', 'x', 'f', 'c', 'f', '')
    assert.is(await done, 0)
    assert.equal(
      server.asked.flatMap(({ what, body }) => (/guide\/|DELETE|finish/.test(what) ? [body] : [])),
      [
        { stepId: '1', note: 'shoulder aches' },
        { stepId: '1', reason: 'no rack' },
        { seconds: 45 },
        { seconds: 9999 },
        { stepId: '2', exerciseId: 'pull-up' },
        {},
        { stepId: '3', whole: true },
        {},
      ],
    )
    for (const line of SAID) assert.match(shown(), `${line}\n`)
  }),
)

const SAID = [
  'Write the note behind the n.',
  'Bench Press, set 1 of 3: shoulder aches',
  '  note       shoulder aches',
  'Bench Press, set 1 of 3: skipped',
  'Upper Lower, Upper  [####................]  0 of 5 sets, 1 skipped',
  'Rest well.',
  '  rest       0:45',
  'Say how many seconds to rest, such as r 60.',
  'Too long.',
  'Name the exercise behind the w.',
  'No exercise is called "dance".',
  '   1  Chin-Up',
  'Nothing was swapped.',
  'Bench Press is now Chin-Up',
  'Chin-Up, set 2 of 3: 8 reps',
  'Deleted Chin-Up: 8 reps',
  'Nothing is logged yet.',
  'Chin-Up: skipped',
  'The session goes on.',
  'Done in 30:00: 1 set',
]

workout(
  'asks for a weight that is open and that nobody knows',
  withServer([open, open, open], async (server) => {
    const { done, enter, hangUp, shown } = startTrainee(server, { plan: '7', day: '1' })
    enter('', '60', '', 'heavy', '3', '135lb', '', 'q')
    hangUp()
    await done
    assert.equal(bodies(server, logging), [
      { stepId: '1', reps: 5, weight: 60, weightUnit: 'kg' },
      { stepId: '2', reps: 3, weight: 135, weightUnit: 'lb' },
    ])
    assert.match(shown(), 'With how many kg?\n')
    assert.match(shown(), 'That is no weight; nothing was logged.\n')
  }),
)

workout(
  'asks what sets are told in only of exercises that the plan has not',
  withServer([bench, plank], async (server) => {
    const { done, enter, shown } = startTrainee(server, { plan: 'upper', day: 'upper' })
    server.sets.push({ id: 'extra', exerciseId: 'curl', kind: 'working', reps: 5, weight: 10 })
    enter('', '', 'h')
    assert.is(await done, 0)
    assert.equal(
      server.asked.flatMap(({ what }) => (what.startsWith('GET /v1/exercises') ? [what] : [])),
      ['GET /v1/exercises/curl'],
    )
    assert.match(shown(), 'Done in 30:00: 3 sets, volume 690 kg\n')
  }),
)

const leaving = suite('leaving')

leaving(
  'ends with the last line, and the next time the session is carried on with',
  withServer([bench, bench], async (server) => {
    const first = startTrainee(server, { plan: 'upper', day: 'upper' })
    first.enter('7x80')
    first.hangUp()
    assert.is(await first.done, 0)
    assert.match(
      first.shown(),
      'The session stays live; `repledger train` carries on with it, on any device.\n',
    )

    const second = startTrainee(server, { plan: 'another plan' })
    second.enter('?', 'u', '', '', 'nonsense', 'a')
    assert.is(await second.done, 0)
    assert.match(
      second.shown(),
      /^A session is live since .* \(Upper Lower, Upper\): carrying on with it\.\n/,
    )
    assert.match(second.shown(), 'Deleted Bench Press: 7 x 80 kg\n')
    assert.match(second.shown(), 'logs the set as planned\n')
    assert.match(second.shown(), 'No step is left: f finishes the session, u opens the last one again.\n')
    assert.is(server.session().effort, 'average')
  }),
)

leaving(
  'when asked to in the middle of a dead zone says that the last line may be lost',
  withServer([bench, bench], async (server) => {
    const { done, enter, shown, sees, stop } = startTrainee(server, { plan: 'upper', day: 'upper' })
    await sees('set 1 of 2')
    server.fail(/sets$/, { status: 503 }, Infinity)
    enter('')
    await sees('offline, trying again; 1 entry waits to be sent\n')
    stop()
    assert.is(await done, 0)
    assert.match(shown(), 'What was told last may not have been sent.\n')
  }),
)

const others = suite('other devices')

others(
  'are told of at once, and no line is logged for a step that they were faster with',
  withServer([bench, bench, bench, bench], async (server) => {
    const { done, enter, shown, sees } = startTrainee(server, { plan: 'upper', day: 'upper' })
    await sees('set 1 of 4')
    const set = { id: 'x', stepId: '1', reps: 6, weight: 70, weightUnit: 'kg' }
    server.change('log', set)
    await sees('Another device logged Bench Press: 6 x 70 kg\n')
    server.change('correct', { id: 'x', reps: 7 })
    await sees('Another device corrected a set: Bench Press: 7 x 70 kg\n')
    server.change('delete', {}, 'x')
    await sees('Another device deleted Bench Press: 7 x 70 kg\n')
    server.change('skip', { stepId: '1' })
    await sees('Another device skipped Bench Press, set 1 of 4\n')
    server.change('adjust', { note: 'slowly' })
    await sees('Another device adjusted Bench Press, set 2 of 4\n')
    server.change('rest', { seconds: 30 })
    await sees('  rest       0:30\n')

    server.fasten({ stepId: '2', id: 'y', reps: 5, weight: 75, weightUnit: 'kg' })
    enter('')
    await sees('Another device was faster: this was not logged, and here is the step as it is now.\n')
    await sees('Another device logged Bench Press: 5 x 75 kg\n')
    assert.equal(
      server.sets.map(({ id }) => id),
      ['y'],
    )
    server.change('swap', { exerciseId: 'pull-up' })
    await sees('Another device swapped Bench Press\n')
    server.change('finish')
    assert.is(await done, 0)
    assert.match(shown(), 'Another device finished the session\nDone in 30:00: 1 set, volume 375 kg\n')
  }),
)

others(
  'may discard the session',
  withServer([bench], async (server) => {
    const { done, shown, sees } = startTrainee(server, { plan: 'upper', day: 'upper' })
    await sees('set 1 of 1')
    server.change('discard')
    assert.is(await done, 0)
    assert.match(shown(), /Another device discarded the session\n$/)
  }),
)

for (const each of [workout, leaving, others]) each.run()
