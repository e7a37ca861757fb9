import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import * as session from '../../../src/domain/session/session.ts'
import { discardSession, type KnownSession, restoreSession } from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import { discarded, logged, restored, setLogged, started } from '../../support/sessions.ts'

const folded = (events: readonly SessionEvent[]) => events.reduce(session.evolve, session.initial)

const undoing = suite('discardSession and restoreSession')

undoing('discarding happens once', () => {
  given(session, [started()]).when(discardSession).then([discarded])
  given(session, [started(), discarded]).when(discardSession).then([])
  given(session, []).when(discardSession).thenRefused('not-found')
})

undoing('restoring happens once, and gives back what was there, live or finished', () => {
  given(session, [started(), discarded]).when(restoreSession).then([restored])
  given(session, [started()]).when(restoreSession).then([])
  given(session, []).when(restoreSession).thenRefused('not-found')
  for (const past of [[started()], [logged(), setLogged()]]) {
    assert.equal(folded([...past, discarded, restored]), folded(past))
    assert.is((folded([...past, discarded]) as KnownSession).status, 'discarded')
  }
})

undoing.run()
