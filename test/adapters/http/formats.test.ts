import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formats } from '../../../src/adapters/http/formats.ts'

const test = suite('formats')

const cases: Record<string, { right: string[]; wrong: string[] }> = {
  'date-time': {
    right: [
      '2024-02-29T23:59:59Z',
      '2025-03-01T18:30:00.123456789+13:45',
      '1900-01-01T00:00:00-00:00',
      '2025-03-01t00:00:00z',
    ],
    wrong: [
      '2023-02-29T00:00:00Z',
      '2025-03-01 18:30:00Z',
      '2025-03-01T18:30:00',
      '2025-03-01T24:00:00Z',
      '2025-03-01T18:60:00Z',
      '2025-03-01T18:30:60Z',
      '2025-03-01T18:30Z',
      '2025-03-01T18:30:00+0100',
      '2025-03-01T18:30:00+24:00',
      '2025-03-01T18:30:00.Z',
      '2025-13-01T18:30:00Z',
      '+002025-03-01T18:30:00Z',
      ' 2025-03-01T18:30:00Z',
      '1740853800',
    ],
  },
  date: {
    right: ['2000-02-29', '2024-02-29', '2025-04-30', '2025-12-31'],
    wrong: [
      '1900-02-29',
      '2025-04-31',
      '2025-00-10',
      '2025-13-10',
      '2025-01-00',
      '2025-1-1',
      '20250101',
      '',
      'yesterday',
    ],
  },
  uuid: {
    right: ['0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70', '0197A2C4-6D1E-7C3A-9B52-0F6E8D4C1A70'],
    wrong: [
      '0197a2c46d1e7c3a9b520f6e8d4c1a70',
      '{0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70}',
      '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a7g',
    ],
  },
  email: {
    right: ['ada@example.org', "o'hara+gym@mail.example.co.uk", 'žofie@пример.рф'],
    wrong: [
      'a\u0000da@example.org',
      'a\u200bda@example.org',
      'ada\ud800@example.org',
      'ada',
      'ada@',
      '@example.org',
      'ada@example',
      'a b@example.org',
      'ada@@example.org',
      '.ada@example.org',
      'a..b@example.org',
      'ada@-example.org',
      `${'a'.repeat(65)}@example.org`,
      'ada@example.org\n',
    ],
  },
  'time-zone': {
    right: ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'],
    wrong: ['+01:00', 'Europe/Atlantis', '', 'Europe/Berlin ', '../etc/passwd'],
  },
  text: {
    right: ['', 'Приседания 💪', 'two\nlines\tand a tab', '\ufffd'],
    wrong: ['\u0000', 'bell\u0007', 'half a pair \ud83d', '\u007f'],
  },
}

for (const [name, { right, wrong }] of Object.entries(cases)) {
  test(`${name} takes what is one, and nothing else`, () => {
    const passes = (text: string) => formats[name]?.(text)
    assert.equal(
      right.filter((text) => !passes(text)),
      [],
    )
    assert.equal(wrong.filter(passes), [])
  })
}

test('a name of a zone is answered the same the second time', () => {
  const twice = ['Asia/Tokyo', 'Asia/Tokyo', 'Asia/Nowhere', 'Asia/Nowhere']
  assert.equal(
    twice.map((name) => formats['time-zone']?.(name)),
    [true, true, false, false],
  )
})

test.run()
