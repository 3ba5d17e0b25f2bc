import type { ReactNode } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { type Language, language } from '../ui/language.ts'
import { useText } from './text.ts'

interface InLanguageProps {
  readonly of: Language
  readonly children: ReactNode
}

/** Words that exist in one language only, marked where the page speaks the other. */
export function InLanguage({ of, children }: InLanguageProps) {
  const text = useText()
  if (of === language) return children
  return (
    <>
      <span lang={of}>{children}</span> <Badge>{text.languages[of]}</Badge>
    </>
  )
}
