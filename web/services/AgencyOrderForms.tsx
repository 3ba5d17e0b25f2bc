import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, NumberField, TextAreaField, TextField } from '../ui/fields.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { FileList } from './Deliveries.tsx'
import type { Order } from './OrderPanel.tsx'
import styles from './services.module.css'
import { useText } from './text.ts'

type Quote = Order['quotes'][number]

/** After any act on an order: what shows orders asks again, and the act is said aloud. */
function useDone(words: string) {
  const queries = useQueryClient()
  const announce = useAnnounce()
  return {
    onSuccess: () => announce(words),
    onSettled: () => queries.invalidateQueries({ queryKey: api.services.orders.key() }),
  }
}

export function QuoteForm({
  number,
  before,
}: {
  readonly number: string
  readonly before: Quote | undefined
}) {
  const { orders, errors } = useText()
  const text = orders.act
  const [price, setPrice] = useState<number | undefined>(before && before.priceFen / 100)
  const [days, setDays] = useState<number | undefined>(before?.days)
  const [dayUnit, setDayUnit] = useState(before?.dayUnit ?? 'workingDays')
  const [scope, setScope] = useState(before?.scope ?? '')
  const [validUntil, setValidUntil] = useState(before?.validUntil ?? '')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const quote = useMutation(api.services.orders.quote.mutationOptions(useDone(text.sent)))
  const send = () => {
    const found: FieldProblem[] = [
      ...(price === undefined || price <= 0 ? [{ field: 'price', message: text.required }] : []),
      ...(scope.trim().length < 10 ? [{ field: 'scope', message: text.tooShort(10) }] : []),
      ...(days === undefined || days < 1 ? [{ field: 'days', message: text.required }] : []),
      ...(validUntil === '' ? [{ field: 'validUntil', message: text.required }] : []),
    ]
    setProblems(found)
    if (found.length > 0 || price === undefined || days === undefined) return
    quote.mutate({
      number,
      priceFen: Math.round(price * 100),
      scope,
      days: Math.round(days),
      dayUnit,
      validUntil,
    })
  }
  return (
    <Form
      label={text.quote}
      onSubmit={send}
      errors={problems}
      error={quote.error}
      text={errors}
      actions={
        <Button kind="primary" type="submit" busy={quote.isPending}>
          {text.send}
        </Button>
      }
    >
      <NumberField name="price" label={text.price} unit={text.yuan} value={price} onChange={setPrice} />
      <TextAreaField
        name="scope"
        label={text.scope}
        rows={4}
        maxLength={4000}
        value={scope}
        onChange={setScope}
      />
      <NumberField name="days" label={text.days} value={days} onChange={setDays} />
      <RadioGroup
        name="dayUnit"
        label={text.dayUnit}
        inline
        value={dayUnit}
        onChange={(value) => setDayUnit(value === 'calendarDays' ? 'calendarDays' : 'workingDays')}
        options={(['workingDays', 'calendarDays'] as const).map((value) => ({
          value,
          label: text.units[value],
        }))}
      />
      <DateField name="validUntil" label={text.validUntil} value={validUntil} onChange={setValidUntil} />
    </Form>
  )
}

interface ReasonFormProps {
  readonly label: string
  readonly least: number
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onSend: (reason: string) => void
}

function ReasonForm({ label, least, busy, error, onSend }: ReasonFormProps) {
  const { orders, errors } = useText()
  const text = orders.act
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const send = () => {
    const short = reason.trim().length < least
    setProblems(short ? [{ field: `reason-${label}`, message: text.tooShort(least) }] : [])
    if (!short) onSend(reason)
  }
  return (
    <Form
      label={label}
      onSubmit={send}
      errors={problems}
      error={error}
      text={errors}
      actions={
        <Button kind="danger" type="submit" busy={busy}>
          {label}
        </Button>
      }
    >
      <TextField
        name={`reason-${label}`}
        label={text.reason}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </Form>
  )
}

