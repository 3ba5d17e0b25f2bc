/**
 * Names as they are compared. Width, brackets, spaces, middle dots and the case of Latin letters are the writer's habit;
 * everything else is the name. 有限公司 and 有限责任公司 stay apart: they may be two companies.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[〔【[{]/gu, '(')
    .replace(/[〕】\]}]/gu, ')')
    .replace(/[·•・‧∙]/gu, '·')
    .replace(/[“”„"'‘’`]/gu, '')
    .replace(/[\s\u200B-\u200D\uFEFF]+/gu, '')
    .toLowerCase()
}

/** A name as it is stored: no spaces around it, inner line breaks and runs of spaces made one space. */
export function tidyName(name: string): string {
  return name.replace(/[\s\u200B-\u200D\uFEFF]+/gu, ' ').trim()
}
