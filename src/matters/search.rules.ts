/**
 * Words of a search. Chinese has no spaces, so every two neighbouring characters are one term: a word of two
 * characters is found by an index, and longer ones by all their pairs, then by the text itself.
 */
import type { Answers, FieldData, Form } from './form.rules.ts'

const CHINESE_RUN = /\p{Script=Han}+/gu
const LATIN_WORD = /[\p{Script=Latin}\d]+/gu

/** The most terms one matter is found by; what lies beyond them is in the matter, not in the index. */
const MOST_TERMS = 600

export function termsOf(...texts: readonly string[]): string[] {
  const terms = new Set<string>()
  for (const text of texts) {
    const folded = text.normalize('NFKC').toLowerCase()
    for (const [run] of folded.matchAll(CHINESE_RUN)) {
      const characters = [...run]
      for (const character of characters) terms.add(character)
      for (let at = 0; at + 1 < characters.length; at++) terms.add(`${characters[at]}${characters[at + 1]}`)
    }
    for (const [word] of folded.matchAll(LATIN_WORD)) terms.add(word.slice(0, 40))
    if (terms.size > MOST_TERMS) break
  }
  return [...terms].slice(0, MOST_TERMS)
}

/** What a typed query asks the index for: all of these. Single characters only where there is nothing longer. */
export function wantedTerms(query: string): string[] {
  const folded = query.normalize('NFKC').toLowerCase()
  const wanted = new Set<string>()
  for (const [run] of folded.matchAll(CHINESE_RUN)) {
    const characters = [...run]
    if (characters.length === 1) wanted.add(run)
    for (let at = 0; at + 1 < characters.length; at++) wanted.add(`${characters[at]}${characters[at + 1]}`)
  }
  for (const [word] of folded.matchAll(LATIN_WORD)) wanted.add(word.slice(0, 40))
  return [...wanted]
}

/** The texts of a matter that may be searched: never what is masked, so that nobody finds out by asking. */
export function searchableTexts(form: Form, answers: Answers): string[] {
  return textsOf(
    form.sections.flatMap(({ fields }) => fields),
    answers,
  )
}

function textsOf(fields: readonly FieldData[], answers: Answers): string[] {
  return fields.flatMap((field) => {
    const answer = answers[field.name]
    if ((field.masking ?? 'none') !== 'none') return []
    if (field.kind === 'group' && Array.isArray(answer))
      return answer.flatMap((row) => textsOf(field.fields, row as Answers))
    const searched = ['text', 'longText', 'organisation'].includes(field.kind)
    return searched && typeof answer === 'string' ? [answer] : []
  })
}
