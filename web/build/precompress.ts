import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

const TEXT = /\.(?:js|css|svg|json|txt)$/
const HASHED = /-[\w-]{8}\.\w+$/
/** Below this the headers cost more than the compression saves. */
const WORTH_IT_BYTES = 1024

/** Writes `.br` and `.gz` beside every text file, so that the server compresses nothing while people wait. */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'zhiyuan:precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir
    },
    closeBundle: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name))
      await Promise.all(files.map((file) => compress(join(file.parentPath, file.name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  // Hashed names: what was compressed once has not changed since.
  if (HASHED.test(path) && existsSync(`${path}.br`)) return
  const content = await readFile(path)
  if (content.length < WORTH_IT_BYTES) return
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  await Promise.all([
    writeFile(`${path}.br`, await brotli(content, quality)),
    writeFile(`${path}.gz`, await zip(content, { level: 9 })),
  ])
}
