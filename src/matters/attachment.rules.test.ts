import { strToU8, zipSync } from 'fflate'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { judgeFile } from './attachment.rules.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const limits = { accepts: ['application/pdf', 'image/png', DOCX], maxBytes: 5 * 1024 * 1024 }
const judge = (name: string, content: string | Uint8Array) =>
  judgeFile(name, typeof content === 'string' ? Buffer.from(content, 'latin1') : content, limits)

const pdf = (inside = '') =>
  `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
const png = '\x89PNG\r\n\x1A\n0000'
const office = (files: Record<string, Uint8Array>) =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w/>'), ...files })

describe('[F004] [S135] a file is judged by its content', () => {
  test('what it says it is, and is, is taken', () => {
    expect(judge('证书.pdf', pdf())).toEqual({ ok: true, mediaType: 'application/pdf' })
    expect(judge('图.PNG', png)).toEqual({ ok: true, mediaType: 'image/png' })
    expect(judge('说明.docx', office({}))).toEqual({ ok: true, mediaType: DOCX })
  })

  test.for([
    ['an extension that lies', '证书.pdf', png, 'name-lies'],
    ['a page dressed as a picture', 'a.png', '<html><script>alert(1)</script>', 'name-lies'],
    ['a program with the name of a paper', 'a.pdf', 'MZ\x90\x00', 'carries-program'],
    ['a shell script', 'a.pdf', '#!/bin/sh\n', 'carries-program'],
    ['nothing', 'a.pdf', '', 'empty'],
    ['a kind that is not asked for', 'a.txt', 'words', 'not-accepted'],
    ['half a PDF', 'a.pdf', '%PDF-1.7\n1 0 obj', 'damaged'],
    ['a PDF nobody can look into', 'a.pdf', pdf('/Encrypt 2 0 R'), 'encrypted'],
    [
      'a PDF with a script',
      'a.pdf',
      pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
      'carries-script',
    ],
    ['a script behind escapes', 'a.pdf', pdf('/AA << /O << /S /J#61vaScript >> >>'), 'carries-script'],
    [
      'a PDF that starts a program',
      'a.pdf',
      pdf('/OpenAction << /S /Launch /F (cmd.exe) >>'),
      'carries-program',
    ],
    ['a PDF with a file inside', 'a.pdf', pdf('/Names << /EmbeddedFiles 3 0 R >>'), 'carries-program'],
  ] as const)('%s is refused', ([, name, content, reason]) => {
    expect(judge(name, content)).toMatchObject({ ok: false, reason })
  })

  test('a script in a compressed object stream is found', () => {
    const packed = deflateSync(Buffer.from('2 0 << /S /JavaScript /JS (x) >>')).toString('latin1')
    const hidden = `%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n%%EOF`
    expect(judge('a.pdf', hidden)).toMatchObject({ ok: false, reason: 'carries-script' })
  })

  test('a file beyond the size of its kind is refused before anything else', () => {
    expect(judgeFile('a.pdf', Buffer.alloc(11), { accepts: ['application/pdf'], maxBytes: 10 })).toEqual({
      ok: false,
      reason: 'too-large',
      limit: 10,
    })
  })

  test('a zip bomb in the coat of a document is refused without being unpacked whole', () => {
    const bomb = office({ 'word/media/a.xml': new Uint8Array(16 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    expect(judge('a.docx', bomb)).toMatchObject({ ok: false, reason: 'expands-too-far' })
  })

  test('an archive that lies about what it expands to is refused', () => {
    const lying = Buffer.from(office({ 'word/big.xml': new Uint8Array(3 * 1024 * 1024) }))
    // The declared size of every entry in the directory becomes ten bytes.
    for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4)) {
      if (lying.readUInt32LE(at + 24) > 1024) lying.writeUInt32LE(10, at + 24)
    }
    expect(judge('a.docx', lying)).toMatchObject({ ok: false, reason: 'expands-too-far' })
  })

  test('macros and programs in a document are refused', () => {
    expect(judge('a.docx', office({ 'word/vbaProject.bin': strToU8('x') }))).toMatchObject({
      reason: 'carries-macro',
    })
    expect(judge('a.docx', office({ 'word/run.exe': strToU8('x') }))).toMatchObject({
      reason: 'carries-program',
    })
  })
})
