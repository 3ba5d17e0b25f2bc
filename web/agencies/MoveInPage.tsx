import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/choices.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, NumberField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Page } from '../ui/Page.tsx'
import { AdviceView, useIndustries } from './AdviceView.tsx'
import { useText } from './queries.ts'

interface Draft {
  readonly foundedOn: string
  readonly staff: number | undefined
  readonly attorneys: number | undefined
  readonly revenue: number | undefined
  readonly industries: readonly string[]
}

/** Where an agency would be placed, before it applies. Nothing typed here is kept. */
export function MoveInPage() {
  const { moving: text } = useText()
  const industries = useIndustries()
  const [draft, setDraft] = useState<Draft>({
    foundedOn: '',
    staff: undefined,
    attorneys: undefined,
    revenue: undefined,
    industries: [],
  })
  const [errors, setErrors] = useState<FieldProblem[]>([])
  const ask = useMutation(api.agencies.placement.mutationOptions())
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const submit = () => {
    const { foundedOn, staff, attorneys, revenue } = draft
    const problems = [
      ...(foundedOn === '' ? [{ field: 'foundedOn', message: text.needDay }] : []),
      ...(staff === undefined || staff < 1 ? [{ field: 'staff', message: text.needStaff }] : []),
    ]
    setErrors(problems)
    if (problems.length > 0 || staff === undefined) return
    ask.mutate({
      foundedOn,
      staff: Math.ceil(staff),
      attorneys: attorneys === undefined ? null : Math.round(attorneys),
      annualRevenueFen: revenue === undefined ? null : Math.round(revenue * 100),
      industries: [...draft.industries],
    })
  }
  return (
    <Page
      title={text.title}
      lede={text.lede}
      width="prose"
      actions={<ButtonLink href="/services/agency-move-in">{text.apply}</ButtonLink>}
    >
      <Form
        label={text.title}
        onSubmit={submit}
        errors={errors}
        error={ask.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="primary" busy={ask.isPending}>
            {text.ask}
          </Button>
        }
      >
        <DateField
          name="foundedOn"
          label={text.foundedOn}
          value={draft.foundedOn}
          onChange={(foundedOn) => set({ foundedOn })}
        />
        <NumberField
          name="staff"
          label={text.staff}
          value={draft.staff}
          onChange={(staff) => set({ staff })}
        />
        <NumberField
          name="attorneys"
          label={text.attorneys}
          value={draft.attorneys}
          onChange={(attorneys) => set({ attorneys })}
          required={false}
        />
        <NumberField
          name="annualRevenueFen"
          label={text.revenue}
          hint={text.revenueHint}
          unit={text.yuan}
          value={draft.revenue}
          onChange={(revenue) => set({ revenue })}
          required={false}
        />
        <CheckboxGroup
          name="industries"
          label={text.industries}
          options={industries.map(({ code, names }) => ({ value: code, label: either(names) }))}
          value={draft.industries}
          onChange={(chosen) => set({ industries: chosen })}
          required={false}
          inline
        />
      </Form>
      {ask.data && <AdviceView advice={ask.data} />}
    </Page>
  )
}
