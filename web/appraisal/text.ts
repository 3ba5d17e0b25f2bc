import { useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export const useText = () => useMessages({ zh, en })
export type Text = ReturnType<typeof useText>
