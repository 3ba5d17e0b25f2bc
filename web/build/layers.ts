import type { Plugin } from 'vite'

const ORDER = '@layer tokens, base, ui, rooms;\n'

/**
 * Says the order of the layers at the head of every style sheet: a layer takes its rank where it is first named, and
 * which chunk of CSS arrives first is the bundler's business.
 */
export function layerOrder(): Plugin {
  return {
    name: 'zhiyuan:layers',
    enforce: 'pre',
    transform: {
      filter: { id: { include: /\/web\/.*\.css$/, exclude: /node_modules/ } },
      handler: (code) => ({ code: ORDER + code, map: null }),
    },
  }
}
