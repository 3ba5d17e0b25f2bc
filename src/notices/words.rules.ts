/** The same words in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type Language = 'zh' | 'en'

export interface ToSay {
  readonly title: Words
  readonly body: Words
  /** What kind of notice it is, in words: the letter says why it came. */
  readonly kind: Words
}

/** A subject that mail programs show whole. */
const LONGEST_SUBJECT = 160

/** A letter: in the language somebody chose, in both until they have. */
export function letterOf({ title, body, kind }: ToSay, language: Language | null) {
  const subject =
    language === null ? (title.zh === title.en ? title.zh : `${title.zh} / ${title.en}`) : title[language]
  const parts =
    language === 'en' ? [englishPart] : language === 'zh' ? [chinesePart] : [chinesePart, englishPart]
  return {
    subject: short(subject, LONGEST_SUBJECT),
    body: parts.map((part) => part({ title, body, kind })).join('\n\n'),
  }
}

const chinesePart = ({ title, body, kind }: ToSay) =>
  [
    title.zh,
    ...(body.zh === '' ? [] : [body.zh]),
    `您收到此信，因为您选择了以邮件接收「${kind.zh}」；可在“通知设置”中更改。`,
  ].join('\n')

const englishPart = ({ title, body, kind }: ToSay) =>
  [
    title.en,
    ...(body.en === '' ? [] : [body.en]),
    `You get this letter because notices of the kind “${kind.en}” reach you by mail; change it under “Notice settings”.`,
  ].join('\n')

/** A message of one line: Chinese unless somebody chose English. The gateway's template adds the rest. */
export function messageOf({ title }: Pick<ToSay, 'title'>, language: Language | null) {
  return short(title[language ?? 'zh'], LONGEST_SUBJECT)
}

function short(words: string, longest: number): string {
  // Line ends in a subject would begin another header.
  const line = words.replaceAll(/[\r\n]+/gu, ' ')
  return [...line].length <= longest ? line : `${[...line].slice(0, longest - 1).join('')}…`
}
