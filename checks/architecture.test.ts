import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')

/** Lower rooms first: a room imports from rooms before it, or from a sibling of its own rank without a circle. */
const lowerRooms = [
  'platform',
  'ledger',
  'identity',
  'zone',
  'notices',
  'intake',
  'parties',
  'statistics',
  'matters',
] as const
const assembly = new Set([
  'contract',
  'server',
  'worker',
  'cli',
  'client-matters',
  'boot',
  'open-platform',
  'web-process',
  'worker-process',
  'indicators',
  'notice-kinds',
  'feeds',
  'imports',
  'procedures',
  'commands',
  'scenarios',
])
/** Names that say nothing of what is inside. */
const drawerNames = /(^|[/.-])(utils?|helpers?|common|manager|misc|shared)([/.-]|$)/

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const statement =
  /^(?:import|export)\s+(type\s)?[^'"]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm

const files = sourceFiles('src').concat(sourceFiles('web'))
const imports = files.flatMap(importsOf)

function sourceFiles(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter(
      (path) =>
        /\.tsx?$/.test(path) && !path.includes('.generated.') && statSync(join(project, path)).isFile(),
    )
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(project, file), 'utf8')
  return [...source.matchAll(statement)].flatMap(([, type, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? ''
    const to = resolveImport(file, specifier)
    return to === undefined ? [] : [{ from: file, to, typeOnly: type !== undefined }]
  })
}

function resolveImport(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return relative(project, join(project, dirname(file), specifier))
  const alias = /^#(platform|database|testing|web)\/(.+)$/.exec(specifier)
  if (alias === null) return undefined
  const [, name = '', rest = ''] = alias
  return name === 'platform' ? `src/platform/${rest}` : `${name}/${rest}`
}

const roomOf = (path: string) => /^src\/([a-z-]+)\//.exec(path)?.[1] ?? /^src\/([a-z-]+)\.ts$/.exec(path)?.[1]
const webRoom = (path: string) => /^web\/([a-z-]+)\//.exec(path)?.[1]
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
const isAssembly = (path: string) => path.startsWith('src/') && assembly.has(roomOf(path) ?? '')
const rank = (room: string) => {
  const at = lowerRooms.indexOf(room as (typeof lowerRooms)[number])
  return at === -1 ? lowerRooms.length : at
}
const broken = (edges: readonly Import[]) => edges.map(({ from, to }) => `${from} → ${to}`)

const shipped = imports.filter(({ from }) => !isTest(from))
const serverRooms = shipped.filter(
  ({ from, to }) => from.startsWith('src/') && to.startsWith('src/') && !isAssembly(from),
)
const betweenRooms = serverRooms.filter(({ from, to }) => roomOf(from) !== roomOf(to))

/** What a room may import of another: its door, its vocabulary (contract, pure rules, types of the context). */
const door = /\/(public|contract|roles|declare|context|define)\.ts$|\.?rules\.ts$/

test('platform imports nothing of ours but the generated schema', () => {
  const edges = shipped.filter(
    ({ from, to }) =>
      from.startsWith('src/platform/') && !to.startsWith('src/platform/') && !to.startsWith('database/'),
  )
  expect(broken(edges)).toEqual([])
})

test('nothing imports the assembly but the assembly and tests', () => {
  expect(broken(serverRooms.filter(({ to }) => isAssembly(to)))).toEqual([])
})

/** Who may call is said in every contract, also in those of the rooms that identity itself stands on. */
const accessVocabulary = ({ from, to }: Import) =>
  to === 'src/identity/roles.ts' && from.endsWith('contract.ts')

test('a room imports only from rooms below it or beside it', () => {
  const upward = betweenRooms.filter(({ from, to }) => rank(roomOf(from) ?? '') < rank(roomOf(to) ?? ''))
  expect(broken(upward.filter((edge) => !accessVocabulary(edge)))).toEqual([])
})

test('rooms do not import each other in a circle', () => {
  const edges = new Map<string, Set<string>>()
  for (const { from, to, typeOnly } of betweenRooms) {
    if (typeOnly || accessVocabulary({ from, to, typeOnly })) continue
    const [here = '', there = ''] = [roomOf(from), roomOf(to)]
    edges.set(here, (edges.get(here) ?? new Set()).add(there))
  }
  expect(circles(edges)).toEqual([])
})

test('a room enters another only through its door', () => {
  const edges = betweenRooms.filter(({ to }) => roomOf(to) !== 'platform' && !door.test(to))
  expect(broken(edges)).toEqual([])
})

test('rules are pure: they import rules, contracts of the vocabulary and pure platform files only', () => {
  const pure =
    /rules\.ts$|\/(calendar|money|errors|access|working-days|national-calendar|roles|contract|declare|canonical|file-types)\.ts$/
  const edges = serverRooms.filter(
    ({ from, to, typeOnly }) => from.endsWith('rules.ts') && !typeOnly && !pure.test(to),
  )
  expect(broken(edges)).toEqual([])
})

test('only stores speak SQL', () => {
  const withSql = files.filter((path) => {
    if (!path.startsWith('src/') || isTest(path) || path.startsWith('src/platform/') || isAssembly(path))
      return false
    const source = readFileSync(join(project, path), 'utf8')
    return /\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(source)
  })
  const stores =
    /(store|audit|sequencer|verify|seal|reader|indicators)[a-z-]*\.ts$|\.store\.ts$|\/public\.ts$/
  expect(withSql.filter((path) => !stores.test(path))).toEqual([])
})

test('contracts know no store and no handler', () => {
  const edges = serverRooms.filter(
    ({ from, to }) => from.endsWith('contract.ts') && /(store|api|jobs|public)\.ts$/.test(to),
  )
  expect(broken(edges)).toEqual([])
})

test('the web knows of the server its contracts and pure rules only', () => {
  const edges = shipped.filter(
    ({ from, to }) =>
      from.startsWith('web/') &&
      to.startsWith('src/') &&
      !/(contract|rules|roles|access|calendar|money|working-days)\.ts$/.test(to),
  )
  expect(broken(edges)).toEqual([])
})

test('a room of the web imports another through its routes only', () => {
  const foundation = new Set(['ui', 'app'])
  const edges = shipped.filter(({ from, to }) => {
    if (!from.startsWith('web/') || !to.startsWith('web/')) return false
    const [here, there] = [webRoom(from), webRoom(to)]
    return here !== undefined && here !== there && !foundation.has(there ?? '') && !/routes\.tsx?$/.test(to)
  })
  expect(broken(edges)).toEqual([])
})

test('component and chart libraries are imported by web/ui alone', () => {
  const guarded = /from ['"](react-aria-components|echarts|lucide-react)/
  const outside = files.filter(
    (path) => !path.startsWith('web/ui/') && guarded.test(readFileSync(join(project, path), 'utf8')),
  )
  expect(outside).toEqual([])
})

test('no file or folder is a drawer', () => {
  expect(files.filter((path) => drawerNames.test(path))).toEqual([])
})

test('only tests import what is for tests', () => {
  expect(broken(shipped.filter(({ to }) => to.startsWith('testing/')))).toEqual([])
})

test('every room says what it owns', () => {
  const rooms = new Set(files.filter((path) => path.startsWith('src/') && !isAssembly(path)).map(roomOf))
  const silent = [...rooms].filter((room) => {
    try {
      return readFileSync(join(project, `src/${room}/README.md`), 'utf8').trim() === ''
    } catch {
      return true
    }
  })
  expect(silent).toEqual([])
})

function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = []
  const walk = (room: string, path: readonly string[]) => {
    if (path.includes(room)) {
      found.push([...path.slice(path.indexOf(room)), room].join(' → '))
      return
    }
    for (const next of edges.get(room) ?? []) walk(next, [...path, room])
  }
  for (const room of edges.keys()) walk(room, [])
  return [...new Set(found)]
}
