import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Form } from '../ui/Form.tsx'
import { formatBytes } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { UploadField } from '../ui/UploadField.tsx'
import { type FillingParts, StepPage } from './DraftPage.tsx'
import { uploadedOf, useDraftFiles } from './files.ts'
import { isNeeded } from './form.ts'
import type { Procedure } from './queries.ts'
import { type Text, useText } from './text.ts'

type Material = Procedure['materials'][number]

/** The papers: each travels as soon as it is chosen, and what is still missing is said by name. */
export function MaterialsStep(parts: FillingParts) {
  const text = useText()
  const { state, page, pages, draft, go, next, hrefOf } = parts
  const files = useDraftFiles(draft)
  const [asked, setAsked] = useState(false)
  const filesOf = (code: string) => draft.materials.filter((file) => file.code === code && !file.withdrawn)
  const lacking = page.materials
    .filter(({ code, required }) => isNeeded(required, state.answers) && filesOf(code).length === 0)
    .map(({ code, names }) => ({ field: code, message: text.faults.materialMissing(either(names)) }))
  const at = pages.findIndex(({ id }) => id === page.id)
  const [before] = pages.slice(Math.max(0, at - 1), at)
  const shown = asked ? lacking : []
  const proceed = () => {
    setAsked(true)
    if (lacking.length === 0) go(next)
  }
  return (
    <StepPage parts={parts} title={text.draft.materials} failed={shown.length > 0}>
      <Form
        onSubmit={proceed}
        errors={shown}
        actions={
          <>
            <Button kind="primary" type="submit">
              {text.draft.proceed}
            </Button>
            <TextLink href={hrefOf(next)}>{text.draft.later}</TextLink>
            {before && <TextLink href={hrefOf(before.id)}>{text.draft.back}</TextLink>}
          </>
        }
      >
        {page.materials.map((material) => (
          <UploadField
            key={material.code}
            name={material.code}
            label={either(material.names)}
            hint={materialHint(material, text)}
            required={isNeeded(material.required, state.answers)}
            accept={material.accepts.join(',')}
            maxBytes={material.maxBytes}
            files={filesOf(material.code).map(uploadedOf)}
            texts={text.errors}
            onUpload={async (file) => void (await files.add(material.code, file))}
            onRemove={(file) => files.remove(file.id)}
          />
        ))}
      </Form>
    </StepPage>
  )
}

const NAMES_OF_TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'text/csv': 'CSV',
}

export function namesOfTypes(accepts: readonly string[], text: Text): string {
  return accepts.map((type) => NAMES_OF_TYPES[type] ?? type).join(text.comma)
}

/** What the paper is, which files are taken, how large and how many. */
export function materialHint({ hint, accepts, maxBytes, atMost }: Material, text: Text): string {
  const limits = text.draft.fileLimits(namesOfTypes(accepts, text), formatBytes(maxBytes), atMost)
  return hint ? `${either(hint)}${text.stop}${limits}` : limits
}
