import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { generateContractFirst } from './build/contract.ts'
import { ownChineseFont } from './build/chinese-font.ts'
import { forgetFormerBuilds } from './build/former-builds.ts'
import { layerOrder } from './build/layers.ts'
import { precompress } from './build/precompress.ts'

const API = process.env['ZHIYUAN_API'] ?? 'http://localhost:8080'

/**
 * What every page needs, in two files instead of thirty: on a slow line each further request costs a round trip. Heavy
 * components (React Aria, charts) stay with the pages that use them.
 */
const FIRST_LOAD = [
  { name: 'platform', test: /node_modules\/(?:react|react-dom|scheduler|@tanstack|@orpc)\// },
  {
    name: 'ui',
    test: /(?:node_modules\/lucide-react|web\/ui)\/(?!(?:Dialog|SidePanel|Tabs|Menu|ComboField|Chart|chart-options|echarts|DueClock|Receipt|SavedState|VersionChoice|FormSteps|AnswerField|AnswerList|RowsField|UploadField|FileField|answers|draft-keeper)\.)/,
  },
]

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    generateContractFirst(),
    ownChineseFont(),
    layerOrder(),
    react(),
    precompress(),
    forgetFormerBuilds(),
  ],
  build: {
    outDir: process.env['ZHIYUAN_WEB_OUT'] ?? fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: false,
    target: 'es2023',
    // Data URLs in CSS would need `data:` in the policy's font and style sources.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: FIRST_LOAD } } },
  },
  server: { proxy: { '/api': API, '/files': API } },
})
