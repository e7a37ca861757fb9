import Type from 'typebox'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import { isRefusal } from '../../../domain/refusal.ts'
import { userLimits } from '../../../domain/user/user.ts'
import type { Route } from '../route.ts'
import { Email } from '../schemas.ts'
import { askedOf, ClassicId, classicRoute, FreeText, replayedHeaders, Said } from './classic-route.ts'

const person = {
  first_name: FreeText('What to call the person.', 'Анна'),
  last_name: FreeText('The family name.', 'Иванова'),
}
const contact = {
  email: { ...Email, examples: ['anna@example.org'] },
  phone: FreeText('A phone number, as it is written.', '+79161234567'),
}
const Age = Type.Integer({
  minimum: userLimits.ageYearsLeast,
  maximum: userLimits.ageYearsMost,
  description: 'In whole years.',
  examples: [31],
})

export function accountRoutes(accounts: ClassicAccounts): Route[] {
  const create = classicRoute(
    'POST',
    '/user/create',
    {
      summary: 'Make an account',
      description: 'It has no password: whoever knows its id is let in, until it is claimed under `/v1`.',
      body: Type.Object(
        {
          ...person,
          age: Age,
          ...contact,
          goal: Type.Optional(FreeText('What it is all for.', 'Подтянуться десять раз')),
        },
        { title: 'ClassicAccount', additionalProperties: true },
      ),
      refusals: [409],
      answers: {
        201: {
          description: 'The account is made.',
          schema: Type.Object({ RESPONSE: Said('USER CREATED'), id: ClassicId }, { title: 'ClassicCreated' }),
        },
      },
    },
    async ({ body, metadata, idempotency }) => {
      const { first_name: firstName, last_name: lastName, age: ageYears, email, phone, goal } = body
      const told = { email, firstName, lastName, ageYears, phone, ...(goal !== undefined && { goal }) }
      const created = await accounts.create({ metadata, idempotency }, told)
      if (isRefusal(created)) return created
      const answer = { RESPONSE: 'USER CREATED', id: created.classicId }
      return { status: 201, body: answer, headers: replayedHeaders(created) }
    },
  )

  const read = classicRoute(
    'GET',
    '/user/{id}',
    {
      summary: 'Get an account',
      params: Type.Object({ id: ClassicId }),
      answers: {
        200: {
          description: 'The account.',
          schema: Type.Object(
            {
              RESPONSE: Said('USER FOUND'),
              id: ClassicId,
              ...person,
              last_name: Type.Unsafe<string | null>({
                type: ['string', 'null'],
                description: 'The family name; null where a person registered without one.',
                examples: ['Иванова'],
              }),
              email: contact.email,
              phone: Type.Unsafe<string | null>({
                type: ['string', 'null'],
                description: 'As it was written; null where a person registered without one.',
                examples: ['+79161234567'],
              }),
            },
            { title: 'ClassicPerson' },
          ),
        },
      },
    },
    async (request) => {
      const { id } = request.params
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const { firstName, lastName = null, email, phone = null } = await accounts.profile(asked.userId)
      const names = { first_name: firstName, last_name: lastName }
      return { status: 200, body: { RESPONSE: 'USER FOUND', id, ...names, email, phone } }
    },
  )

  return [create, read]
}
