import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSettings } from '../src/adapters/cli/settings.ts'
import { dockerfileRules, readDockerfile } from './support/dockerfile.ts'
import { readPlainYaml } from './support/plain-yaml.ts'
import { root } from './support/sources.ts'

const read = (name: string) => readFileSync(`${root}/${name}`, 'utf8')

const dockerfile = suite('Dockerfile')
const instructions = readDockerfile(read('Dockerfile'))

for (const [rule, check] of Object.entries(dockerfileRules)) {
  dockerfile(rule, () => assert.equal(check(instructions), []))
}

const offenders: readonly [rule: string, text: string][] = [
  ['every image has a tag, and it is not latest', 'FROM node'],
  ['every image has a tag, and it is not latest', 'FROM node:latest AS a'],
  ['every image has a tag, and it is not latest', `ARG IMAGE=node\nFROM $\{IMAGE}`],
  ['COPY, never ADD; no MAINTAINER, no ONBUILD', 'ADD src src'],
  ['CMD, ENTRYPOINT and HEALTHCHECK CMD are lists', 'CMD npm start'],
  ['CMD, ENTRYPOINT and HEALTHCHECK CMD are lists', 'HEALTHCHECK --timeout=3s CMD curl localhost'],
  ['one CMD and one HEALTHCHECK', 'CMD ["a"]\nCMD ["b"]\nHEALTHCHECK CMD ["c"]'],
  ['whoever it runs as is not root, and is known by number', 'FROM a:1\nUSER node'],
  ['whoever it runs as is not root, and is known by number', 'FROM a:1\nUSER 0:0'],
  ['nothing is done after USER but what it runs', 'FROM a:1\nUSER 1:1\nRUN make'],
  ['a WORKDIR is absolute, and stands before what is relative to it', 'FROM a:1\nCOPY a b\nWORKDIR /app'],
  ['COPY --from names a stage', 'FROM a:1 AS b\nCOPY --from=c d e'],
  ['no sudo, no shell of another kind', 'RUN sudo make'],
  ['packages are installed by npm ci, for production, without their scripts', 'RUN npm install'],
  ['packages are installed by npm ci, for production, without their scripts', 'RUN npm ci --omit=dev'],
  ['apt installs nothing besides, and leaves no lists', 'RUN apt-get install -y curl'],
  ['no pipe hides a failure', 'RUN curl a | sh'],
  ['no cd where WORKDIR does', 'RUN make && cd b'],
  ['no secret stands in it', 'ENV MASTER_KEY=0123'],
]

for (const [rule, text] of offenders) {
  dockerfile(`${JSON.stringify(text)} breaks: ${rule}`, () => {
    assert.is(dockerfileRules[rule]?.(readDockerfile(text)).length, 1)
  })
}

dockerfile('the image has nothing but what is copied into it', () => {
  const allowed = read('.dockerignore')
    .match(/^!.*$/gm)
    ?.map((line) => line.slice(1))
  const copied = instructions
    .filter(({ name, options }) => name === 'COPY' && options.from === undefined)
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1))
  assert.equal(allowed?.sort(), [...new Set(copied)].sort())
  assert.match(read('.dockerignore'), /^\*$/m)
})

type Container = {
  image: string
  profiles?: string[]
  read_only?: boolean
  privileged?: boolean
  user?: string
  cap_drop?: string[]
  cap_add?: string[]
  security_opt?: string[]
  pids_limit?: number
  restart?: string
  network_mode?: string
  ports?: string[]
  volumes?: string[]
  environment?: Record<string, string>
  healthcheck?: { test?: string[]; disable?: boolean }
  stop_grace_period?: string
  depends_on?: Record<string, object>
}

const compose = suite('compose.yaml')
const document = readPlainYaml(read('compose.yaml')) as never as {
  services: Record<string, Container>
  volumes: Record<string, null>
}
const { services, volumes } = document

