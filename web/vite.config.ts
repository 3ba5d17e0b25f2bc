import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { generateContractFirst } from './build/contract.ts'
import { ownChineseFont } from './build/chinese-font.ts'
import { layerOrder } from './build/layers.ts'
import { precompress } from './build/precompress.ts'

const API = process.env['ZHIYUAN_API'] ?? 'http://localhost:8080'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [generateContractFirst(), ownChineseFont(), layerOrder(), react(), precompress()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // Data URLs in CSS would need `data:` in the policy's font and style sources.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': API, '/files': API } },
})
