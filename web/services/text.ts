import { type Messages, useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type Text = Messages<typeof zh>

export function useText(): Text {
  return useMessages({ zh, en })
}
