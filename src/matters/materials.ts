/** Files that people hand in: judged by their content before they are kept. */
import type { Context } from '#platform/context.ts'
import { judgeFile } from './attachment.rules.ts'
import type { Material, Procedure } from './define.ts'
import type { FieldData } from './form.rules.ts'
import type { MaterialRow, NewMaterial } from './material.store.ts'
import { personOf } from './opening.ts'
import { refused } from './refused.ts'

/** What answers a request in words: the usual kinds of paper. */
const OTHER: Material = {
  code: 'other',
  names: { zh: '其他材料', en: 'Other papers' },
  required: false,
  accepts: ['application/pdf', 'image/png', 'image/jpeg'],
  maxBytes: 20 * 1024 * 1024,
  atMost: 20,
}

type Accepted = Pick<Material, 'accepts' | 'maxBytes' | 'atMost'>
type FileField = Extract<FieldData, { kind: 'file' }>

/** The limits of a code: a material of the procedure, a file field of its form, or `other`. */
function acceptedAs({ materials = [], form }: Procedure, code: string): Accepted {
  const declared = [...materials, OTHER].find((one) => one.code === code)
  if (declared !== undefined) return declared
  const field = filesIn(form.sections.flatMap(({ fields }) => fields)).find(({ name }) => name === code)
  if (field === undefined) throw refused('UNKNOWN_MATERIAL', 422, { code })
  // A field in a repeated group is asked for once a row.
  return { accepts: field.accepts as [string, ...string[]], maxBytes: field.maxBytes, atMost: 50 }
}

function filesIn(fields: readonly FieldData[]): FileField[] {
  return fields.flatMap((field) => {
    if (field.kind === 'group') return filesIn(field.fields)
    return field.kind === 'file' ? [field] : []
  })
}

/** Judges and stores a file; what comes back is ready to be put on record. */
export async function takeFile(
  context: Context,
  procedure: Procedure,
  { code, file, present }: { code: string; file: File; present: readonly MaterialRow[] },
): Promise<Omit<NewMaterial, 'draftId' | 'matterId'>> {
  const declared = acceptedAs(procedure, code)
  const limit = declared.atMost ?? 1
  if (present.filter((one) => one.code === code).length >= limit)
    throw refused('TOO_MANY_FILES', 409, { code, limit })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const fileName = file.name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}/\\]/gu, '_')
    .slice(-200)
  const judged = judgeFile(fileName, bytes, declared)
  if (!judged.ok) {
    const { ok: _, ...why } = judged
    throw refused('FILE_REFUSED', 422, { ...why, fileName, accepts: [...declared.accepts] })
  }
  const { accountId, name } = personOf(context)
  const { hash } = await context.files.put(bytes, { maxBytes: declared.maxBytes })
  return {
    code,
    fileName,
    fileHash: hash,
    mediaType: judged.mediaType,
    bytes: bytes.length,
    uploadedBy: accountId,
    uploadedName: name,
    uploadedAt: context.now,
  }
}

export function materialView(row: MaterialRow) {
  const { id, code, fileName, mediaType, bytes, fileHash, uploadedAt, uploadedName, withdrawnAt } = row
  return {
    id,
    code,
    fileName,
    mediaType,
    bytes,
    sha256: fileHash,
    uploadedAt: uploadedAt.toISOString(),
    uploadedBy: uploadedName,
    withdrawn: withdrawnAt !== null,
  }
}
