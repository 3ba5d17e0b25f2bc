/** What the bytes of a file are, whatever its name says. `cfb` is the container of old .xls, .doc and .ppt files. */
export type FileType =
  | 'pdf'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'zip'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'cfb'
  | 'html'
  | 'svg'
  | 'xml'
  | 'text'
  | 'empty'
  | 'unknown'

/** How much of a file `sniff` looks at; the first megabyte holds the entry names of any office file. */
export const sniffedBytes = 1 << 20

const contentTypes: Record<FileType, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  cfb: 'application/x-cfb',
  // Both can carry scripts: they are handed out as plain bytes, never shown.
  html: 'application/octet-stream',
  svg: 'application/octet-stream',
  xml: 'application/xml',
  text: 'text/plain',
  empty: 'application/octet-stream',
  unknown: 'application/octet-stream',
}

/** What a name may promise: the types that a file of this extension can honestly be. */
const extensions: Record<string, readonly FileType[]> = {
  pdf: ['pdf'],
  png: ['png'],
  jpg: ['jpeg'],
  jpeg: ['jpeg'],
  gif: ['gif'],
  webp: ['webp'],
  zip: ['zip', 'docx', 'xlsx', 'pptx'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  xls: ['cfb'],
  doc: ['cfb'],
  ppt: ['cfb'],
  csv: ['text'],
  tsv: ['text'],
  txt: ['text'],
  json: ['text'],
  md: ['text'],
  xml: ['xml'],
  svg: ['svg'],
  html: ['html'],
  htm: ['html'],
}

/** The media type to serve a file with. Types that can carry scripts are served as plain bytes. */
export function contentTypeOf(type: FileType): string {
  return contentTypes[type]
}

/** False when the bytes are not what the extension of the name promises, or when the extension promises nothing known. */
export function nameAgrees(fileName: string, type: FileType): boolean {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(extensions, extension) && (extensions[extension]?.includes(type) ?? false)
}

/** Tells the type of a file from its beginning (`sniffedBytes` of it are enough), never from its name. */
export function sniff(head: Uint8Array): FileType {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, sniffedBytes))
  if (bytes.length === 0) return 'empty'
  return signature(bytes) ?? markup(bytes) ?? (isText(bytes) ? 'text' : 'unknown')
}

function signature(bytes: Buffer): FileType | undefined {
  const begins = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text
  if (begins('%PDF-')) return 'pdf'
  if (begins('\x89PNG\r\n\x1A\n')) return 'png'
  if (begins('\xFF\xD8\xFF')) return 'jpeg'
  if (begins('GIF87a') || begins('GIF89a')) return 'gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp'
  if (begins('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) return 'cfb'
  if (begins('PK\x03\x04') || begins('PK\x05\x06')) return officeType(entryNames(bytes))
  return undefined
}

function officeType(names: readonly string[]): FileType {
  if (!names.includes('[Content_Types].xml')) return 'zip'
  const holds = (folder: string) => names.some((name) => name.startsWith(folder))
  return holds('xl/') ? 'xlsx' : holds('word/') ? 'docx' : holds('ppt/') ? 'pptx' : 'zip'
}

/** The names in the local headers of a ZIP file, found by their marks: sizes may be unknown while streaming. */
function entryNames(bytes: Buffer): string[] {
  const names: string[] = []
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    if (at + 30 > bytes.length) break
    const length = bytes.readUInt16LE(at + 26)
    names.push(bytes.toString('utf8', at + 30, at + 30 + length))
  }
  return names
}

/** Browsers take a page for HTML when one of these tags opens it, whatever it is called. */
const htmlStart =
  /^(?:<!--[\s\S]*?-->|\s)*<(?:!doctype html|html|head|body|script|iframe|title|style|table|div|p|a|h1|br|b|font|img)\b/i

function markup(bytes: Buffer): FileType | undefined {
  const text = decode(bytes.subarray(0, 4096)).trimStart()
  if (!text.startsWith('<')) return undefined
  if (/<svg[\s>]/i.test(text)) return 'svg'
  if (htmlStart.test(text) || /<html[\s>]/i.test(text)) return 'html'
  return text.startsWith('<?xml') ? 'xml' : undefined
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

/** Text has no control characters beside white space; tables from older software come in GB18030, not UTF-8. */
function isText(bytes: Buffer): boolean {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16) return bytes.length % 2 === 0 && !decode(bytes).includes('\uFFFD')
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d))
    return false
  return ['utf-8', 'gb18030'].some((encoding) => decodes(bytes, encoding))
}

function decodes(bytes: Buffer, encoding: string): boolean {
  try {
    // The beginning of a file may end in the middle of a character.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: bytes.length === sniffedBytes })
    return true
  } catch {
    return false
  }
}
