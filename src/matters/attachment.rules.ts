/** Whether a file may be taken: by its content, its name and its size. What it refuses it can say why. */
import { contentTypeOf, nameAgrees, sniff, type FileType } from '#platform/file-types.ts'
import { inflateText, inspectArchive } from './archive.rules.ts'
import type { FILE_FAULTS } from './schemas.contract.ts'

export type FileFault = (typeof FILE_FAULTS)[number]

export interface FileLimits {
  readonly accepts: readonly string[]
  readonly maxBytes: number
}

export type Judged =
  | { readonly ok: true; readonly mediaType: string }
  | { readonly ok: false; readonly reason: FileFault; readonly found?: string; readonly limit?: number }

const OFFICE: readonly FileType[] = ['docx', 'xlsx', 'pptx', 'zip']

/** What runs something by itself when the document is opened (ISO 32000-1, 12.6), or carries a file that does. */
const PDF_ACTIONS = [
  'JavaScript',
  'JS',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
] as const
const PROGRAMS = ['JavaScript', 'JS', 'XFA']

export function judgeFile(name: string, bytes: Uint8Array, { accepts, maxBytes }: FileLimits): Judged {
  if (bytes.length === 0) return { ok: false, reason: 'empty' }
  if (bytes.length > maxBytes) return { ok: false, reason: 'too-large', limit: maxBytes }
  const type = sniff(bytes)
  const mediaType = contentTypeOf(type)
  if (isProgram(bytes)) return { ok: false, reason: 'carries-program', found: 'application/x-executable' }
  if (!nameAgrees(name, type)) return { ok: false, reason: 'name-lies', found: mediaType }
  if (!accepts.includes(mediaType)) return { ok: false, reason: 'not-accepted', found: mediaType }
  const fault = faultInside(type, bytes)
  return fault === undefined ? { ok: true, mediaType } : { ok: false, found: mediaType, ...fault }
}

function faultInside(type: FileType, bytes: Uint8Array): { reason: FileFault; limit?: number } | undefined {
  if (type === 'pdf') return faultOfPdf(bytes)
  if (OFFICE.includes(type)) return inspectArchive(bytes)
  return undefined
}

function isProgram(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4)).toString('latin1')
  return head.startsWith('MZ') || head === '\x7FELF' || head.startsWith('#!')
}

function faultOfPdf(bytes: Uint8Array): { reason: FileFault } | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!/%%EOF/.test(text.slice(-4096))) return { reason: 'damaged' }
  // What a signature or a reader cannot open, nobody here can examine either.
  if (namesIn(text).has('Encrypt')) return { reason: 'encrypted' }
  const names = new Set([...namesIn(text), ...namesInStreams(bytes, text)])
  const found = PDF_ACTIONS.find((name) => names.has(name))
  if (found === undefined) return undefined
  return { reason: PROGRAMS.includes(found) ? 'carries-script' : 'carries-program' }
}

/** Names may be written with hexadecimal escapes (`/J#61vaScript`), which is how scripts hide. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(/\/((?:[A-Za-z0-9]|#[0-9A-Fa-f]{2}){2,40})/g)) {
    names.add(
      name.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    )
  }
  return names
}

/** Objects may lie in compressed object streams; those are expanded within bounds and read like the rest. */
function namesInStreams(bytes: Uint8Array, text: string): Set<string> {
  const names = new Set<string>()
  for (const match of text.matchAll(/\/ObjStm\b[\s\S]{0,400}?stream\r?\n/g)) {
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    if (end < 0) continue
    const expanded = inflateText(bytes.subarray(start, end), 16 * 1024 * 1024)
    for (const name of namesIn(expanded ?? '')) names.add(name)
  }
  return names
}
