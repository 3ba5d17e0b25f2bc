import { createContext, type ReactNode, useContext, useState } from 'react'
import { Button } from './Button.tsx'
import { explain } from './explain.ts'
import { FileField } from './FileField.tsx'
import { formatBytes } from './format.ts'
import { MetIcon } from './icons.ts'
import { MomentText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './UploadField.css'

export interface UploadedFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly at: string
  readonly href: string
}

interface UploadFieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly required: boolean
  readonly accept?: string | undefined
  readonly maxBytes?: number | undefined
  readonly files: readonly UploadedFile[]
  /** One file takes the place of the one before. */
  readonly single?: boolean
  /** Resolves when the server has it; what it throws is explained at the field. */
  readonly onUpload: (file: File) => Promise<void>
  readonly onRemove?: ((file: UploadedFile) => Promise<void>) | undefined
  readonly texts?: Parameters<typeof explain>[1] | undefined
}

/** Files that travel as soon as they are chosen, so that sending the form never waits for them. */
export function UploadField({ files, single, onUpload, onRemove, texts = {}, ...field }: UploadFieldProps) {
  const words = useOwnWords()
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const run = async (subject: string, work: () => Promise<void>) => {
    setBusy(subject)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      const { what, next } = explain(error, texts, words)
      setProblem([what, next].filter(Boolean).join(' '))
    }
    setBusy(undefined)
  }
  const take = (file: File | undefined) => {
    if (file) void run(file.name, () => onUpload(file))
  }
  return (
    <div className="upload-field">
      <FileField
        {...field}
        // A new control after each file, so that the same file can be chosen again after it was refused.
        key={`${files.length} ${String(busy)} ${String(problem)}`}
        value={undefined}
        onChange={take}
        error={problem}
      />
      {busy !== undefined && (
        <p role="status" className="upload-busy">
          {words.uploading(busy)}
        </p>
      )}
      {files.length > 0 && (
        <ul className="upload-files" aria-label={words.uploadedFiles(field.label)}>
          {files.map((file) => (
            <li key={file.id}>
              <FileLine file={file} />
              {onRemove && (
                <Button
                  kind="quiet"
                  aria-label={words.removeFile(file.name)}
                  busy={busy === file.id}
                  onClick={() => void run(file.id, () => onRemove(file))}
                >
                  {words.remove}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {single && files.length > 0 && <p className="field-hint">{words.replacesFile}</p>}
    </div>
  )
}

/** A file that the server has: its name opens it. */
export function FileLine({ file: { name, bytes, at, href } }: { readonly file: UploadedFile }) {
  return (
    <span className="file-line">
      <MetIcon className="icon" />
      <a href={href}>{name}</a>
      <span className="file-line-note">
        {formatBytes(bytes)} · <MomentText value={at} />
      </span>
    </span>
  )
}

interface Uploads {
  readonly find: (id: string) => UploadedFile | undefined
  readonly upload: (question: string, file: File) => Promise<string>
  readonly texts: Parameters<typeof explain>[1]
}

/** Where the files of a form go; the page that has a draft or a matter provides it. */
export const UploadsContext = createContext<Uploads | undefined>(undefined)

interface FileAnswerProps extends Omit<
  UploadFieldProps,
  'files' | 'onUpload' | 'onRemove' | 'single' | 'texts'
> {
  readonly value: string
  readonly onChange: (id: string) => void
}

/** A question that is answered with a file: the answer is the file's id. */
export function FileAnswerField({ value, onChange, ...field }: FileAnswerProps) {
  const uploads = useContext(UploadsContext)
  const file = uploads?.find(value)
  return (
    <UploadField
      {...field}
      single
      files={file ? [file] : []}
      texts={uploads?.texts}
      onUpload={async (chosen) => {
        if (uploads) onChange(await uploads.upload(field.name, chosen))
      }}
      onRemove={() => Promise.resolve(onChange(''))}
    />
  )
}
