import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSettings } from '../../../src/adapters/cli/settings.ts'

const defaults = {
  host: '0.0.0.0',
  port: 5005,
  dataDir: resolve('data'),
  logLevel: 'info',
  corsOrigins: '*',
  trustProxyHops: 0,
  requestsPerMinute: 20_000,
  passwordMinLength: 12,
  masterKey: undefined,
  masterKeyFile: undefined,
  publicUrl: undefined,
  metricsHost: '127.0.0.1',
  metricsPort: undefined,
}
const keyBytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7))

const good = suite('settings that fit')

good('have a default each, so that nothing needs to be given', () => {
  assert.equal(readSettings({}), defaults)
})

good('take an empty text for none', () => {
  const names = ['HOST', 'PORT', 'DATA_DIR', 'LOG_LEVEL', 'CORS_ORIGINS', 'TRUST_PROXY_HOPS', 'RATE_LIMIT']
  const more = ['PASSWORD_MIN', 'MASTER_KEY', 'MASTER_KEY_FILE', 'PUBLIC_URL', 'METRICS_HOST', 'METRICS_PORT']
  assert.equal(readSettings(Object.fromEntries([...names, ...more].map((name) => [name, ' ']))), defaults)
})

good('are read from every variable', () => {
  const environment = {
    HOST: '::1',
    PORT: '0',
    DATA_DIR: 'elsewhere',
    LOG_LEVEL: 'silent',
    CORS_ORIGINS: 'https://app.example, http://localhost:8080',
    TRUST_PROXY_HOPS: '2',
    RATE_LIMIT: '60',
    PASSWORD_MIN: '8',
    MASTER_KEY: keyBytes.toString('hex'),
    PUBLIC_URL: 'https://gym.example/ledger/',
    METRICS_HOST: '0.0.0.0',
    METRICS_PORT: '9464',
    UNRELATED: 'left alone',
  }
  assert.equal(readSettings(environment), {
    host: '::1',
    port: 0,
    dataDir: resolve('elsewhere'),
    logLevel: 'silent',
    corsOrigins: ['https://app.example', 'http://localhost:8080'],
    trustProxyHops: 2,
    requestsPerMinute: 60,
    passwordMinLength: 8,
    masterKey: keyBytes.toString('hex'),
    masterKeyFile: undefined,
    publicUrl: 'https://gym.example/ledger',
    metricsHost: '0.0.0.0',
    metricsPort: 9464,
  })
})

good('take the master key in hex and in both kinds of base64, or its file', () => {
  for (const MASTER_KEY of [
    keyBytes.toString('hex').toUpperCase(),
    keyBytes.toString('base64'),
    keyBytes.toString('base64url'),
  ]) {
    assert.equal(readSettings({ MASTER_KEY }), { ...defaults, masterKey: MASTER_KEY })
  }
  const MASTER_KEY_FILE = resolve('master.key')
  assert.equal(readSettings({ MASTER_KEY_FILE }), { ...defaults, masterKeyFile: MASTER_KEY_FILE })
})

good('let the rate limit be turned off and every origin be named by a star', () => {
  assert.equal(readSettings({ RATE_LIMIT: 'off', CORS_ORIGINS: '*' }), {
    ...defaults,
    requestsPerMinute: 'off',
  })
})

const bad = suite('settings that do not fit')

bad('are all named at once', () => {
  const environment = {
    HOST: 'two words',
    PORT: '65536',
    LOG_LEVEL: 'loud',
    CORS_ORIGINS: 'https://app.example/path',
    TRUST_PROXY_HOPS: '-1',
    RATE_LIMIT: '0',
    PASSWORD_MIN: '7',
    MASTER_KEY: 'short',
    PUBLIC_URL: 'ftp://gym.example',
  }
  assert.equal(readSettings(environment), {
    problems: [
      'HOST must be a host name or an address, not "two words".',
      'PORT must be a whole number from 0 to 65535, not "65536".',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud".',
      'CORS_ORIGINS must be * or a list of origins such as https://app.example, with commas, ' +
        'not "https://app.example/path".',
      'TRUST_PROXY_HOPS must be a whole number from 0 to 10, not "-1".',
      'RATE_LIMIT must be off or a whole number from 1 to 1000000, not "0".',
      'PASSWORD_MIN must be a whole number from 8 to 128, not "7".',
      'MASTER_KEY must be 32 bytes in hex or base64, not what it is.',
      'PUBLIC_URL must be an http or https URL without a query, not "ftp://gym.example".',
    ],
  })
})

const refused: readonly [name: string, text: string][] = [
  ['PORT', '1e3'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['LOG_LEVEL', 'INFO'],
  ['CORS_ORIGINS', 'https://app.example,'],
  ['CORS_ORIGINS', '*, https://app.example'],
  ['CORS_ORIGINS', 'app.example'],
  ['TRUST_PROXY_HOPS', 'yes'],
  ['RATE_LIMIT', 'on'],
  ['PASSWORD_MIN', '129'],
  ['MASTER_KEY', 'g'.repeat(64)],
  ['MASTER_KEY', `${keyBytes.toString('hex')}00`],
  ['PUBLIC_URL', 'gym.example'],
  ['PUBLIC_URL', 'https://gym.example/?a=1'],
  ['PUBLIC_URL', 'https://somebody@gym.example'],
]

for (const [name, text] of refused) {
  bad(`${name} is never ${text}`, () => {
    const settings = readSettings({ [name]: text })
    const problems = 'problems' in settings ? settings.problems : []
    assert.equal(
      problems.map((problem) => problem.split(' ')[0]),
      [name],
    )
  })
}

bad('never show a key, and cut what is long', () => {
  const MASTER_KEY = 'z'.repeat(44)
  const settings = readSettings({ MASTER_KEY, LOG_LEVEL: 'l'.repeat(500) })
  const text = JSON.stringify(settings)
  assert.not.match(text, MASTER_KEY)
  assert.ok(text.length < 400)
})

bad('give the key twice', () => {
  const settings = readSettings({ MASTER_KEY: keyBytes.toString('hex'), MASTER_KEY_FILE: 'master.key' })
  const both = 'MASTER_KEY and MASTER_KEY_FILE must not both be given.'
  assert.equal(settings, { problems: [both] })
  assert.equal(readSettings({ MASTER_KEY: 'x', MASTER_KEY_FILE: 'master.key' }), {
    problems: ['MASTER_KEY must be 32 bytes in hex or base64, not what it is.', both],
  })
})

good.run()
bad.run()
