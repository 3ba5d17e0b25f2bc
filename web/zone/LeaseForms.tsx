import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { ComboField } from '../ui/ComboField.tsx'
import { DateField, NumberField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import type { Lease } from './LeaseDeskPage.tsx'
import { useText } from './text.ts'

interface LeaseDraft {
  readonly unit: string
  readonly number: string
  readonly tenantName: string
  readonly tenantCreditCode: string
  readonly rent: number | undefined
  readonly validFrom: string
  readonly validTo: string
}

const NOTHING: LeaseDraft = {
  unit: '',
  number: '',
  tenantName: '',
  tenantCreditCode: '',
  rent: undefined,
  validFrom: '',
  validTo: '',
}

type Problem = { field: string; message: string }

export function StartLeaseForm() {
  const text = useText()
  const units = useUnits()
  const [draft, setDraft] = useState(NOTHING)
  const [errors, setErrors] = useState<Problem[]>([])
  const [saved, setSaved] = useState<string>()
  const refresh = useRefresh()
  const start = useMutation(
    api.zone.startLease.mutationOptions({
      onSuccess: async ({ number }) => {
        setDraft(NOTHING)
        setSaved(number)
        await refresh()
      },
    }),
  )
  const set = (part: Partial<LeaseDraft>) => setDraft({ ...draft, ...part })
  const submit = () => {
    const { rent, validTo, ...rest } = draft
    const problems = missingIn(
      { ...rest, monthlyRentFen: rent === undefined ? '' : 'given' },
      text.zoningDesk.required,
    )
    setErrors(problems)
    setSaved(undefined)
    if (problems.length > 0 || rent === undefined) return
    start.mutate({
      ...rest,
      monthlyRentFen: Math.round(rent * 100),
      validTo: validTo === '' ? null : validTo,
    })
  }
  return (
    <>
      {saved && <Notice tone="met" title={text.leaseDesk.saved(saved)} live />}
      <Form
        onSubmit={submit}
        errors={errors}
        error={start.error}
        text={text.leaseDesk.errors}
        actions={
          <Button type="submit" kind="primary" busy={start.isPending}>
            {text.leaseDesk.save}
          </Button>
        }
      >
        <ComboField
          name="unit"
          label={text.leaseDesk.unit}
          value={draft.unit}
          onChange={(unit) => set({ unit })}
          options={units}
        />
        <TextField
          name="number"
          label={text.leaseDesk.number}
          value={draft.number}
          onChange={(number) => set({ number })}
          maxLength={40}
        />
        <TextField
          name="tenantName"
          label={text.leaseDesk.tenant}
          value={draft.tenantName}
          onChange={(tenantName) => set({ tenantName })}
          maxLength={200}
        />
        <TextField
          name="tenantCreditCode"
          label={text.leaseDesk.creditCode}
          value={draft.tenantCreditCode}
          onChange={(code) => set({ tenantCreditCode: code.trim().toUpperCase() })}
          maxLength={18}
        />
        <NumberField
          name="monthlyRentFen"
          label={text.leaseDesk.rent}
          unit={text.leaseDesk.rentUnit}
          value={draft.rent}
          onChange={(rent) => set({ rent })}
        />
        <DateField
          name="validFrom"
          label={text.leaseDesk.from}
          value={draft.validFrom}
          onChange={(validFrom) => set({ validFrom })}
        />
        <DateField
          name="validTo"
          label={text.leaseDesk.to}
          hint={text.leaseDesk.toHint}
          required={false}
          value={draft.validTo}
          onChange={(validTo) => set({ validTo })}
        />
      </Form>
    </>
  )
}

export function EndLeaseForm({ leases }: { readonly leases: readonly Lease[] }) {
  const text = useText()
  const [draft, setDraft] = useState({ id: '', on: '', reason: '' })
  const [errors, setErrors] = useState<Problem[]>([])
  const [ended, setEnded] = useState<string>()
  const refresh = useRefresh()
  const end = useMutation(
    api.zone.endLease.mutationOptions({
      onSuccess: async ({ number }) => {
        setDraft({ id: '', on: '', reason: '' })
        setEnded(number)
        await refresh()
      },
    }),
  )
  const submit = () => {
    const problems = missingIn(draft, text.zoningDesk.required)
    setErrors(problems)
    setEnded(undefined)
    if (problems.length === 0) end.mutate(draft)
  }
  const running = leases.filter(({ validTo }) => validTo === null)
  return (
    <>
      {ended && <Notice tone="met" title={text.leaseDesk.ended(ended)} live />}
      <Form
        onSubmit={submit}
        errors={errors}
        error={end.error}
        text={text.leaseDesk.errors}
        actions={
          <Button type="submit" kind="primary" busy={end.isPending}>
            {text.leaseDesk.end}
          </Button>
        }
      >
        <ComboField
          name="id"
          label={text.leaseDesk.choose}
          value={draft.id}
          onChange={(id) => setDraft({ ...draft, id })}
          options={running.map(({ id, number, unit, tenantName }) => ({
            value: id,
            label: `${number} · ${unit} · ${tenantName}`,
          }))}
        />
        <DateField
          name="on"
          label={text.leaseDesk.endOn}
          value={draft.on}
          onChange={(on) => setDraft({ ...draft, on })}
        />
        <TextAreaField
          name="reason"
          label={text.leaseDesk.reason}
          value={draft.reason}
          onChange={(reason) => setDraft({ ...draft, reason })}
          maxLength={500}
          rows={3}
        />
      </Form>
    </>
  )
}

/** Every unit of the inventory, named as people find it. */
function useUnits() {
  const { data } = useQuery(api.zone.spaces.queryOptions({ input: {} }))
  return (data?.buildings ?? []).flatMap((building) =>
    building.floors.flatMap((floor) =>
      floor.units.map(({ id, number }) => ({ value: id, label: `${either(building.names)} ${number}` })),
    ),
  )
}

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: api.zone.key() })
}

function missingIn(fields: Readonly<Record<string, string>>, message: string): Problem[] {
  return Object.entries(fields)
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => ({ field, message }))
}
