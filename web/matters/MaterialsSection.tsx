import { useState } from 'react'
import { client } from '../app/api.ts'
import { SelectField } from '../ui/fields.tsx'
import { either } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { FileLine, UploadField } from '../ui/UploadField.tsx'
import { uploadedOf } from './files.ts'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

const OTHER = 'other'

/** Every paper that was handed in, by kind; both sides may add while the matter is open. */
export function MaterialsSection({ matter }: MatterProps) {
  const text = useText()
  const refresh = useRefreshMatters()
  const [code, setCode] = useState(OTHER)
  const kinds = [...matter.materialKinds, { code: OTHER, names: text.materials.otherNames }]
  const held = kinds
    .map((kind) => ({ ...kind, files: matter.materials.filter((file) => file.code === kind.code) }))
    .filter(({ files }) => files.length > 0)
  const add = async (file: File) => {
    await client.matters.attach({ number: matter.number, code, file })
    await refresh()
  }
  return (
    <Section title={text.materials.title} note={text.materials.note}>
      {held.length === 0 && <p className={styles.quiet}>{text.materials.none}</p>}
      <dl className={styles.asked}>
        {held.map(({ code: kind, names, files }) => (
          <div key={kind}>
            <dt>{either(names)}</dt>
            <dd>
              {files.map((file) => (
                <p key={file.id} data-withdrawn={file.withdrawn ? '' : undefined}>
                  <FileLine file={uploadedOf(file)} />
                  {file.withdrawn && <span className={styles.quiet}> {text.materials.withdrawn}</span>}
                </p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {matter.side !== 'reader' && matter.state.kind !== 'closed' && (
        <details className={styles.more}>
          <summary>{text.materials.add}</summary>
          <div className="form">
            <SelectField
              name="materialKind"
              label={text.materials.kind}
              options={kinds.map((kind) => ({ value: kind.code, label: either(kind.names) }))}
              value={code}
              onChange={setCode}
            />
            <UploadField
              name="material"
              label={text.materials.file}
              required
              files={[]}
              texts={text.errors}
              onUpload={add}
            />
          </div>
        </details>
      )}
    </Section>
  )
}
