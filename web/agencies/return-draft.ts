import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../app/api.ts'
import type { ReturnFormData } from './ReturnPage.tsx'

export interface Typed {
  readonly answers: Readonly<Record<string, number | undefined>>
  readonly reasons: Readonly<Record<string, string>>
}

type OtherDraft = NonNullable<ReturnFormData['draft']>

/** How long nobody has to type before what was typed is kept. */
const QUIET_MILLISECONDS = 700

/** Keeps what is typed on the server; of two who type at once the second is asked which to keep. */
export function useReturnDraft(form: ReturnFormData) {
  const [typed, setTyped] = useState<Typed>(() => ({
    answers: form.draft?.answers ?? form.answers ?? {},
    reasons: form.draft?.reasons ?? {},
  }))
  const [saved, setSaved] = useState<string | 'saving' | 'unsaved' | undefined>(form.draft?.savedAt)
  const [other, setOther] = useState<OtherDraft>()
  const version = useRef(form.draft?.version ?? 0)
  const changed = useRef(false)
  const { mutateAsync } = useMutation(api.agencies.saveReturnDraft.mutationOptions())

  useEffect(() => {
    if (!changed.current || other !== undefined) return undefined
    const timer = setTimeout(() => {
      setSaved('saving')
      mutateAsync({
        code: form.agency.code,
        period: form.period,
        answers: answered(typed.answers),
        reasons: typed.reasons,
        basedOn: version.current,
      }).then(
        (kept) => {
          version.current = kept.version
          setSaved(kept.savedAt)
          return undefined
        },
        (error: unknown) => {
          setSaved('unsaved')
          const there = otherDraftOf(error)
          if (there !== undefined) setOther(there)
        },
      )
    }, QUIET_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed, other, mutateAsync, form.agency.code, form.period])

  const change = (part: Partial<Typed>) => {
    changed.current = true
    setSaved('unsaved')
    setTyped((before) => ({ ...before, ...part }))
  }
  return {
    typed,
    change,
    saved,
    other,
    keepMine: () => {
      version.current = other?.version ?? 0
      setOther(undefined)
    },
    takeTheirs: () => {
      if (other === undefined) return
      version.current = other.version
      changed.current = false
      setTyped({ answers: other.answers, reasons: other.reasons })
      setSaved(other.savedAt)
      setOther(undefined)
    },
  }
}

/** What has an answer that the server takes: whole and not below zero. */
export function answered(answers: Typed['answers']): Record<string, number> {
  const given = Object.entries(answers).filter(
    (entry): entry is [string, number] =>
      entry[1] !== undefined && Number.isInteger(entry[1]) && entry[1] >= 0,
  )
  return Object.fromEntries(given)
}

function otherDraftOf(error: unknown): OtherDraft | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'DRAFT_CHANGED')
    return undefined
  // The contract ties this code to the draft that stands there.
  return 'data' in error ? (error.data as OtherDraft) : undefined
}
