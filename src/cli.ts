import { readConfig, type Config } from '#platform/config.ts'
import { OperatorError } from '#platform/errors.ts'
import { createLog, type Log } from '#platform/log.ts'

/** What a command is given. `say` speaks to the person at the terminal; standard output stays for results. */
export interface CommandInput {
  readonly config: Config
  readonly log: Log
  readonly args: readonly string[]
  readonly say: (line: string) => void
  readonly print: (line: string) => void
}

interface Command {
  readonly usage: string
  readonly about: string
  readonly run: (input: CommandInput) => Promise<number | undefined>
}

// Each command is loaded when it is asked for: `verify` has no use for the web.
const commands: Readonly<Record<string, Command>> = {
  serve: {
    usage: 'serve',
    about: 'run everything: the stores, the web and the worker (npm start)',
    run: async ({ config, log, say, print }) => {
      const { serve } = await import('./commands/serve.ts')
      await serve(config, log, (line) => (line.startsWith('ready') ? print(line) : say(line)))
      return undefined
    },
  },
  migrate: {
    usage: 'migrate',
    about: 'bring both stores to this version',
    run: async (input) => (await import('./commands/store.ts')).migrateCommand(input),
  },
  seed: {
    usage: 'seed [scenario]',
    about: 'load a named scenario into an empty installation',
    run: async (input) => (await import('./commands/store.ts')).seed(input),
  },
  import: {
    usage: 'import <kind> <file> [--observed <day>] [--json]',
    about: 'take in a file and account for every row of it',
    run: async (input) => (await import('./commands/import.ts')).importFile(input),
  },
  backup: {
    usage: 'backup <file>',
    about: 'write everything into one file',
    run: async (input) => (await import('./commands/backup.ts')).backup(input),
  },
  restore: {
    usage: 'restore <file>',
    about: 'read a backup into an empty installation',
    run: async (input) => (await import('./commands/backup.ts')).restore(input),
  },
  analytics: {
    usage: 'analytics ddl [--cluster [name] [--replicated]] [--database <name>]',
    about: 'print the definitions of the analytics store, for one server or for a cluster',
    run: async (input) => (await import('./commands/analytics.ts')).analytics(input),
  },
  verify: {
    usage: 'verify [--json]',
    about: 'recompute the ledger and every sealed row; exit 0 only when all is well',
    run: async (input) => (await import('./commands/ledger.ts')).verify(input),
  },
  ledger: {
    usage: 'ledger rotate | witness …',
    about: 'change the signing key, or co-sign a checkpoint as a witness',
    run: async (input) => (await import('./commands/ledger.ts')).ledger(input),
  },
  user: {
    usage: 'user add | list | roles | suspend | totp | outbox …',
    about: 'accounts from the command line',
    run: async (input) => (await import('./commands/user.ts')).user(input),
  },
  zone: {
    usage: 'zone lint <folder> | diff <folder> <folder> | reload',
    about: 'check a zone profile, compare two, load the changed one',
    run: async (input) => (await import('./commands/zone.ts')).zone(input),
  },
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(argv: readonly string[]): Promise<number | undefined> {
  const role = roleOf(argv)
  const [name = 'help', ...args] = argv
  if (role === undefined && (name === 'help' || name === '--help')) {
    print(help())
    return 0
  }
  const command = commands[name]
  if (role === undefined && command === undefined) {
    throw new OperatorError(`There is no command "${name}". "npm run zhiyuan -- help" lists them.`)
  }
  const config = readConfig(process.env)
  // What a command prints on standard output is its result, which programs read.
  const log = createLog(
    config.logLevel,
    { process: role ?? name },
    role === undefined && name !== 'serve' ? 'stderr' : 'stdout',
  )
  if (role === 'web') return (await import('./web-process.ts')).runWeb(config, log)
  if (role === 'worker') return (await import('./worker-process.ts')).runWorker(config, log)
  return command?.run({ config, log, args, say, print })
}

/** `--role web` and `--role worker` start one process alone, behind any load balancer. */
function roleOf(argv: readonly string[]): 'web' | 'worker' | undefined {
  const at = argv.indexOf('--role')
  if (at === -1) return undefined
  const role = argv[at + 1]
  if (role === 'web' || role === 'worker') return role
  throw new OperatorError(`--role is "${role ?? ''}" but must be "web" or "worker".`)
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, about }) => `  ${usage.padEnd(52)} ${about}`)
  return [
    'zhiyuan <command>',
    '',
    ...lines,
    '',
    'Settings come from the environment; docs/operations.md lists them.',
  ].join('\n')
}

try {
  const code = await main(process.argv.slice(2))
  // Serving goes on until it is told to end; a finished command has nothing left to wait for.
  if (code !== undefined) process.exit(code)
} catch (error) {
  const sentence =
    error instanceof OperatorError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
