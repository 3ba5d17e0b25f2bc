import { OperatorError } from '#platform/errors.ts'
import type { CommandInput } from '../cli.ts'
import { reportLines, runImport } from '../imports.ts'
import { systemContext } from '../open-platform.ts'
import { withPlatform } from './store.ts'

/** Exit code 0 when the file was taken, whatever rows it refused: they are listed. */
export async function importFile(input: CommandInput): Promise<number> {
  const json = input.args.includes('--json')
  const [kind, path] = input.args.filter((argument) => !argument.startsWith('--'))
  if (kind === undefined || path === undefined)
    throw new OperatorError('Usage: zhiyuan import <kind> <file> [--json]')
  return withPlatform(
    input,
    async (platform) => {
      const context = systemContext(platform, 'import')
      const report = await runImport(kind, path, {
        context,
        onProgress: ({ rows }) => {
          if (process.stderr.isTTY) process.stderr.write(`\r${rows} rows`)
        },
      })
      if (process.stderr.isTTY) process.stderr.write('\r')
      if (json) input.print(JSON.stringify(report))
      else
        for (const line of reportLines(report, process.env['LANG']?.startsWith('zh') === true ? 'zh' : 'en'))
          input.print(line)
      return 0
    },
    { migrateFirst: true },
  )
}
