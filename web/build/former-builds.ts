import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const KEPT_FOR_MS = 2 * 24 * 60 * 60 * 1000

/**
 * Files of former builds stay for two days: their names carry their content, so they hinder nobody, and a server that runs
 * or a page that is open during a build still finds what it was built with.
 */
export function forgetFormerBuilds(): Plugin {
  let folder = ''
  return {
    name: 'zhiyuan:former-builds',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.build.outDir, config.build.assetsDir)
    },
    closeBundle: async () => {
      const names = await readdir(folder).catch(() => [])
      await Promise.all(names.map((name) => forgetIfOld(join(folder, name))))
    },
  }
}

async function forgetIfOld(path: string): Promise<void> {
  const { mtimeMs } = await stat(path)
  if (Date.now() - mtimeMs > KEPT_FOR_MS) await rm(path)
}
