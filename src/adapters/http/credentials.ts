import Type from 'typebox'
import type { Credentials } from '../../application/credentials.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { GivenPassword, newPassword } from './me.ts'
import { type Route, route } from './route.ts'
import { callerKey, loginKey, type Throttle } from './throttle.ts'

const shared = { tag: 'Accounts', idempotent: false } as const

/** `passwordMin`: code points that a new password has at least. */
export function credentialRoutes(
  credentials: Pick<Credentials, 'changePassword' | 'resetPassword'>,
  throttle: Throttle,
  passwordMin: number,
): Route[] {
  const change = route(
    'POST',
    '/v1/auth/password',
    {
      ...shared,
      summary: 'Change the password',
      description:
        'Every other login ends at once, with its tokens and streams, and so does a ticket for a reset. ' +
        'Personal access tokens go on until they are revoked. Wrong current passwords are throttled as at ' +
        'logging in.',
      access: 'login',
      body: Type.Object(
        { currentPassword: GivenPassword, newPassword: newPassword(passwordMin) },
        {
          title: 'PasswordChange',
          examples: [
            {
              currentPassword: 'correct horse battery staple',
              newPassword: 'nine quiet mornings by the sea',
            },
          ],
        },
      ),
      answers: { 204: { description: 'Changed.' } },
    },
    async ({ caller, body, address }) => {
      const refusal = await throttle.attempt({ account: callerKey(caller.userId), address }, () =>
        credentials.changePassword(caller, body.currentPassword, body.newPassword),
      )
      return refusal ?? { status: 204 }
    },
  )

  const reset = route(
    'POST',
    '/v1/auth/reset',
    {
      ...shared,
      summary: 'A new password for somebody who has forgotten theirs',
      description:
        'Whoever runs the service makes the `ticket`, with `repledger password-reset`. It is good for an ' +
        'hour and for one new password, and a newer one takes its place; a password that is refused does ' +
        'not spend it. Every login and every personal access token of the person ends at once.',
      access: 'nobody',
      body: Type.Object(
        { ticket: Ticket, newPassword: newPassword(passwordMin) },
        {
          title: 'PasswordReset',
          examples: [{ ticket: exampleTicket, newPassword: 'nine quiet mornings by the sea' }],
        },
      ),
      answers: { 204: { description: 'The new password counts.' } },
      refusals: [401],
    },
    async ({ body: { ticket, newPassword }, address }) => {
      const whose = await throttle.attempt({ address }, () => credentials.resetPassword(ticket, newPassword))
      if (isRefusal(whose)) return whose
      // They have waited long enough.
      throttle.forgive({ account: loginKey(whose.email), address })
      return { status: 204 }
    },
  )

  return [change, reset]
}

const exampleTicket = 'rlr_n2eJ0nWfPbq0o8nA1b1m7Yy1zv3L9m0kq2s5t8w1x4Y'

const Ticket = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'As it was printed.',
  examples: [exampleTicket],
})
