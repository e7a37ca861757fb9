// Does what a builder and an engine do, step by step, with the commands that stand in the files.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Instruction, readDockerfile, stagesOf } from '../support/dockerfile.ts'
import { readPlainYaml } from '../support/plain-yaml.ts'
import { root as context } from '../support/sources.ts'

const test = suite('deploying')
const folder = mkdtempSync(join(tmpdir(), 'repledger-deploy-'))
chmodSync(folder, 0o755)
const isRoot = process.getuid?.() === 0
const DAY_SECONDS = 24 * 60 * 60

type Image = { root: string; cwd: string; env: Record<string, string>; user: string; said: Instruction[] }

/** One stage in a folder of its own; what it asks of the base image, its Node, is there already. */
async function build(stage: Instruction[], others: Map<string, Image>): Promise<Image> {
  const root = mkdtempSync(join(folder, 'stage-'))
  chmodSync(root, 0o755)
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true })
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'))
  const image: Image = { root, cwd: root, env: {}, user: '0:0', said: stage }
  for (const { name, options, rest } of stage) {
    if (name === 'WORKDIR') image.cwd = join(root, rest)
    if (name === 'USER') image.user = rest
    if (name === 'ENV') {
      for (const [, key = '', quoted, plain = ''] of rest.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)) {
        image.env[key] = quoted ?? plain
      }
    }
    if (name === 'WORKDIR') mkdirSync(image.cwd, { recursive: true })
    if (name === 'RUN') await execute('sh', ['-c', rest], image)
    if (name === 'COPY') copy(image, options, rest.split(' '), others.get(options.from ?? ''))
  }
  return image
}

function copy(image: Image, { chown }: Instruction['options'], paths: string[], from: Image | undefined) {
  const target = paths.pop() as string
  for (const path of paths) {
    const source = from === undefined ? join(context, path) : join(from.root, path)
    const base = target.startsWith('/') ? image.root : image.cwd
    const isInto = target.endsWith('/') && !statSync(source).isDirectory()
    const copied = join(base, target, isInto ? basename(path) : '')
    cpSync(source, copied, { recursive: true, verbatimSymlinks: true })
    const [user, group] = (chown ?? '0:0').split(':').map(Number)
    if (isRoot) chownSync(copied, user as number, group as number)
  }
}

const environmentOf = ({ root, env }: Image) => ({
  HOME: folder,
  PATH: `${join(root, 'usr/local/bin')}:${process.env.PATH}`,
  ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text.replace(/^(?=\/)/, root)])),
})

const asUser = ({ user }: Image) => {
  const [uid, gid] = user.split(':').map(Number)
  return isRoot ? { uid: uid as number, gid: gid as number } : {}
}

async function execute(command: string, args: string[], image: Image, env: Record<string, string> = {}) {
  // Packages come through the settings and the cache of whoever runs this.
  const { PATH: _, ...ours } = image.user === '0:0' ? process.env : {}
  const options = { cwd: image.cwd, env: { ...environmentOf(image), ...ours, ...env }, ...asUser(image) }
  return await promisify(execFile)(command, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }) => {
      if (command === 'sh') throw new Error(`${args.at(-1)}\n${stdout}${stderr}`)
      return { code, output: stdout + stderr }
    },
  )
}

/** All that lies in the image but its volumes, with when it was last changed. */
function untouched({ root }: Image): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/^(data|backups|vaults)(\/|$)/.test(path))
    .map((path) => `${path} ${lstatSync(join(root, path)).mtimeMs}`)
}

const listOf = (image: Image, name: string): string[] =>
  JSON.parse(image.said.find((said) => said.name === name)?.rest.replace(/^CMD /, '') as string)

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return String(port)
}

const stages = stagesOf(readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8')))
const images = new Map<string, Image>()
let image: Image

test('the image is built from nothing but what is copied, and holds no tools', async () => {
  for (const stage of stages) {
    image = await build(stage, images)
    images.set(/ AS (\S+)$/.exec(stage[0]?.rest ?? '')?.[1] ?? 'last', image)
  }
  const packages = readdirSync(join(image.cwd, 'node_modules'))
  assert.ok(packages.includes('better-sqlite3'))
  for (const tool of ['typescript', 'c8', 'uvu', 'node']) assert.not(packages.includes(tool), tool)
  assert.equal(readdirSync(image.cwd).sort(), ['LICENSE', 'client', 'node_modules', 'package.json', 'src'])
})

test('what is built serves, is healthy, is backed up, ends well, and writes to its volumes', async () => {
  const before = untouched(image)
  if (!isRoot) await promisify(execFile)('chmod', ['-R', 'a-w', image.cwd])
  image.env.PORT = await freePort()
  image.env.HOST = '127.0.0.1'
  const [program = '', ...args] = listOf(image, 'CMD')
  const child = spawn(program, args, {
    ...{ cwd: image.cwd, env: environmentOf(image), ...asUser(image) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  assert.match(line, / answers at /)

  const [probe = '', ...probed] = listOf(image, 'HEALTHCHECK')
  assert.is((await execute(probe, probed, image)).code, 0)

  await backUp()

  child.kill('SIGTERM')
  assert.is((await exited)[0], 0)
  assert.is((await execute(probe, probed, image)).code, 1)
  assert.equal(untouched(image), before)
  rmSync(folder, { recursive: true })
})

/** One round of the loop that stands in compose.yaml, beside the server. */
async function backUp() {
  const text = readFileSync(join(context, 'compose.yaml'), 'utf8')
  const { services } = readPlainYaml(text) as never as { services: Record<string, { command: string[] }> }
  const [shell = '', flag = '', script = ''] = services.backup?.command ?? []
  const { root } = image
  const kept = { backups: 91, vaults: 8 }
  for (const [place, days] of Object.entries(kept)) {
    const old = join(root, place, 'old')
    mkdirSync(old)
    if (isRoot) chownSync(old, 1000, 1000)
    const at = Date.now() / 1000 - (days + 1) * DAY_SECONDS
    utimesSync(old, at, at)
  }
  const once = script
    .replaceAll('$$', '$')
    .replaceAll(/(?<=[" ])\/(?=backups|vaults)/g, `${resolve(root)}/`)
    .replace('sleep "$EVERY_SECONDS"', 'exit')
  assert.is.not(once, script)
  const { output } = await execute(shell, [flag, once], image, { KEEP_DAYS: '90', KEEP_VAULT_DAYS: '7' })
  const [backups, vaults] = ['backups', 'vaults'].map((place) => readdirSync(join(root, place)))
  assert.is(backups?.length, 1, output)
  assert.equal(vaults, backups)
  assert.equal(readdirSync(join(root, 'backups', String(backups))).sort(), ['head.json', 'log.db'])
  assert.is(dirname(join(root, 'backups')), root)
}

test.run()
