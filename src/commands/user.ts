import type { CommandInput } from '../cli.ts'
import { runUserCommand } from '../identity/public.ts'
import { systemContext } from '../open-platform.ts'
import { withPlatform } from './store.ts'

export async function user(input: CommandInput): Promise<number> {
  return withPlatform(input, async (platform) => {
    const { now, today } = systemContext(platform, 'command')
    return runUserCommand({
      db: platform.db,
      config: input.config,
      args: input.args,
      print: input.print,
      now,
      today,
    })
  })
}
