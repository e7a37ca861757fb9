import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bench, bodies, logging, pullUp, startTrainee, withServer } from '../../support/trainee.ts'

const upper = { terminal: true, plan: 'upper', day: 'upper' }
const CLEAR = '\u001b[K'
const terminal = suite('at a terminal')

terminal(
  'the rest counts down and rings once, and what is being typed stays',
  withServer([bench, bench], async (server) => {
    const { done, enter, type, sees, pass, forget, shown, raw } = startTrainee(server, upper)
    await sees('> ')
    enter('')
    await sees(`rest       1:30${CLEAR}`)
    type('8x7')
    await sees('> 8x7')
    forget()
    pass(1000)
    await sees(`rest       1:29${CLEAR}`)
    assert.match(shown(), `> 8x7${CLEAR}`)
    pass(88_000)
    await sees(`rest       0:01${CLEAR}`)
    assert.not.match(shown(), '\u0007')
    pass(1000)
    await sees(`rest       is over${CLEAR}`)
    assert.is(shown().split('\u0007').length, 2)
    type('\u007f')
    enter('5')
    await sees('How was it?')
    enter('h')
    assert.is(await done, 0)
    assert.equal(bodies(server, logging)[1], { stepId: '2', reps: 8, weight: 5, weightUnit: 'kg' })
    assert.match(shown(), 'Done in 30:00: 2 sets, volume 680 kg\r\n')
    assert.equal(raw, [true, false])
  }),
)

terminal(
  'it is painted over in one go, and not at all where nothing has changed',
  withServer([bench, bench], async (server) => {
    const { done, sees, forget, shown, type, pass, output } = startTrainee(server, upper)
    await sees('> ')
    forget()
    server.change('adjust', { note: `a long note ${'that goes on and on '.repeat(12)}` })
    await sees('> ')
    const lines = [
      '',
      'Upper Lower, Upper  [....................]  0 of 2 sets',
      'Bench Press, set 1 of 2',
      '  target     8 x 80 kg',
      '  note       a long note that goes on and on that goes on and on that goes on and on that goes on',
      '             and on that goes on and on that goes on and on that goes on and on that goes on and on',
      '             that goes on and on that goes on and on that goes on and on that goes on and on',
      '  next       Bench Press, set 2 of 2: 8 x 80 kg',
      '> ',
    ].join(`${CLEAR}\r\n`)
    const news = 'Another device adjusted Bench Press, set 1 of 2\r\n'
    assert.ok(shown().startsWith(`\r\u001b[5A\u001b[J${news}\u001b[?7l`))
    assert.ok(shown().endsWith(`\r\u001b[5A\u001b[?7l${lines}${CLEAR}\u001b[J\u001b[?7h\r\u001b[2C`))
    forget()
    pass(1000)
    assert.is(shown(), '')
    output.columns = 12
    type('n abcdefghijklmn')
    await sees(`> ghijklmn${CLEAR}`)
    forget()
    type('\u0003')
    assert.is(await done, 0)
    assert.ok(shown().startsWith('\r\u001b[8A\u001b[JThe session stays live'))
  }),
)

terminal(
  'who comes back from the shell, where Ctrl-Z had led, carries on',
  withServer([bench], async (server) => {
    const { done, sees, type, forget, shown } = startTrainee(server, upper)
    await sees('> ')
    const { kill } = process
    process.kill = () => true
    type('\u001a')
    await new Promise(setImmediate)
    process.kill = kill
    forget()
    process.emit('SIGCONT')
    assert.ok(shown().startsWith(`\r\u001b[?7l${CLEAR}\r\nUpper Lower`), 'what the shell wrote stays')
    type('n 深く')
    await sees(`> n 深く${CLEAR}`)
    assert.ok(shown().endsWith('\r\u001b[8C'), 'the cursor is behind what is twice as wide')
    type('\u0003')
    assert.is(await done, 0)
  }),
)

terminal(
  'a password is asked for and never shown',
  withServer([bench], async (server) => {
    const { done, sees, shown, enter, type } = startTrainee(server, { ...upper, environment: {} })
    await sees('E-mail: ')
    enter('ann@example.com')
    await sees('Password: ')
    type('rig')
    enter('ht')
    await sees('> ')
    enter('q')
    await done
    assert.not.match(shown(), 'rig')
    assert.equal(bodies(server, 'POST /v1/auth/login'), [{ email: 'ann@example.com', password: 'right' }])
  }),
)

terminal(
  'Ctrl-D leaves, and Ctrl-C does even where nothing is answered',
  withServer([pullUp], async (server) => {
    const first = startTrainee(server, upper)
    await first.sees('> ')
    first.type('\u0004')
    assert.is(await first.done, 0)

    const second = startTrainee(server, upper)
    await second.sees('> ')
    server.fail(/sets$/, 'lost', Infinity)
    second.enter('')
    await second.sees(`offline, trying again; 1 entry waits to be sent${CLEAR}`)
    second.type('\u0003')
    assert.is(await second.done, 0)
    assert.match(second.shown(), 'What was told last may not have been sent.\r\n')

    const third = startTrainee(server, { ...upper, environment: {} })
    await third.sees('E-mail: ')
    third.type('\u0003')
    assert.is(
      await third.done.catch((error: Error) => error.message),
      'Give e-mail and password, or a token in REPLEDGER_TOKEN.',
    )
  }),
)

terminal(
  'pauses that still last end with the workout',
  withServer([pullUp], async (server) => {
    const { done, enter, sees, output, shown } = startTrainee(server, { ...upper, realTime: true })
    Object.assign(output, { columns: 0, rows: 0 })
    await sees('> ')
    enter('w chin')
    await sees('Which one?')
    enter('', 'f')
    await sees('c carries on')
    enter('')
    assert.is(await done, 0)
    assert.match(shown(), 'Done in 30:00: 0 sets\r\n')
  }),
)

const json = suite('--json')

json(
  'prints each message of the stream as a line, and everything else as a complaint',
  withServer([bench], async (server) => {
    const { done, enter, shown, complaints } = startTrainee(server, { json: true, plan: '7', day: '1' })
    enter('', 'f')
    assert.is(await done, 0)
    const messages = shown()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.equal(
      messages.map(({ event, data }) => [event, data.version, data.type]),
      [
        ['snapshot', 1, undefined],
        ['progress', 2, 'SetLogged'],
        ['finished', 3, 'SessionFinished'],
      ],
    )
    assert.match(complaints(), 'Bench Press, set 1 of 1: 8 x 80 kg\n')
  }),
)

for (const each of [terminal, json]) each.run()
