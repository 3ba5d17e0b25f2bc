import { useState } from 'react'
import { Button } from './Button.tsx'
import { TextAreaField } from './fields.tsx'
import { Form, type FormProps } from './Form.tsx'
import { Notice } from './Notice.tsx'
import { SignedOut } from './states.tsx'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'

const SHORTEST = 10

interface ObjectionFormProps extends Pick<FormProps, 'text'> {
  /** The matter that is on public notice: several of its kind may stand on one page. */
  readonly number: string
  readonly signedIn: boolean
  /** What to name, who reads it, and what it does to the clock. */
  readonly hint: string
  readonly filing: {
    readonly error: unknown
    readonly isPending: boolean
    /** The ledger entry that proves it. */
    readonly data: { readonly entryId: string } | undefined
    readonly mutate: (objection: { number: string; body: string }) => void
  }
}

/** How anybody who is signed in objects to what is on public notice, and the receipt that stands in its place. */
export function ObjectionForm({ number, signedIn, hint, filing, text }: ObjectionFormProps) {
  const { objection: words } = useOwnWords()
  const [body, setBody] = useState('')
  const [short, setShort] = useState(false)
  const field = `objection-${number}`
  if (!signedIn) return <SignedOut />
  if (filing.data) {
    return (
      <Notice tone="met" title={words.filed} live>
        <TextLink href={`/ledger/entries/${filing.data.entryId}`}>{words.receipt}</TextLink>
      </Notice>
    )
  }
  const send = () => {
    const tooShort = body.trim().length < SHORTEST
    setShort(tooShort)
    if (!tooShort) filing.mutate({ number, body })
  }
  return (
    <Form
      label={words.form}
      onSubmit={send}
      errors={short ? [{ field, message: words.short }] : []}
      error={filing.error}
      text={text}
      actions={
        <Button type="submit" busy={filing.isPending}>
          {words.send}
        </Button>
      }
    >
      <TextAreaField
        name={field}
        label={words.body}
        hint={hint}
        rows={4}
        maxLength={4000}
        value={body}
        onChange={setBody}
      />
    </Form>
  )
}
