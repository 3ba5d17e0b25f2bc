import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const WEIGHTS = [400, 600]

/**
 * Fills `app/chinese-font.css` from the font package. The family gets the platform's own name, so that it never shadows
 * a font of the machine, and the old WOFF sources go: they would double the build for browsers of ten years ago.
 */
export function ownChineseFont(): Plugin {
  return {
    name: 'zhiyuan:chinese-font',
    enforce: 'pre',
    load: {
      filter: { id: /\/app\/chinese-font\.css$/ },
      handler: async () => (await Promise.all(WEIGHTS.map(sheet))).join('\n'),
    },
  }
}

async function sheet(weight: number): Promise<string> {
  const css = await readFile(
    fileURLToPath(import.meta.resolve(`@fontsource/noto-sans-sc/${weight}.css`)),
    'utf8',
  )
  return css
    .replaceAll("'Noto Sans SC'", "'Zhiyuan Sans SC'")
    .replaceAll(/, url\([^)]+\.woff\) format\('woff'\)/g, '')
    .replaceAll('url(./files/', 'url(@fontsource/noto-sans-sc/files/')
}
