import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkOf, originOf } from '../../../src/adapters/http/address.ts'

const test = suite('address')

type Asked = Parameters<typeof originOf>[0]

function from(headers: Record<string, string>, hops: number, remoteAddress: string | undefined = '10.9.9.9') {
  return originOf({ headers, socket: { remoteAddress } } as unknown as Asked, hops)
}

function networkOfForwarded(forwarded: string, hops: number) {
  return from({ 'x-forwarded-for': forwarded }, hops).network
}

test('an address of IPv4 stands for itself, however it is spelled', () => {
  for (const spelled of ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:192.0.2.7', '::ffff:c000:207']) {
    assert.is(networkOf(spelled), '192.0.2.7', spelled)
  }
  assert.is(networkOf('0:0:0:0:0:ffff:c000:207'), '192.0.2.7')
})

test('all who share the first half of an address of IPv6 are one', () => {
  for (const address of [
    '2001:db8:0:7::1',
    '2001:db8::7:ffff:ffff:ffff:ffff',
    '2001:0DB8:0000:0007:0:0:192.0.2.7',
    '2001:db8:0:7::1%eth0',
  ]) {
    assert.is(networkOf(address), '2001:db8:0:7::/64', address)
  }
  assert.is(networkOf('2001:db8:0:8::1'), '2001:db8:0:8::/64')
  assert.equal(
    [networkOf('::1'), networkOf('::'), networkOf('1::')],
    ['0:0:0:0::/64', '0:0:0:0::/64', '1:0:0:0::/64'],
  )
})

test('what is forwarded is not believed where there is no proxy', () => {
  const headers = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https' }
  assert.equal(from(headers, 0), { network: '10.9.9.9', isSecure: false })
})

test('of a list that entry is believed which the outermost of our proxies has written', () => {
  const list = '6.6.6.6, 192.0.2.7 ,192.0.2.8,\t192.0.2.9'
  assert.equal(
    [1, 2, 3, 4, 5].map((hops) => networkOfForwarded(list, hops)),
    ['192.0.2.9', '192.0.2.8', '192.0.2.7', '6.6.6.6', '6.6.6.6'],
  )
  assert.is(networkOfForwarded(`${'6.6.6.6,'.repeat(1000)}192.0.2.7`, 1), '192.0.2.7')
})

test('a port and brackets are taken off', () => {
  assert.is(networkOfForwarded('192.0.2.7:51234', 1), '192.0.2.7')
  assert.is(networkOfForwarded('[2001:db8:0:7::1]:51234', 1), '2001:db8:0:7::/64')
  assert.is(networkOfForwarded('[2001:db8:0:7::1]', 1), '2001:db8:0:7::/64')
  assert.is(networkOfForwarded('[::ffff:192.0.2.7]:1', 1), '192.0.2.7')
})

test('where no address stands, the one who is connected counts', () => {
  for (const nonsense of [
    '',
    ',',
    'unknown',
    '1.2.3',
    '1.2.3.4.5',
    '[::1',
    '_hidden',
    '192.0.2.7:x',
    '__proto__',
  ]) {
    assert.is(networkOfForwarded(nonsense, 1), '10.9.9.9', nonsense)
  }
  assert.is(networkOfForwarded('192.0.2.7,', 1), '10.9.9.9')
  assert.is(originOf({ headers: {}, socket: {} } as unknown as Asked, 1).network, '')
})

test('the protocol is believed as the address is', () => {
  const isSecure = (proto: string, hops: number) => from({ 'x-forwarded-proto': proto }, hops).isSecure
  assert.equal([isSecure('https', 1), isSecure('HTTPS', 2), isSecure('http', 1)], [true, true, false])
  assert.equal([isSecure('https, http', 1), isSecure('https, http', 2)], [false, true])
  assert.is(from({}, 1).isSecure, false)
})

test.run()
