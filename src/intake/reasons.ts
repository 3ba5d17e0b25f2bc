import type { RefusalDetail, Words } from '#platform/import-report.ts'

type Say = (detail: RefusalDetail) => Words

const said =
  (zh: string, en: string): Say =>
  () => ({ zh, en })

/**
 * Why a row, or a whole file, was not taken, in words for whoever has to mend it. Rooms add the reasons of their own kinds
 * where they declare them.
 */
const REASONS: Readonly<Record<string, Say>> = {
  // Rows that are no data.
  'too-few-cells': said('单元格少于表头', 'the row has fewer cells than the header'),
  'too-many-cells': said('单元格多于表头', 'the row has more cells than the header'),
  'empty-row': said('整行只有分隔符，没有内容', 'the row holds separators and nothing else'),
  'repeated-header': said('表头在数据中再次出现', 'the header stands here again'),
  'unreadable-bytes': said(
    '含有无法按文件编码读出的字节',
    'some bytes cannot be read in the encoding of the file',
  ),
  'quote-not-closed': said(
    '引号没有结束，自此行起无法读下去',
    'a quotation mark is never closed; nothing after it could be read',
  ),
  'row-too-long': said(
    '单行超过 1 MB，自此行起无法读下去',
    'one row is longer than 1 MB; nothing after it could be read',
  ),
  'not-json': said('不是 JSON 记录', 'this is not a JSON record'),
  // Cells.
  missing: said('必填项为空', 'a required cell is empty'),
  'too-long': ({ most = '' }) => ({ zh: `超过 ${most} 个字符`, en: `longer than ${most} characters` }),
  'unknown-value': ({ allowed = '' }) => ({ zh: `不在可取值之列：${allowed}`, en: `not one of: ${allowed}` }),
  'not-a-number': said('不是数字', 'not a number'),
  'not-a-day': said('不是存在的日期（YYYY-MM-DD）', 'not a day that exists (YYYY-MM-DD)'),
  'contradicts-earlier-row': ({ line = '' }) => ({
    zh: `与第 ${line} 行矛盾`,
    en: `contradicts line ${line}`,
  }),
  'not-the-code-above': ({ above = '' }) => ({
    zh: `上级代码应为 ${above}`,
    en: `the code above it should be ${above}`,
  }),
  'another-year': ({ year = '' }) => ({
    zh: `不属于 ${year} 年的安排`,
    en: `not a day that the notice of ${year} can speak of`,
  }),
  // Codes.
  empty: said('编码为空', 'the code is empty'),
  'excel-number': said(
    '编码已被电子表格改成科学计数法，原值无法恢复，请回到来源取文本',
    'a spreadsheet turned the code into a floating-point number; the original cannot be restored from it',
  ),
  length: said('位数不对', 'the wrong number of characters'),
  characters: said('含有该编码不使用的字符', 'a character that this code does not use'),
  form: said('格式不对', 'not in the form of this code'),
  kind: said('类别位不存在', 'the digit for the kind names no kind'),
  region: said('地区代码不存在（GB/T 2260）', 'the region does not exist (GB/T 2260)'),
  date: said('其中的日期不存在', 'the date in it does not exist'),
  country: said('国家或地区代码不存在（ISO 3166-1）', 'not a country of ISO 3166-1'),
  check: ({ expectedCheck }) =>
    expectedCheck === undefined
      ? { zh: '校验位不符', en: 'the check character is wrong' }
      : {
          zh: `校验位不符，应为 ${expectedCheck}`,
          en: `the check character is wrong; it should be ${expectedCheck}`,
        },
}

/** Why a whole file could not be taken. */
const FILE_REASONS: Readonly<Record<string, Say>> = {
  'empty-file': said('文件是空的', 'the file is empty'),
  'too-large': said('文件过大', 'the file is too large'),
  binary: said('文件不是表格，也不是文本', 'the file is neither a table nor text'),
  'other-format': ({ format = '' }) => ({
    zh: `这是 ${format} 文件，不是表格`,
    en: `this is ${format}, not a table`,
  }),
  'archive-expands-too-far': said(
    '压缩包展开后过大，未打开',
    'the archive would expand too far; it was not opened',
  ),
  damaged: said('文件已损坏', 'the file is damaged'),
  encrypted: said('文件有密码', 'the file is protected by a password'),
  'not-json': ({ line = '' }) => ({
    zh: `第 ${line} 行起不是有效的 JSON`,
    en: `not valid JSON from line ${line}`,
  }),
  'holds-no-patents': ({ seen = '' }) => ({
    zh: `文件里没有专利，见到的是：${seen}`,
    en: `there are no patents in this file; what stands there is: ${seen}`,
  }),
  'header-not-recognised': ({ seen = '' }) => ({
    zh: `没有找到这类文件的表头，见到的是：${seen}`,
    en: `no header of this kind of file was found; what stands there is: ${seen}`,
  }),
}

/** The words of a reason; an unknown one is shown as it is rather than hidden. */
export function reasonWords(
  reason: string,
  detail: RefusalDetail | null,
  own: Readonly<Record<string, Say>> = {},
): Words {
  const say = own[reason] ?? REASONS[reason] ?? FILE_REASONS[reason]
  return say?.(detail ?? {}) ?? { zh: reason, en: reason }
}

export type Reasons = Readonly<Record<string, Say>>
