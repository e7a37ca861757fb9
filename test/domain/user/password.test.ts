import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commonPasswords, leakedPasswords } from '../../../src/domain/user/common-passwords.ts'
import { passwordErrors } from '../../../src/domain/user/password.ts'

const ann = { email: 'Annabel.Lee@Example.org', firstName: 'Annabel', lastName: 'Lee' }
const reasons = (password: string, least?: number, owner: Parameters<typeof passwordErrors>[1] = ann) => {
  return passwordErrors(password, owner, least).map(({ code }) => code)
}

const rules = suite('passwordErrors')

rules('takes any composition of a long enough password', () => {
  for (const password of ['correct horse battery staple', 'zzzzzzzzzzzz', 'пойду-ка в зал', '🏋🏋🏋🏋🏋🏋🏋🏋🏋🏋🏋🏋']) {
    assert.equal(reasons(password), [], password)
  }
})

rules('counts code points, not halves of them', () => {
  assert.equal(reasons('🏋'.repeat(11)), ['too-short'])
  assert.equal(reasons('🏋'.repeat(128)), [])
  assert.equal(reasons('🏋'.repeat(129)), ['too-long'])
})

rules('follows the least length that is set', () => {
  assert.equal(reasons('eight ch', 8), [])
  assert.equal(reasons('seven c', 8), ['too-short'])
})

rules('refuses a common password in any case, and one that contains it', () => {
  assert.equal(reasons('Sunshine', 8), ['too-common'])
  assert.equal(reasons('QWERTYUIOPASDF'), ['too-common'])
  assert.equal(reasons('xx-PassWord-yy'), ['too-common'])
})

rules('refuses what leaked often, also with digits and signs around it, and no text that holds it', () => {
  assert.equal(reasons('Butterfly', 8), ['too-common'])
  assert.equal(reasons('123456QWERTY'), ['too-common'])
  assert.equal(reasons('**Butterfly2024!'), ['too-common'])
  assert.equal(reasons('a butterfly on a barbell'), [])
})

rules('takes a NUL for a character like any other', () => {
  assert.equal(reasons(`six\0six\0six\0`), [])
  assert.equal(reasons('\0'.repeat(11)), ['too-short'])
})

rules('refuses the e-mail, its local part or a name in any case', () => {
  assert.equal(reasons('annabel.lee@example.ORG'), ['too-personal'])
  assert.equal(reasons('ANNABEL.LEE', 8), ['too-personal'])
  assert.equal(reasons('christopher', 8, { ...ann, firstName: 'Christopher' }), ['too-personal'])
  assert.equal(reasons('ﬁtzgerald', 8, { ...ann, lastName: 'Fitzgerald' }), ['too-personal'])
})

rules('refuses what contains one of these of six characters or more, and no shorter one', () => {
  assert.equal(reasons('my annabel is strong'), ['too-personal'])
  assert.equal(reasons('seven leeward sailors'), [])
  assert.equal(reasons('ivan-the-strong', 12, { email: 'ivan@example.org', firstName: 'Ivan' }), [])
})

rules('a missing family name is no empty guess', () => {
  assert.equal(reasons(' '.repeat(12), 12, { email: 'ann@example.org', firstName: 'Ann' }), [])
})

rules('refuses halves of characters, of which any two have the same hash', () => {
  assert.equal(reasons('\ud800'.repeat(12)), ['wrong-format'])
})

rules('names the field and the reason', () => {
  assert.equal(passwordErrors('short', ann, 12, '/newPassword'), [
    { pointer: '/newPassword', code: 'too-short', message: 'A password has at least 12 characters.' },
  ])
})

rules.run()

const common = suite('commonPasswords')

common('are some two hundred, folded, of eight characters or more, none containing another', () => {
  assert.ok(commonPasswords.length > 180)
  for (const password of commonPasswords) {
    assert.is(password, password.normalize('NFKC').toLowerCase())
    assert.ok([...password].length >= 8, password)
    assert.equal(
      commonPasswords.filter((other) => other.includes(password)),
      [password],
    )
  }
})

common('of what leaked there are 3,000 and more besides, folded too', () => {
  assert.ok(leakedPasswords.size >= 3000)
  for (const password of leakedPasswords) {
    assert.is(password, password.normalize('NFKC').toLowerCase())
    assert.ok([...password].length >= 8, password)
    assert.not(
      commonPasswords.some((other) => password.includes(other)),
      password,
    )
  }
})

common.run()
