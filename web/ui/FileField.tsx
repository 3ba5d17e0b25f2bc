import { type DragEvent, useState } from 'react'
import { FieldFrame, type FieldProps, useField } from './fields.tsx'
import { useOwnWords } from './words.ts'
import './Button.css'

interface FileFieldProps extends Omit<FieldProps<File | undefined>, 'readOnly'> {
  /** As in the `accept` attribute: `.csv,.xls,.xlsx`. */
  readonly accept?: string
  readonly maxBytes?: number
}

/** A file, chosen or dropped. What is too large is refused here, before it travels. */
export function FileField({ accept, maxBytes, ...field }: FileFieldProps) {
  const words = useOwnWords()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const limit = maxBytes === undefined ? '' : `${Math.floor(maxBytes / 1024 / 1024)} MB`
  const parts = useField({
    ...field,
    error: field.error ?? (tooLarge ? words.fileTooLarge(limit) : undefined),
  })

  const take = (file: File | undefined) => {
    const refused = file !== undefined && maxBytes !== undefined && file.size > maxBytes
    setTooLarge(refused)
    field.onChange(refused ? undefined : file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <FieldFrame parts={parts} {...field}>
      <div
        className="file-field"
        data-over={over ? '' : undefined}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {/* The browser's own button speaks the browser's language, not the page's. */}
        <label className="button">
          {words.chooseFile}
          <input
            className="visually-hidden"
            type="file"
            id={parts.id}
            name={field.name}
            accept={accept}
            aria-describedby={parts.describedBy}
            aria-invalid={parts.error ? true : undefined}
            aria-required={field.required || undefined}
            onChange={(event) => take(event.target.files?.[0])}
          />
        </label>
        <span className="file-name">{field.value?.name ?? words.noFile}</span>
      </div>
    </FieldFrame>
  )
}
