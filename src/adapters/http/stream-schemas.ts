import Type from 'typebox'
import { GuideDocument, ProgressDocument, RestDocument, StepDocument } from './guide-schemas.ts'
import { DateTime, Nullable, OneOf } from './schemas.ts'
import { SessionDocument } from './session-schemas.ts'
import { LoneSetDocument } from './set-schemas.ts'

const about = {
  version: Type.Integer({ description: 'Of the session.', examples: [7] }),
  at: { ...DateTime, description: 'When that was recorded.' },
  status: OneOf(['active', 'finished', 'discarded'], {
    description: 'Of the session from then on.',
    examples: ['active'],
  }),
  finished: Type.Boolean({
    description: 'Nothing is left to be done: every step is, or the session is over.',
    examples: [false],
  }),
}

const Snapshot = Type.Object(
  {
    ...about,
    session: SessionDocument,
    guide: Nullable(GuideDocument, { description: 'Null where the session follows no plan.' }),
  },
  { title: 'StreamSnapshot', description: 'All that is known of the session.' },
)

const Change = Type.Object(
  {
    ...about,
    type: Type.String({ description: 'What happened.', examples: ['SetLogged'] }),
    step: Type.Optional(Nullable(StepDocument, { description: 'The step that is current now.' })),
    next: Type.Optional(Nullable(StepDocument, { description: 'The one behind it.' })),
    rest: Type.Optional(Nullable(RestDocument, { description: 'The rest that runs now.' })),
    progress: Type.Optional(Nullable(ProgressDocument, { description: 'How far the guide is.' })),
    set: Type.Optional(
      Type.Object(
        {
          ...LoneSetDocument.properties,
          deleted: Type.Optional(Type.Literal(true, { description: 'It is gone; this is how it was.' })),
        },
        { title: 'ChangedSet', description: 'A set that was logged, corrected or deleted.' },
      ),
    ),
    session: Type.Optional(
      Type.Partial(SessionDocument, {
        title: 'ChangedSession',
        description: 'The whole session where it begins; later the details that are others now.',
      }),
    ),
  },
  {
    title: 'StreamChange',
    description:
      'What one version changed: a part that it left as it was is absent, null one that is no more.',
  },
)

/** What the messages of a stream are called, and what they hold. */
export const streamMessages = [
  { names: ['snapshot'], data: Snapshot },
  { names: ['progress', 'finished'], data: Change },
] as const

/** One message of the stream, its `data` read as JSON. */
export const StreamMessage = Type.Union(
  streamMessages.map(({ names, data }) =>
    Type.Object({
      id: Type.String({ description: 'The version of the session.', examples: ['7'] }),
      event: OneOf(names as readonly string[], { description: 'What the message is.' }),
      data,
    }),
  ),
  { title: 'StreamMessage', description: 'A message of the stream; `finished` is the last one.' },
)
