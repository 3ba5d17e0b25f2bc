import { useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export function useText() {
  return useMessages({ zh, en })
}
