import { useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** The words of this room. */
export function useText() {
  return useMessages({ zh, en })
}

export type Text = ReturnType<typeof useText>
