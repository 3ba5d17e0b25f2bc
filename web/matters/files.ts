import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, client } from '../app/api.ts'
import type { UploadedFile } from '../ui/UploadField.tsx'
import type { Draft, MaterialFile } from './queries.ts'
import { useText } from './text.ts'

export function uploadedOf({ id, fileName, bytes, uploadedAt }: MaterialFile): UploadedFile {
  return { id, name: fileName, bytes, at: uploadedAt, href: `/api/v1/materials/${id}` }
}

/** The files of a draft: adding and removing goes to the server at once and shows on every page of the form. */
export function useDraftFiles(draft: Draft) {
  const text = useText()
  const queries = useQueryClient()
  return useMemo(() => {
    const key = api.matters.draft.queryKey({ input: { id: draft.id } })
    const change = (next: (files: readonly MaterialFile[]) => MaterialFile[]) =>
      queries.setQueryData<Draft>(key, (held) => held && { ...held, materials: next(held.materials) })
    const add = async (code: string, file: File) => {
      const added = await client.matters.attachToDraft({ id: draft.id, code, file })
      change((files) => [...files, added])
      return added.id
    }
    const remove = async (materialId: string) => {
      await client.matters.removeFromDraft({ id: draft.id, materialId })
      change((files) => files.filter(({ id }) => id !== materialId))
    }
    return {
      texts: text.errors,
      add,
      remove,
      upload: add,
      find: (id: string) => {
        const file = draft.materials.find((one) => one.id === id)
        return file && uploadedOf(file)
      },
    }
  }, [draft, queries, text])
}
