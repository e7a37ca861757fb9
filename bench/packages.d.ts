// As much of the packages as is used here, so that the types hold where they are not installed.

declare module 'autocannon' {
  export type Sent = { method: string; path: string; headers: Record<string, string>; body?: string }
  export type Planned = {
    method: string
    path?: string
    headers?: Record<string, string>
    body?: string
    setupRequest?: (request: Sent) => Sent
    onResponse?: (status: number, body: string) => void
  }
  type Client = { setRequests: (requests: readonly Planned[]) => void }
  type Options = {
    url: string
    connections: number
    duration: number
    setupClient: (client: Client) => void
  }
  type Statuses = Record<'2xx' | '3xx' | '4xx' | '5xx', number>
  export type Result = Statuses & { duration: number; errors: number; timeouts: number }
  const autocannon: (options: Options) => Promise<Result>

  export { autocannon as 'module.exports' }
}

declare module 'fastify' {
  type Asked = { body: unknown; params: { id: string } }
  type Reply = { code: (status: number) => Reply }
  type Handle = (request: Asked, reply: Reply) => Promise<unknown>
  type Fastify = {
    post: (path: string, options: object, handle: Handle) => void
    listen: (options: { port: number; host: string }) => Promise<string>
  }
  export const fastify: () => Fastify
}

declare module '@event-driven-io/emmett-sqlite' {
  type Connection = { command: (sql: string) => Promise<unknown>; close: () => void }
  type Pool = { fileName: string; connectionOptions: { singleton: true; connection: Connection } }
  type Versioned = { expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' }
  type Folding<S, E> = { initialState: () => S; evolve: (state: S, event: E) => S }
  type Store = {
    appendToStream: (stream: string, events: readonly object[], options: Versioned) => Promise<unknown>
    aggregateStream: <S, E>(stream: string, folding: Folding<S, E>) => Promise<{ state: S }>
  }
  export const sqliteConnection: (options: { fileName: string }) => Connection
  export const getSQLiteEventStore: (options: Pool) => Store
}
