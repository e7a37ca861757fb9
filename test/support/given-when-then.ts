import * as assert from 'uvu/assert'
import type { Aggregate, Decision } from '../../src/application/event-log.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { isRefusal, type Refusal, type RefusalCode } from '../../src/domain/refusal.ts'

/**
 * given(aggregate, past).when(command).then(events) or .thenRefused(code): order, content, and nothing
 * besides.
 */
export function given<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, past: readonly E[]) {
  const state = past.reduce(aggregate.evolve, aggregate.initial)
  return {
    when(decide: (state: S) => Decision<E>) {
      const decision = decide(state)
      return {
        then(events: readonly E[]) {
          assert.equal(decision, events)
          // What was decided must also be a fact that the next command can stand on.
          if (!isRefusal(decision)) decision.reduce(aggregate.evolve, state)
        },
        thenRefused(code: RefusalCode, more: Partial<Refusal> = {}) {
          if (!isRefusal(decision))
            throw new assert.Assertion({ message: `Not refused: ${JSON.stringify(decision)}` } as never)
          const { detail, ...rest } = decision
          assert.type(detail, 'string')
          assert.equal(rest, { refusal: code, ...more })
        },
      }
    },
  }
}