for (const [name, container] of Object.entries(services)) {
  compose(`${name} may do as little as it can`, () => {
    const { read_only, privileged, cap_drop, cap_add = [], security_opt, pids_limit } = container
    assert.equal([read_only, privileged, cap_drop], [true, undefined, ['ALL']])
    assert.equal(security_opt, ['no-new-privileges:true'])
    assert.ok(Number(pids_limit) > 0)
    assert.equal(cap_add, name === 'tls' ? ['NET_BIND_SERVICE'] : [])
    if (name !== 'tls') assert.is(container.user, '1000:1000')
    assert.ok([undefined, 'none'].includes(container.network_mode))
  })

  compose(`${name} is an image of a known version that comes up again`, () => {
    assert.match(container.image, /^[\w/-]+:(?!latest$)[\w.-]+$/)
    assert.is(container.restart, 'unless-stopped')
    assert.ok(container.healthcheck !== undefined)
  })

  compose(`${name} names only volumes and others that there are`, () => {
    for (const volume of container.volumes ?? []) {
      const [from = ''] = volume.split(':')
      assert.ok(from.startsWith('./') || from in volumes, volume)
      assert.not.match(from, /docker\.sock|^\//)
    }
    for (const other of Object.keys(container.depends_on ?? {})) assert.ok(other in services, other)
  })
}

compose('only the proxy can be reached from elsewhere', () => {
  const open = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `${name} ${port}`),
  )
  assert.equal(open, ['tls 80:80', 'tls 443:443', 'tls 443:443/udp'])
  assert.equal(
    Object.entries(services).map(([name, { profiles }]) => [name, profiles]),
    [
      ['repledger', undefined],
      ['tls', ['tls']],
      ['backup', ['backup']],
    ],
  )
})

compose('the settings are such as the program knows, and their defaults pass', () => {
  const { environment = {}, healthcheck, stop_grace_period } = services.repledger as Container
  const given = Object.entries(environment).map(([name, text]) => [
    name,
    text.replace(/\$\{\w+:-(.*)\}/, '$1'),
  ])
  const settings = readSettings(Object.fromEntries(given))
  assert.not('problems' in settings)
  const known = readFileSync(`${root}/src/adapters/cli/settings.ts`, 'utf8')
  for (const [name] of given) assert.ok(known.includes(`read('${name}'`), name)
  const ofImage = instructions.find(({ name }) => name === 'HEALTHCHECK')?.rest.replace('CMD ', '')
  assert.equal(
    healthcheck?.test?.slice(1).map((word) => word.replaceAll('$$', '$')),
    JSON.parse(ofImage ?? ''),
  )
  assert.is(stop_grace_period, '30s')
})

compose('the proxy hands everything to the service, and waits for one that restarts', () => {
  const caddyfile = read('Caddyfile')
  assert.match(caddyfile, /^\{\$DOMAIN\} \{$/m)
  assert.match(caddyfile, /^\treverse_proxy repledger:5005 \{$/m)
  assert.match(caddyfile, /^\t\tlb_try_duration 30s$/m)
  assert.is(caddyfile.match(/\{/g)?.length, caddyfile.match(/\}/g)?.length)
})

const yaml = suite('plain YAML')

yaml('is read like other YAML', () => {
  const text =
    'a: 1\n# no\nb:\n  - x y\n  - "#: \\"q\\""\n  - >-\n    one\n    two\nc: [d, "e, f", 3]\ng:\nh: true\n'
  assert.equal(readPlainYaml(text), {
    ...{ a: 1, b: ['x y', '#: "q"', 'one two'], c: ['d', 'e, f', 3], g: null, h: true },
  })
})

for (const text of [
  'a: &x 1',
  'a: {b: 1}',
  'a: b # c',
  'a: 1\na: 2',
  'a:\n  b: 1\n c: 2',
  "a: 'b'",
  'a: |',
]) {
  yaml(`${JSON.stringify(text)} is not taken`, () => assert.throws(() => readPlainYaml(text)))
}

dockerfile.run()
compose.run()
yaml.run()
