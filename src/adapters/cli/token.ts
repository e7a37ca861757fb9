import { Command, InvalidArgumentError, Option } from 'commander'
import { type AccessToken, accessTokenLimits } from '../../application/access-tokens.ts'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

type Creating = { scope: 'audit' | 'metrics'; expires?: number; json?: true }

/** Tokens of whoever runs the service; people make theirs over HTTP. */
export function tokenCommand(perform: Perform) {
  const scope = new Option('--scope <scope>', 'what it is for').choices(['audit', 'metrics']).default('audit')
  const create = new Command('create')
    .description('make a token and print its secret, which is shown only now')
    .argument('<name>', 'what it is for, to tell it from the others', nameOf)
    .addOption(scope)
    .option('--expires <days>', 'end it after so many days', days)
    .action((name: string, { scope, expires, ...options }: Creating) =>
      perform(options, async ({ operations, settings, answer }) => {
        const made = await operations.createToken(settings, { name, scope, expiresInDays: expires })
        if (isHindrance(made)) return made
        answer({ ...shown(made), token: made.token }, [made.token, lineOf(made)])
        return exitCodes.good
      }),
    )
  const list = new Command('list')
    .description('list the tokens, the newest first, without their secrets')
    .action((options) =>
      perform(options, async ({ operations, settings, answer }) => {
        const tokens = await operations.listTokens(settings)
        if (isHindrance(tokens)) return tokens
        answer(tokens.map(shown), tokens.length === 0 ? ['There are no tokens.'] : tokens.map(lineOf))
        return exitCodes.good
      }),
    )
  const revoke = new Command('revoke')
    .description('end a token at once')
    .argument('<id>', 'the id of the token, as `list` shows it')
    .action((id: string, options) =>
      perform(options, async ({ operations, settings, answer }) => {
        const revoked = await operations.revokeToken(settings, id)
        if (isHindrance(revoked)) return revoked
        answer(revoked, [`revoked ${revoked.id}`])
        return exitCodes.good
      }),
    )
  const command = new Command('token').description('the tokens of the operator, such as for audits')
  return command.addCommand(create).addCommand(list).addCommand(revoke)
}

function shown({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: AccessToken) {
  const [made, ends, used] = [createdAt, expiresAt, lastUsedAt].map(timeOf)
  return { id, name, scopes, createdAt: made, expiresAt: ends ?? null, lastUsedAt: used ?? null }
}

function lineOf({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: AccessToken) {
  const facts = [
    `made ${timeOf(createdAt)}`,
    expiresAt === undefined ? 'never expires' : `expires ${timeOf(expiresAt)}`,
    lastUsedAt === undefined ? 'never used' : `last used ${timeOf(lastUsedAt)}`,
  ]
  return `${id} ${scopes.join(',')} "${name}" ${facts.join(', ')}`
}

function timeOf(at: number | undefined) {
  return at === undefined ? undefined : new Date(at).toISOString()
}

function nameOf(text: string) {
  const name = text.trim()
  const isLong = [...name].length > accessTokenLimits.nameLength
  if (name === '' || isLong || /\p{C}/u.test(name)) {
    throw new InvalidArgumentError(`A name is a line of 1 to ${accessTokenLimits.nameLength} characters.`)
  }
  return name
}

function days(text: string) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Days are a whole number from 1 to 9999.')
  return Number(text)
}
