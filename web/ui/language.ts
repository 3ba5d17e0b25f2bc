/** The reader's language. It is part of the address, so that a link keeps it and a search engine sees both. */
export type Language = 'zh' | 'en'

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

const ENGLISH_PREFIX = '/en'

/** The language an address is written in. */
export function languageOf(pathname: string): Language {
  return pathname === ENGLISH_PREFIX || pathname.startsWith(`${ENGLISH_PREFIX}/`) ? 'en' : 'zh'
}

/** The same page in another language: `/agencies` ↔ `/en/agencies`. */
export function inLanguage(pathname: string, language: Language): string {
  const bare = languageOf(pathname) === 'en' ? pathname.slice(ENGLISH_PREFIX.length) || '/' : pathname
  if (language === 'zh') return bare
  return bare === '/' ? ENGLISH_PREFIX : ENGLISH_PREFIX + bare
}

// Read without the DOM's types: the server uses the pure functions above to paint a page.
const address = Reflect.get(globalThis, 'location') as { readonly pathname: string } | undefined

/**
 * Fixed for the life of the page: changing the language is a link to another address, so nothing on a page ever has to
 * be drawn twice or hold two languages in its state.
 */
export const language: Language = languageOf(address?.pathname ?? '/')

/** What the router strips from an address. */
export const basePath = language === 'en' ? ENGLISH_PREFIX : '/'

/** The shape an English message module must have, given the Chinese one: same keys, same arguments, other words. */
export type Messages<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => infer R
      ? (...args: A) => R
      : Messages<T[K]>
}

/** The words of a room in the reader's language. */
export function useMessages<T>(both: { readonly zh: T; readonly en: Messages<T> }): Messages<T> {
  return language === 'en' ? both.en : (both.zh as Messages<T>)
}

/** For data that carries both languages, such as the name of a zone. */
export function either(both: Bilingual): string {
  return both[language]
}
