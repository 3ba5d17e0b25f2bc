import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { cornersIn, cornersText } from './corners.ts'
import type { Zoning, ZoningArea } from './queries.ts'
import { useText } from './text.ts'
import { Drawing } from './ZoningMap.tsx'

/** Changes one area of the zoning map from a day on. */
export function ZoningDeskPage() {
  const text = useText()
  const { data: zoning } = useSuspenseQuery(api.zone.zoning.queryOptions({ input: {} }))
  const [chosen, setChosen] = useState('')
  const [saved, setSaved] = useState<{ area: string; from: string }>()
  const area = zoning.areas.find((one) => one.area === chosen)
  return (
    <Page title={text.zoningDesk.title} lede={text.zoningDesk.lede} width="prose">
      {saved && (
        <Notice tone="met" title={text.zoningDesk.saved(saved.area, saved.from)} live>
          <TextLink href={`/spaces?asOf=${saved.from}`}>{text.zoningDesk.see}</TextLink>
        </Notice>
      )}
      <SelectField
        name="area"
        label={text.zoningDesk.area}
        value={chosen}
        onChange={(value) => {
          setChosen(value)
          setSaved(undefined)
        }}
        options={zoning.areas.map(({ area: value, names }) => ({ value, label: either(names) }))}
      />
      {area && (
        <ChangeForm
          key={`${area.area} ${area.validFrom}`}
          area={area}
          zoning={zoning}
          onSaved={(from) => {
            setSaved({ area: either(area.names), from })
            setChosen('')
          }}
        />
      )}
    </Page>
  )
}

interface ChangeFormProps {
  readonly area: ZoningArea
  readonly zoning: Zoning
  readonly onSaved: (from: string) => void
}

function ChangeForm({ area, zoning, onSaved }: ChangeFormProps) {
  const text = useText()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState({
    from: zoning.asOf,
    reason: '',
    use: area.use,
    nameZh: area.names.zh,
    nameEn: area.names.en,
    corners: cornersText(area.polygon),
  })
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const change = useMutation(
    api.zone.changeZoning.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.zone.key() })
        onSaved(draft.from)
      },
    }),
  )
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const typed = cornersIn(draft.corners)
  /** The area as it would stand; the outline that is in force while what is typed is none. */
  const asTyped = (one: ZoningArea): ZoningArea =>
    one.area === area.area
      ? {
          ...one,
          use: draft.use,
          names: { zh: draft.nameZh, en: draft.nameEn },
          polygon: typed ?? one.polygon,
        }
      : one
  const submit = () => {
    const polygon = cornersIn(draft.corners)
    const problems = [
      ...(draft.reason.trim() === '' ? [{ field: 'reason', message: text.zoningDesk.required }] : []),
      ...(polygon === undefined ? [{ field: 'polygon', message: text.zoningDesk.polygonWrong }] : []),
    ]
    setErrors(problems)
    if (problems.length > 0 || polygon === undefined) return
    change.mutate({
      area: area.area,
      from: draft.from,
      basedOn: area.validFrom,
      reason: draft.reason,
      use: draft.use,
      names: { zh: draft.nameZh, en: draft.nameEn },
      polygon,
    })
  }
  return (
    <Form
      onSubmit={submit}
      errors={errors}
      error={change.error}
      text={text.zoningDesk.errors}
      actions={
        <Button type="submit" kind="primary" busy={change.isPending}>
          {text.zoningDesk.save}
        </Button>
      }
    >
      <DateField
        name="from"
        label={text.zoningDesk.from}
        hint={text.zoningDesk.fromHint}
        value={draft.from}
        onChange={(from) => set({ from })}
        required
      />
      <TextAreaField
        name="reason"
        label={text.zoningDesk.reason}
        hint={text.zoningDesk.reasonHint}
        value={draft.reason}
        onChange={(reason) => set({ reason })}
        maxLength={500}
        rows={3}
        required
      />
      <SelectField
        name="use"
        label={text.zoningDesk.use}
        value={draft.use}
        onChange={(use) => set({ use })}
        options={zoning.uses.map(({ code, names }) => ({ value: code, label: either(names) }))}
      />
      <TextField
        name="names.zh"
        label={text.zoningDesk.nameZh}
        value={draft.nameZh}
        onChange={(nameZh) => set({ nameZh })}
        maxLength={60}
      />
      <TextField
        name="names.en"
        label={text.zoningDesk.nameEn}
        value={draft.nameEn}
        onChange={(nameEn) => set({ nameEn })}
        maxLength={80}
      />
      <TextAreaField
        name="polygon"
        label={text.zoningDesk.polygon}
        hint={text.zoningDesk.polygonHint}
        value={draft.corners}
        onChange={(corners) => set({ corners })}
        rows={3}
      />
      <Drawing zoning={{ ...zoning, areas: zoning.areas.map(asTyped) }} />
    </Form>
  )
}
