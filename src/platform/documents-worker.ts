import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

export interface RenderRequest {
  id: number
  template: string
  /** JSON. */
  data: string
}

export interface RenderReply {
  id: number
  pdf?: Uint8Array
  problem?: string
}

const fonts = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf'].map((file) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-serif-sc/${file}`))),
)

const compiler = NodeCompiler.create({
  // Templates can read what lies below this folder, and nothing else.
  workspace: join(import.meta.dirname, '..'),
  fontArgs: [{ fontBlobs: fonts }],
})

/** Layouts that no document of the last ten has used are forgotten. */
const cacheAge = 10

function render({ template, data }: RenderRequest): Pick<RenderReply, 'pdf' | 'problem'> {
  try {
    const compiled = compiler.compile({ mainFilePath: template, inputs: { data }, resetRead: true })
    if (!compiled.result) {
      const diagnostics = compiled.takeDiagnostics()
      return { problem: JSON.stringify(diagnostics?.shortDiagnostics ?? 'no reason given') }
    }
    return { pdf: compiler.pdf(compiled.result, { pdfStandard: 'a-2a', creationTimestamp: 0 }) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  } finally {
    compiler.evictCache(cacheAge)
  }
}

parentPort?.on('message', (request: RenderRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ id: request.id, ...render(request) } satisfies RenderReply)
})
