import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { toString as qrCode } from 'qrcode'

import type { CalendarDate } from './calendar.ts'
import type { RenderReply, RenderRequest } from './documents-worker.ts'
import { BrokenInvariant } from './errors.ts'

/** A record on paper, all of whose words are in the language of its reader. */
export interface RecordDocument {
  readonly language: 'zh' | 'en'
  readonly title: string
  readonly issuer: string
  /** The day the document speaks of. The same document always has the same bytes, so no clock is read. */
  readonly date: CalendarDate
  /** Set in a frame above the title, for what must not be taken for the real thing. */
  readonly mark?: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly notes?: readonly string[]
  /** How to check the document: an address, shown as text and as a QR code, with words around it. */
  readonly proof?: { readonly heading: string; readonly explanation: string; readonly address: string }
  /** On every page, such as the number of the entry in the ledger that proves the document. */
  readonly footer: string
}

/** Renders the plain record. Throws BrokenInvariant when the template does not take the data. */
export async function renderRecord(document: RecordDocument): Promise<Buffer> {
  const { mark = null, notes = [], proof } = document
  const code = proof && (await qrCode(proof.address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }))
  const template = join(import.meta.dirname, 'documents/record.typ')
  return renderPdf(template, { ...document, mark, notes, proof: proof ? { ...proof, code } : null })
}

/**
 * Renders a Typst template, a file below `src`, to PDF/A-2a: archival, tagged for screen readers, fonts embedded. The
 * template reads `data` with `json(bytes(sys.inputs.data))`; strings in it stay text, whatever they hold. The work is
 * done in a thread of its own, one document at a time.
 */
export function renderPdf(template: string, data: unknown): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const id = nextId++
  pending.set(id, { resolve, reject })
  worker ??= startWorker()
  worker.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage({ id, template, data: JSON.stringify(data) } satisfies RenderRequest)
  return promise
}

interface Pending {
  resolve(pdf: Buffer): void
  reject(error: Error): void
}

const pending = new Map<number, Pending>()
let nextId = 0
let worker: Worker | undefined

function startWorker(): Worker {
  const started = new Worker(new URL('documents-worker.ts', import.meta.url))
  started.on('message', ({ id, pdf, problem }: RenderReply) => {
    const { resolve, reject } = pending.get(id) ?? {}
    pending.delete(id)
    // An idle renderer does not keep a process alive that has nothing else to do.
    if (pending.size === 0) started.unref()
    if (pdf) resolve?.(Buffer.from(pdf))
    else reject?.(new BrokenInvariant(`the document cannot be set: ${problem}`))
  })
  started.on('error', (error) => {
    worker = undefined
    for (const { reject } of pending.values())
      reject(new BrokenInvariant('the renderer broke down', { cause: error }))
    pending.clear()
  })
  return started
}
