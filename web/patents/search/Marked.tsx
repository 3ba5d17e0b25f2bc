import type { ReactNode } from 'react'

interface MarkedProps {
  readonly text: string
  /** Places in the text: from, and behind the last character. */
  readonly marks: readonly (readonly [number, number])[]
  readonly language?: string | null
}

/** A text with the stretches that matched, for eyes and for readers alike. */
export function Marked({ text, marks, language }: MarkedProps) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from > at) parts.push(text.slice(at, from))
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  parts.push(text.slice(at))
  return <span lang={languageTag(language)}>{parts}</span>
}

/** Undefined where the record does not say which language it is. */
export function languageTag(language: string | null | undefined): string | undefined {
  if (language === null || language === undefined || language === 'und') return undefined
  return language === 'zh' ? 'zh-Hans' : language
}
