import { OperatorError } from '#platform/errors.ts'
import { isDate } from '#platform/calendar.ts'
import type { CommandInput } from '../cli.ts'
import { reportLines, runImport } from '../imports.ts'
import { systemContext } from '../open-platform.ts'
import { withPlatform } from './store.ts'

/** Exit code 0 when the file was taken, whatever rows it refused: they are listed. */
export async function importFile(input: CommandInput): Promise<number> {
  const json = input.args.includes('--json')
  const observedAt = input.args.indexOf('--observed')
  const observedOn = observedAt === -1 ? undefined : (input.args[observedAt + 1] ?? '')
  if (observedOn !== undefined && !isDate(observedOn))
    throw new OperatorError('--observed takes the day whose state the file shows, such as 2026-11-22.')
  const [kind, path] = input.args.filter(
    (argument, index) => !argument.startsWith('--') && (observedAt === -1 || index !== observedAt + 1),
  )
  if (kind === undefined || path === undefined)
    throw new OperatorError('Usage: zhiyuan import <kind> <file> [--observed <day>] [--json]')
  return withPlatform(
    input,
    async (platform) => {
      const context = systemContext(platform, 'import')
      const bar = progressBar()
      const report = await runImport(kind, path, { context, observedOn, onProgress: bar.show })
      bar.clear()
      if (json) input.print(JSON.stringify(report))
      else
        for (const line of reportLines(report, process.env['LANG']?.startsWith('zh') === true ? 'zh' : 'en'))
          input.print(line)
      return 0
    },
    { migrateFirst: true },
  )
}

const BAR_WIDTH = 30

/** One line on a terminal that is written over; nothing where nobody watches. */
function progressBar() {
  const begun = performance.now()
  let firstShare: number | undefined
  const show = ({ rows, share }: { readonly rows: number; readonly share?: number | undefined }) => {
    if (!process.stderr.isTTY) return
    if (share === undefined) {
      process.stderr.write(`\r${rows} rows\u001b[K`)
      return
    }
    // An import that is taken up again has only what is left to go.
    firstShare ??= share
    const seconds = (performance.now() - begun) / 1000
    const left = share > firstShare ? Math.ceil((seconds * (1 - share)) / (share - firstShare)) : undefined
    const filled = Math.round(share * BAR_WIDTH)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`
    const remaining = left === undefined ? '' : `, ${left} s left`
    process.stderr.write(`\r${bar} ${Math.floor(share * 100)} % · ${rows} rows${remaining}\u001b[K`)
  }
  return { show, clear: clearLine }
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}
