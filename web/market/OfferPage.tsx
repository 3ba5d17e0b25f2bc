import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { DEAL_KIND_NAMES } from '../../src/market/rules.ts'
import { api } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { NumberField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { refresh, useIndustries, useText } from './queries.ts'

/** Puts a patent on the market, in the words by which buyers look. */
export function OfferPage() {
  const text = useText()
  return (
    <Page
      title={text.offer.title}
      lede={text.offer.lede}
      width="prose"
      crumbs={[{ text: text.desk.title, href: '/work/market' }]}
    >
      <Offering />
    </Page>
  )
}

function Offering() {
  const text = useText()
  const words = text.offer
  const navigate = useNavigate()
  const industries = useIndustries()
  const mine = useQuery(api.market.listings.queryOptions({ input: { mine: 'yes', limit: 1 } }))
  const offerers = mine.data?.offerers ?? []
  const [draft, setDraft] = useState({
    publicationNumber: useSearchState().text('number'),
    partyId: '',
    field: '',
    industry: '',
    summary: '',
  })
  const [kind, setKind] = useState<(typeof DEAL_KIND_NAMES)[number]>('transfer')
  const [price, setPrice] = useState<number>()
  const [tried, setTried] = useState(false)
  const partyId = draft.partyId || (offerers.length === 1 ? (offerers[0]?.id ?? '') : '')
  const offer = useMutation(
    api.market.offer.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh()
        await navigate({ to: `/market/${id}` })
      },
    }),
  )
  const field = (name: keyof typeof draft) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft((now) => ({ ...now, [name]: value })),
    required: true,
  })
  const { required } = words
  const problems = [
    ...(draft.publicationNumber.trim().length < 4
      ? [{ field: 'publicationNumber', message: required.number }]
      : []),
    ...(partyId === '' ? [{ field: 'partyId', message: required.organisation }] : []),
    ...(draft.field.trim().length < 2 ? [{ field: 'field', message: required.field }] : []),
    ...(draft.industry === '' ? [{ field: 'industry', message: required.industry }] : []),
    ...(draft.summary.trim().length < 2 ? [{ field: 'summary', message: required.summary }] : []),
  ]
  const submit = () => {
    setTried(true)
    if (problems.length > 0) return
    const publicationNumber = draft.publicationNumber.replaceAll(/\s/g, '').toUpperCase()
    offer.mutate({
      ...draft,
      publicationNumber,
      partyId,
      kind,
      ...(price !== undefined && price > 0 && { priceFen: Math.round(price * 100) }),
    })
  }
  return (
    <Form
      label={words.title}
      onSubmit={submit}
      error={offer.error}
      text={text.errors}
      errors={tried ? problems : []}
      actions={
        <>
          <Button type="submit" kind="primary" busy={offer.isPending}>
            {words.save}
          </Button>
          <ButtonLink href="/work/market">{words.cancel}</ButtonLink>
        </>
      }
    >
      <TextField {...field('publicationNumber')} label={words.number} hint={words.numberHint} />
      <SelectField
        {...field('partyId')}
        value={partyId}
        label={words.organisation}
        options={offerers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <RadioGroup
        name="kind"
        label={words.kind}
        inline
        value={kind}
        onChange={(value) => setKind(DEAL_KIND_NAMES.find((one) => one === value) ?? 'transfer')}
        options={DEAL_KIND_NAMES.map((value) => ({ value, label: text.kinds[value] }))}
      />
      <TextField {...field('field')} label={words.field} hint={words.fieldHint} />
      <SelectField {...field('industry')} label={words.industry} options={industries} />
      <TextAreaField {...field('summary')} label={words.summary} hint={words.summaryHint} />
      <NumberField
        name="priceFen"
        label={words.price}
        hint={words.priceHint}
        value={price}
        onChange={setPrice}
      />
    </Form>
  )
}
