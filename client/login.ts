import type { Credentials, TokenPair } from './api.ts'

/** Time that a token must still have, so that it does not end on the way. */
const MARGIN_MS = 30_000

/** What is kept of a login from one start of the program to the next. */
export type Tokens = { accessToken: string; refreshToken: string; endsAt: number }

/** Where the tokens are kept; several tabs or processes may share one place. */
export type TokenStore = {
  load(): Tokens | undefined | Promise<Tokens | undefined>
  /** Undefined when the login has ended. */
  save(tokens: Tokens | undefined): void | Promise<void>
}

export type LoginParts = {
  /** A personal access token: nothing else is ever sent then. */
  token: string | undefined
  store: TokenStore
  /** Whom to log in when there is no login, or it has ended. */
  credentials: (() => Credentials | Promise<Credentials>) | undefined
  now(): number
  logIn(credentials: Credentials): Promise<TokenPair>
  /** Undefined where the login has ended. */
  refresh(refreshToken: string): Promise<TokenPair | undefined>
}

export type LoginState = ReturnType<typeof createLogin>

/** The tokens of one login, renewed ahead of their end by one request at a time. */
export function createLogin({ token, store, credentials, now, logIn, refresh }: LoginParts) {
  let tokens: Tokens | undefined
  let renewing: Promise<string | undefined> | undefined

  async function keep({ accessToken, refreshToken, expiresIn }: TokenPair): Promise<string> {
    const lifeMs = expiresIn * 1000
    tokens = { accessToken, refreshToken, endsAt: now() + lifeMs }
    await store.save(tokens)
    return accessToken
  }

  async function forget() {
    tokens = undefined
    await store.save(undefined)
  }

  function good(found: Tokens | undefined, refused: string | undefined): string | undefined {
    const isGood = found !== undefined && found.accessToken !== refused && now() + MARGIN_MS < found.endsAt
    return isGood ? found.accessToken : undefined
  }

  async function renew(refused: string | undefined): Promise<string | undefined> {
    // Another tab may have been faster; its refresh token is the one that is good.
    tokens = (await store.load()) ?? tokens
    const known = good(tokens, refused)
    if (known !== undefined) return known
    if (tokens !== undefined) {
      const pair = await refresh(tokens.refreshToken)
      if (pair !== undefined) return keep(pair)
      await forget()
    }
    return credentials === undefined ? undefined : keep(await logIn(await credentials()))
  }

  return {
    keep,
    forget,
    /** The token to be sent, another than the one that was refused; undefined where nobody is logged in. */
    async accessToken(refused?: string): Promise<string | undefined> {
      if (token !== undefined) return refused === undefined ? token : undefined
      const known = good(tokens, refused)
      if (known !== undefined) return known
      renewing ??= renew(refused).finally(() => {
        renewing = undefined
      })
      return renewing
    },
  }
}
