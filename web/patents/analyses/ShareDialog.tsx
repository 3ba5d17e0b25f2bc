import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { SHARES } from '../../../src/patents/analysis.rules.ts'
import { api } from '../../app/api.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import styles from './analyses.module.css'
import { type Analysis, refresh, useText } from './queries.ts'

interface Props {
  readonly analysis: Analysis
  readonly onClose: () => void
}

/** Who may read it by its link: nobody else, colleagues, staff, everybody. */
export function ShareDialog({ analysis, onClose }: Props) {
  const text = useText()
  const words = text.share
  const announce = useAnnounce()
  const { id, version, organisations, mayShareWithStaff } = analysis
  const [share, setShare] = useState(analysis.share)
  const [organisationId, setOrganisation] = useState(analysis.organisation?.id ?? organisations[0]?.id ?? '')
  const change = useMutation(
    api.analyses.share.mutationOptions({
      onSuccess: async () => {
        await refresh()
        announce(words.done)
        onClose()
      },
    }),
  )
  const offered = SHARES.filter(
    (one) =>
      one === analysis.share ||
      ((one !== 'organisation' || organisations.length > 0) && (one !== 'staff' || mayShareWithStaff)),
  )
  return (
    <Dialog title={words.title} open onClose={onClose} firm>
      <Form
        onSubmit={() =>
          change.mutate({ id, version, share, ...(share === 'organisation' && { organisationId }) })
        }
        error={change.error}
        text={text.errors}
        actions={
          <>
            <Button type="submit" kind="primary" busy={change.isPending}>
              {words.save}
            </Button>
            <Button onClick={onClose}>{words.cancel}</Button>
          </>
        }
      >
        <RadioGroup
          name="share"
          label={words.who}
          value={share}
          onChange={(value) => setShare(SHARES.find((one) => one === value) ?? 'private')}
          options={offered.map((value) => ({ value, label: text.shares[value], hint: words.hints[value] }))}
        />
        {share === 'organisation' && organisations.length > 1 && (
          <SelectField
            name="organisationId"
            label={words.organisation}
            value={organisationId}
            onChange={setOrganisation}
            options={organisations.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        <p className={styles.link}>
          {words.link}: <code>{`${location.origin}/patents/analyses/${id}`}</code>
        </p>
      </Form>
    </Dialog>
  )
}
