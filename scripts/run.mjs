// The one script that runs on whatever Node (20 or later) is there: it installs what the lockfile names, finds the
// Node 24 that came with it, and hands over. Plain JavaScript without dependencies, since none may be installed yet.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(project)
const [task = 'help', ...args] = process.argv.slice(2)

const tasks = {
  serve: async () => {
    await buildWeb()
    return handOver(['src/cli.ts', 'serve', ...args])
  },
  cli: () => handOver(['src/cli.ts', ...args]),
  test: async () => {
    await buildWeb()
    return handOver(['node_modules/vitest/vitest.mjs', 'run', ...args])
  },
  build: () => buildWeb().then(() => 0),
  check: () => handOver(['scripts/check.ts', ...args]),
  bench: async () => {
    await buildWeb()
    return handOver(['bench/run.ts', ...args])
  },
}

await install()
process.exitCode = await tasks[task]()

/**
 * Installs once for each state of the lockfile. Nothing is compiled and no install script runs. Not `npm ci`: it refuses
 * where a registry lacks the binaries of some other platform, which we never load.
 */
async function install() {
  const wanted = digest(['package-lock.json', 'package.json'])
  const mark = 'node_modules/.zhiyuan-installed'
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  say('Installing what the lockfile names (once; a few minutes on a slow line)…')
  const npm = process.env.npm_execpath
  const command = npm === undefined ? ['npm'] : [process.execPath, npm]
  const code = await run([
    ...command,
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code !== 0) process.exit(code)
  writeFileSync(mark, wanted)
}

async function buildWeb() {
  const wanted = digest([...filesUnder('web'), ...contractFiles(), 'package-lock.json'])
  const mark = 'dist/web/.built-from'
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  say('Building the web pages…')
  const code = await run([
    node24(),
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'web/vite.config.ts',
    '--logLevel',
    'warn',
  ])
  if (code !== 0) process.exit(code)
  mkdirSync('dist/web', { recursive: true })
  writeFileSync(mark, wanted)
}

/** The generated client depends on the contracts of the rooms and on nothing else of the server. */
function contractFiles() {
  return filesUnder('src').filter((path) =>
    /contract\.ts$|\.rules\.ts$|rules\.ts$|platform\/(access|contract)\.ts$/.test(path),
  )
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => !path.includes('.generated.') && statSync(path).isFile())
    .sort()
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}

function node24() {
  const packages = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]
  const shipped = packages
    .map((name) => join(project, 'node_modules', name, 'bin/node'))
    .find((path) => existsSync(path))
  if (shipped !== undefined) return shipped
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(
    `There is no Node 24 for ${process.platform}-${process.arch} among the packages: run this with Node 24 or later.`,
  )
  process.exit(1)
}

/**
 * Runs the task on Node 24 until it ends; signals go to it, and it ends when this process is gone. What Node makes of the
 * sources is kept: a start has three processes that load the same thousand files.
 */
function handOver(argv) {
  const env = { NODE_COMPILE_CACHE: join(project, 'node_modules/.cache/node'), ...process.env }
  return run([node24(), ...argv], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
}

function run([command, ...argv], options = { stdio: 'inherit' }) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, options)
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', forward)
    // Whoever started us may be killed outright; then nobody would ever stop the platform.
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000)
    child.on('error', (error) => {
      say(error.message)
      resolve(1)
    })
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      process.off('SIGINT', forward).off('SIGTERM', forward).off('SIGHUP', forward)
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1))
    })
  })
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}
