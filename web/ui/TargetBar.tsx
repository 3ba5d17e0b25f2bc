import type { Tone } from './Badge.tsx'
import { formatNumber, type Operator, operatorInWords } from './format.ts'
import { language } from './language.ts'
import { useOwnWords } from './words.ts'
import './TargetBar.css'

export interface TargetBarProps {
  readonly label: string
  readonly actual: number | null
  readonly target: number
  readonly operator: Operator
  readonly unit?: string | undefined
  readonly baseline?: number | null | undefined
  /** Where the value should stand today on its way from the baseline to the target. */
  readonly path?: number | null | undefined
  readonly tone?: Tone
}

/**
 * Baseline, course, actual and target on one line that starts at zero. The target is a line when it must be passed
 * (超过) and the bar may touch it when it must be reached; the words say which.
 */
export function TargetBar(props: TargetBarProps) {
  const { label, actual, target, operator, unit, baseline, path, tone = 'neutral' } = props
  const words = useOwnWords()
  const span = Math.max(target, actual ?? 0, baseline ?? 0, path ?? 0) * 1.08 || 1
  const at = (value: number) => `${Math.max(0, Math.min(100, (value / span) * 100)).toFixed(2)}%`
  const said = (value: number) => (unit ? `${formatNumber(value)} ${unit}` : formatNumber(value))
  const goal = operatorInWords(operator, said(target), language)
  const sentence = [
    label,
    actual === null ? words.noData : `${words.actual} ${said(actual)}`,
    path === null || path === undefined ? '' : `${words.path} ${said(path)}`,
    `${words.target} ${goal}`,
  ]
  return (
    <div className="target-bar" data-tone={tone}>
      <svg role="img" aria-label={sentence.filter(Boolean).join(language === 'zh' ? '，' : ', ')}>
        <line className="target-bar-track" x1="0" x2="100%" y1="11" y2="11" strokeWidth="1" />
        {actual !== null && (
          <line className="target-bar-actual" x1="0" x2={at(actual)} y1="11" y2="11" strokeWidth="8" />
        )}
        {typeof baseline === 'number' && (
          <line
            className="target-bar-track"
            x1={at(baseline)}
            x2={at(baseline)}
            y1="5"
            y2="17"
            strokeWidth="2"
          />
        )}
        {typeof path === 'number' && <circle className="target-bar-path" cx={at(path)} cy="11" r="3.5" />}
        <line className="target-bar-mark" x1={at(target)} x2={at(target)} y1="1" y2="21" />
      </svg>
      <div className="target-bar-words" aria-hidden>
        {typeof baseline === 'number' && <span>{`${words.baseline} ${formatNumber(baseline)}`}</span>}
        {typeof path === 'number' && <span>{`${words.path} ${formatNumber(path)}`}</span>}
        <span>{`${words.target} ${goal}`}</span>
      </div>
    </div>
  )
}
