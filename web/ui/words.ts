import { useMessages } from './language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** The components' own words in the reader's language. */
export function useOwnWords() {
  return useMessages({ zh, en })
}
