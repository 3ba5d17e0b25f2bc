import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { either, language } from '../ui/language.ts'
import { formatNumber } from '../ui/format.ts'
import styles from './agencies.module.css'
import { useText, useZoneNames } from './queries.ts'

export type Advice = Awaited<ReturnType<typeof client.agencies.placement>>
type Reason = Advice['carriers'][number]['reasons'][number]

/** The carrier proposed, the three rules that led there, and how the other carriers fared. */
export function AdviceView({ advice }: { readonly advice: Advice }) {
  const { moving: text } = useText()
  const names = useZoneNames()
  const [first, ...others] = advice.carriers
  const carrier = names.carrier(advice.carrier)
  const numbers = advice.units.map((id) => advice.vacancies.find((unit) => unit.id === id)?.number ?? id)
  return (
    <div className={styles.advice}>
      <h2>{advice.waiting ? text.waiting(carrier) : text.proposed(carrier)}</h2>
      {numbers.length > 0 && <p>{text.units(numbers.join(language === 'zh' ? '、' : ', '))}</p>}
      <h3>{text.reasons}</h3>
      {first && <Reasons reasons={first.reasons} />}
      {others.length > 0 && <h3>{text.others}</h3>}
      {others.map(({ carrier: id, points, open, reasons }) => (
        <details key={id}>
          <summary>
            {names.carrier(id)} · {text.points(points)} {!open && <Badge tone="risk">{text.full}</Badge>}
          </summary>
          <Reasons reasons={reasons} />
        </details>
      ))}
      <p className={styles.fine}>
        {text.ruleNote(advice.placementRule)} {advice.sample && <Badge tone="info">{text.sample}</Badge>}
      </p>
    </div>
  )
}

function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { moving: text } = useText()
  const wordsOf = useReasonWords()
  return (
    <ol className={styles.findings}>
      {reasons.map((reason) => (
        <li key={reason.rule}>
          <p>
            <strong>{text.rules[reason.rule]}</strong>{' '}
            <Badge tone={reason.fits ? 'met' : 'neutral'}>{reason.fits ? text.fits : text.unfit}</Badge>{' '}
            {text.points(reason.points)}
          </p>
          <p>{wordsOf(reason)}</p>
        </li>
      ))}
    </ol>
  )
}

function useReasonWords() {
  const { moving: text, stages } = useText()
  const industryName = useIndustryNames()
  const list = (codes: readonly string[]) => codes.map(industryName).join(language === 'zh' ? '、' : ', ')
  return (reason: Reason): string => {
    switch (reason.rule) {
      case 'stage':
        return text.stage(stages[reason.stage], stages[reason.takes])
      case 'industry':
        if (reason.park.length === 0) return text.noPark
        return reason.fits ? text.shared(list(reason.shared)) : text.notShared(list(reason.park))
      case 'size':
        return reason.fits
          ? text.size(formatNumber(reason.neededSquareMetres), formatNumber(reason.offeredSquareMetres))
          : text.noSize(formatNumber(reason.neededSquareMetres))
    }
  }
}

/** The members of the zone's industry systems. */
export function useIndustries() {
  const systems = useQuery(api.zone.summary.queryOptions({}))
  return (systems.data?.industries ?? []).flatMap(({ groups }) => groups.flatMap(({ members }) => members))
}

function useIndustryNames() {
  const members = useIndustries()
  return (code: string) => {
    const found = members.find((one) => one.code === code)
    return found === undefined ? code : either(found.names)
  }
}
