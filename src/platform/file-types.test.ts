import { read, utils, write } from '@e965/xlsx'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'

import { contentTypeOf, nameAgrees, sniff, sniffedBytes } from './file-types.ts'

const sheet = utils.book_new()
utils.book_append_sheet(sheet, utils.aoa_to_sheet([['单位', 1]]), 'a')
const workbook = (bookType: 'xlsx' | 'biff8') => Buffer.from(write(sheet, { type: 'buffer', bookType }))

test.for([
  ['pdf', Buffer.from('%PDF-1.7\n%âãÏÓ', 'latin1')],
  ['png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['gif', Buffer.from('GIF89a..')],
  ['webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  ['zip', Buffer.from('504b0506000000000000', 'hex')],
  ['xlsx', workbook('xlsx')],
  ['cfb', workbook('biff8')],
  ['html', Buffer.from('\uFEFF<!DOCTYPE html><p>hello')],
  ['html', Buffer.from('  <!-- a note --><script>alert(1)</script>')],
  ['html', Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">')],
  ['svg', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">')],
  ['xml', Buffer.from('<?xml version="1.0"?><patents/>')],
  ['text', Buffer.from('名称,编码\r\n甲,1\r\n')],
  ['text', iconv.encode('名称,编码\r\n长河,1\r\n', 'gb18030')],
  ['text', Buffer.from('\uFEFF名称,编码', 'utf16le')],
  ['text', Buffer.from('a < b, and <b> is not at the start')],
  ['empty', Buffer.alloc(0)],
  ['unknown', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0])],
  ['unknown', Buffer.from('abc\0def')],
] as const)('%s is told from its bytes', ([type, bytes]) => {
  expect(sniff(bytes)).toBe(type)
})

test('the written workbooks are what they claim, so the test above proves something', () => {
  expect(read(workbook('biff8')).SheetNames).toEqual(['a'])
  expect(read(workbook('xlsx')).SheetNames).toEqual(['a'])
})

test('a long Chinese text cut in the middle of a character is still text', () => {
  const bytes = Buffer.from(`a${'字'.repeat(sniffedBytes / 3 + 10)}`)
  expect(sniff(bytes)).toBe('text')
  expect(sniff(bytes.subarray(0, sniffedBytes))).toBe('text')
})

test.for([
  ['report.PDF', 'pdf', true],
  ['table.csv', 'text', true],
  ['table.xls', 'cfb', true],
  ['table.xls', 'xlsx', false],
  ['picture.png', 'html', false],
  ['table.csv', 'html', false],
  ['archive.zip', 'docx', true],
  ['program.exe', 'unknown', false],
  ['no extension', 'text', false],
  ['trick.constructor', 'text', false],
] as const)('%s holding %s agrees: %s', ([name, type, agrees]) => {
  expect(nameAgrees(name, type)).toBe(agrees)
})

test('what can carry scripts is never served as a page or a picture', () => {
  expect(contentTypeOf('html')).toBe('application/octet-stream')
  expect(contentTypeOf('svg')).toBe('application/octet-stream')
})