export function WithdrawForm({ number, id }: { readonly number: string; readonly id: string }) {
  const text = useText().orders.act
  const withdraw = useMutation(api.services.orders.withdrawQuote.mutationOptions(useDone(text.withdrawn)))
  return (
    <ReasonForm
      label={text.withdraw}
      least={2}
      busy={withdraw.isPending}
      error={withdraw.error}
      onSend={(reason) => withdraw.mutate({ number, id, reason })}
    />
  )
}

export function GiveBackForm({ number }: { readonly number: string }) {
  const text = useText().orders.act
  const giveBack = useMutation(api.services.orders.giveBack.mutationOptions(useDone(text.givenBack)))
  return (
    <ReasonForm
      label={text.giveBack}
      least={4}
      busy={giveBack.isPending}
      error={giveBack.error}
      onSend={(reason) => giveBack.mutate({ number, reason })}
    />
  )
}

/** Files first, then the words that go with them. */
export function DeliverForm({ order }: { readonly order: Order }) {
  const { orders, errors } = useText()
  const text = orders.act
  const { number, waitingFiles } = order
  const [description, setDescription] = useState('')
  const [file, setFile] = useState<File>()
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const upload = useMutation(api.services.orders.upload.mutationOptions(useDone(text.ready)))
  const deliver = useMutation(api.services.orders.deliver.mutationOptions(useDone(text.delivered)))
  const send = () => {
    const short = description.trim().length < 10
    setProblems(short ? [{ field: 'description', message: text.tooShort(10) }] : [])
    if (!short) deliver.mutate({ number, description })
  }
  return (
    <div className={styles.stack}>
      <Form
        label={text.upload}
        onSubmit={() => {
          if (file !== undefined) upload.mutate({ number, file }, { onSuccess: () => setFile(undefined) })
        }}
        error={upload.error}
        text={errors}
        actions={
          <Button type="submit" busy={upload.isPending} disabled={file === undefined}>
            {text.upload}
          </Button>
        }
      >
        <FileField
          name="deliveryFile"
          label={text.file}
          hint={text.fileHint}
          required={false}
          accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx"
          maxBytes={50 * 1024 * 1024}
          value={file}
          onChange={setFile}
        />
      </Form>
      {waitingFiles.length > 0 && (
        <div>
          <h3>{text.ready}</h3>
          <FileList number={number} files={waitingFiles} />
        </div>
      )}
      <Form
        label={text.deliver}
        onSubmit={send}
        errors={problems}
        error={deliver.error}
        text={errors}
        actions={
          <Button kind="primary" type="submit" busy={deliver.isPending}>
            {text.send2}
          </Button>
        }
      >
        <TextAreaField
          name="description"
          label={text.description}
          rows={4}
          maxLength={4000}
          value={description}
          onChange={setDescription}
        />
      </Form>
    </div>
  )
}

/** Reading the contact needs a purpose; the client sees the reading in their own list. */
export function ContactForm({ number }: { readonly number: string }) {
  const { orders, errors } = useText()
  const text = orders.act
  const [purpose, setPurpose] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const read = useMutation({
    mutationFn: (why: string) => client.services.orders.contact({ number, purpose: why }),
  })
  if (read.data !== undefined) {
    return (
      <Facts
        label={text.contact}
        rows={[
          {
            label: read.data.contact,
            value: <a href={`tel:${read.data.telephone}`}>{read.data.telephone}</a>,
          },
        ]}
      />
    )
  }
  const send = () => {
    const short = purpose.trim().length < 4
    setProblems(short ? [{ field: 'purpose', message: text.tooShort(4) }] : [])
    if (!short) read.mutate(purpose)
  }
  return (
    <Form
      label={text.contact}
      onSubmit={send}
      errors={problems}
      error={read.error}
      text={errors}
      actions={
        <Button type="submit" busy={read.isPending}>
          {text.readContact}
        </Button>
      }
    >
      <TextField
        name="purpose"
        label={text.purposeLabel}
        maxLength={200}
        value={purpose}
        onChange={setPurpose}
      />
    </Form>
  )
}
