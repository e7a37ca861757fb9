import type { Database } from 'better-sqlite3'
import type { UserReads, UserSettings } from '../../../application/users.ts'
import { emailKey, phoneKey } from '../../../domain/user/user.ts'
import { forgetting, type View } from '../views.ts'

export const usersView: View = {
  name: 'users',
  version: 1,
  tables: `
    CREATE TABLE user (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      email TEXT NOT NULL UNIQUE,
      phone TEXT UNIQUE,
      units TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      classic_id_hmac TEXT UNIQUE
    ) STRICT;
  `,
  unique: { 'user.email': 'email-taken', 'user.phone': 'phone-taken' },
  on(db) {
    const register = db.prepare(
      `INSERT INTO user (key, id, email, phone, units, time_zone, classic_id_hmac)
      VALUES (@key, @userId, @email, @phone, @units, @timeZone, @classicIdHmac)`,
    )
    const change = db.prepare(`
      UPDATE user SET email = coalesce(@email, email), units = coalesce(@units, units),
        time_zone = coalesce(@timeZone, time_zone), phone = iif(@phoneTold, @phone, phone)
      WHERE key = @key
    `)
    return {
      UserRegistered({ streamKey: key, data }) {
        const { userId, email, phone, units, timeZone, classicIdHmac = null } = data
        const keys = { email: emailKey(email), phone: phone === undefined ? null : phoneKey(phone) }
        register.run({ key, userId, ...keys, units, timeZone, classicIdHmac })
      },
      UserProfileChanged({ streamKey, data: { email, phone, units, timeZone } }) {
        change.run({
          key: streamKey,
          email: email === undefined ? null : emailKey(email),
          phone: phone ? phoneKey(phone) : null,
          phoneTold: phone === undefined ? 0 : 1,
          units: units ?? null,
          timeZone: timeZone ?? null,
        })
      },
      UserErased: forgetting(db, 'user WHERE key = @user'),
    }
  },
}

/** The key of the person of this `@userId`. */
export const userKey = '(SELECT key FROM user WHERE id = @userId)'

export function userQueries(db: Database): UserReads {
  const byEmail = db.prepare<[string], string>('SELECT id FROM user WHERE email = ?').pluck()
  const byPhone = db.prepare<[string], string>('SELECT id FROM user WHERE phone = ?').pluck()
  const byClassicId = db.prepare<[string], string>('SELECT id FROM user WHERE classic_id_hmac = ?').pluck()
  const settings = db.prepare<[string], UserSettings>(
    'SELECT units, time_zone AS timeZone FROM user WHERE id = ?',
  )
  return {
    byEmail: async (key) => byEmail.get(key),
    byPhone: async (key) => byPhone.get(key),
    exists: async (userId) => settings.get(userId) !== undefined,
    byClassicId: async (hmac) => byClassicId.get(hmac),
    async settingsOf(userId) {
      const found = settings.get(userId)
      if (found === undefined) throw new Error('There is no such person')
      return found
    },
  }
}
