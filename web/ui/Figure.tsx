import type { ReactNode } from 'react'
import { Badge, type Tone } from './Badge.tsx'
import { formatNumber, hasTarget, type Operator, operatorInWords } from './format.ts'
import { language } from './language.ts'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './Figure.css'

export interface FigureProps {
  readonly label: ReactNode
  readonly value: number | null
  readonly unit?: string | undefined
  readonly digits?: number
  /** The page that lists what the number counts. Every number opens: there is no figure without it. */
  readonly href: string
  /** In place of the number when it is null: suppressed, confidential. */
  readonly withheld?: string | undefined
  readonly operator?: Operator | undefined
  readonly target?: number | null | undefined
  readonly targetYear?: number | undefined
  readonly met?: boolean | null | undefined
  /** Overrides the wording of `met`: on course, behind. */
  readonly standing?: { readonly tone: Tone; readonly words: string }
  readonly asOf?: string | null | undefined
  readonly snapshot?: string | undefined
}

/** The number that opens: value, unit, the target in words, when it was true, and the records behind it. */
export function Figure(props: FigureProps) {
  const { label, value, unit, digits, href, withheld } = props
  const words = useOwnWords()
  const spoken = typeof label === 'string' ? words.openFigure(label) : undefined
  return (
    <div className="figure">
      <p className="figure-label">{label}</p>
      {value === null ? (
        <p className="figure-number" data-empty>
          {withheld ?? words.noData}
        </p>
      ) : (
        <TextLink className="figure-number" href={href} title={spoken}>
          {formatNumber(value, digits)}
          {unit && <span className="figure-unit">{unit}</span>}
        </TextLink>
      )}
      <Standing {...props} />
      <Origin asOf={props.asOf} snapshot={props.snapshot} />
    </div>
  )
}

function Standing({ operator, target, targetYear, unit, met, standing }: FigureProps) {
  const words = useOwnWords()
  const aim =
    target === null || target === undefined ? '' : [formatNumber(target), unit].filter(Boolean).join(' ')
  const goal =
    operator && (aim || !hasTarget(operator)) ? operatorInWords(operator, aim, language) : undefined
  if (!goal && !standing) return null
  return (
    <p className="figure-standing">
      {goal && (
        <span>
          {targetYear && `${words.year(String(targetYear))} `}
          {goal}
        </span>
      )}
      {standing ? (
        <Badge tone={standing.tone}>{standing.words}</Badge>
      ) : (
        typeof met === 'boolean' && (
          <Badge tone={met ? 'met' : 'neutral'}>{met ? words.met : words.notMet}</Badge>
        )
      )}
    </p>
  )
}

function Origin({ asOf, snapshot }: Pick<FigureProps, 'asOf' | 'snapshot'>) {
  const words = useOwnWords()
  if (!asOf && !snapshot) return null
  return (
    <p className="figure-origin">
      {asOf && <time dateTime={asOf}>{words.asOf(asOf.slice(0, 10))}</time>}
      {asOf && snapshot && ' · '}
      {snapshot && words.snapshot(snapshot)}
    </p>
  )
}
