/** One instruction; lines that are continued are one, and options stand apart. */
export type Instruction = { name: string; options: Record<string, string>; rest: string }

export function readDockerfile(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => {
      const [, name = '', flags = '', rest = ''] = /^(\w+)((?: --[\w-]+=\S+)*) (.*)$/.exec(line) ?? []
      const options = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, key, value]) => [key, value])
      return { name, options: Object.fromEntries(options), rest }
    })
}

/** The stages, each from its FROM to the next; what stands before the first is left out. */
export function stagesOf(instructions: readonly Instruction[]): Instruction[][] {
  const stages: Instruction[][] = []
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') stages.push([])
    stages.at(-1)?.push(instruction)
  }
  return stages
}

type Rule = (instructions: readonly Instruction[]) => readonly unknown[]

const named = (all: readonly Instruction[], ...names: string[]) =>
  all.filter(({ name }) => names.includes(name))
const runs = (pattern: RegExp): Rule => {
  return (all) => named(all, 'RUN').filter(({ rest }) => pattern.test(rest))
}
const last = (all: readonly Instruction[]) => stagesOf(all).at(-1) ?? []
const unlessOne = (found: readonly Instruction[]) => (found.length === 1 ? [] : [found.length])

/** What hadolint would say, by what it says; each gives what breaks it. */
export const dockerfileRules: Readonly<Record<string, Rule>> = {
  'every image has a tag, and it is not latest'(all) {
    const defaults = new Map(named(all, 'ARG').map(({ rest }) => rest.split('=') as [string, string]))
    const stages = named(all, 'FROM').map(({ rest }) => / AS (\S+)$/.exec(rest)?.[1])
    return named(all, 'FROM')
      .map(({ rest }) => rest.split(' ')[0]?.replace(/\$\{(\w+)\}/, (_, name) => defaults.get(name) ?? ''))
      .filter((image) => !stages.includes(image) && !/:(?!latest\b)[\w.-]+(@sha256:\w+)?$/.test(image ?? ''))
  },
  'COPY, never ADD; no MAINTAINER, no ONBUILD': (all) => named(all, 'ADD', 'MAINTAINER', 'ONBUILD'),
  'CMD, ENTRYPOINT and HEALTHCHECK CMD are lists': (all) =>
    named(all, 'CMD', 'ENTRYPOINT', 'HEALTHCHECK').filter(({ rest }) => !isList(rest.replace(/^CMD /, ''))),
  'one CMD and one HEALTHCHECK': (all) => [
    ...unlessOne(named(all, 'CMD')),
    ...unlessOne(named(all, 'HEALTHCHECK')),
  ],
  'whoever it runs as is not root, and is known by number': (all) =>
    /^[1-9]\d*:[1-9]\d*$/.test(named(last(all), 'USER').at(-1)?.rest ?? '') ? [] : ['USER'],
  'nothing is done after USER but what it runs': (all) =>
    last(all)
      .slice(last(all).findIndex(({ name }) => name === 'USER'))
      .filter(({ name }) => ['RUN', 'COPY', 'WORKDIR'].includes(name)),
  'a WORKDIR is absolute, and stands before what is relative to it': (all) => [
    ...named(all, 'WORKDIR').filter(({ rest }) => !rest.startsWith('/')),
    ...stagesOf(all).filter((stage) => {
      const first = stage.findIndex(({ name }) => name === 'WORKDIR')
      return first < 0 || stage.slice(0, first).some(({ name }) => name === 'COPY' || name === 'RUN')
    }),
  ],
  'COPY --from names a stage': (all) => {
    const stages = named(all, 'FROM').map(({ rest }) => / AS (\S+)$/.exec(rest)?.[1])
    return named(all, 'COPY').filter(({ options: { from } }) => from !== undefined && !stages.includes(from))
  },
  'no sudo, no shell of another kind': runs(/\b(sudo|ssh|shutdown|service|mount)\b/),
  'packages are installed by npm ci, for production, without their scripts': runs(
    /npm (i|install)\b|npm ci(?!.*--omit=dev)|npm ci(?!.*--ignore-scripts)/,
  ),
  'apt installs nothing besides, and leaves no lists': runs(
    /apt-get install(?!.*--no-install-recommends)|apt-get install(?!.*rm -rf .var.lib.apt)|\bapt install/,
  ),
  'no pipe hides a failure': runs(/[^|]\|[^|]/),
  'no cd where WORKDIR does': runs(/(^|&& )cd /),
  'no secret stands in it': (all) =>
    named(all, 'ENV', 'ARG').filter(({ rest }) => /(KEY|TOKEN|SECRET|PASSWORD)\w*=/.test(rest)),
}

export function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}
