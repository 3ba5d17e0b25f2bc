import { useId } from 'react'
import { Button } from '../ui/Button.tsx'
import { either, language } from '../ui/language.ts'
import { Empty } from '../ui/states.tsx'
import { DateText } from '../ui/values.tsx'
import { InLanguage } from './InLanguage.tsx'
import type { Zoning, ZoningArea } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'
import styles from './zone.module.css'

interface ZoningMapProps {
  readonly zoning: Zoning
  readonly onDay: (day: string) => void
}

/** The map as a drawing, and beside it the same as a list: whoever cannot see the one has the other. */
export function ZoningMap({ zoning, onDay }: ZoningMapProps) {
  const text = useText()
  if (zoning.areas.length === 0) return <Empty title={text.spaces.noMap} />
  return (
    <div className={styles.zoning}>
      <Drawing zoning={zoning} />
      <ol className={styles.areas}>
        {zoning.areas.map((area, index) => (
          <li key={area.area}>
            <span className={styles.areaNumber} data-use={toneOf(zoning, area)}>
              {index + 1}
            </span>
            <div>
              <p className={styles.areaName}>
                {either(area.names)} {area.sample && <SampleMark />}
              </p>
              <p>{nameOfUse(zoning, area)}</p>
              <p className={styles.place}>
                {text.spaces.since} <DateText value={area.validFrom} /> ·{' '}
                <InLanguage of="zh">{area.reason}</InLanguage>
              </p>
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.changeDays}>
        {text.spaces.changes}
        {zoning.changeDays.map((day) => (
          <Button key={day} kind="quiet" onClick={() => onDay(day)} aria-pressed={zoning.asOf === day}>
            {day}
          </Button>
        ))}
      </p>
    </div>
  )
}

/** The map alone: what a change would make of it, while it is typed. */
export function Drawing({ zoning }: { readonly zoning: Zoning }) {
  const text = useText()
  const id = useId()
  const { width, height, note } = zoning.map
  return (
    <figure className={styles.drawing}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
        <title
          id={id}
        >{`${text.spaces.map} ${zoning.areas.map(({ names }) => either(names)).join(language === 'zh' ? '、' : ', ')}`}</title>
        {zoning.areas.map((area, index) => {
          const [x, y] = centreOf(area.polygon)
          return (
            <g key={area.area} data-use={toneOf(zoning, area)}>
              <polygon points={area.polygon.map((point) => point.join(',')).join(' ')} />
              <text x={x} y={y} fontSize={height / 22} textAnchor="middle" dominantBaseline="central">
                {index + 1}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption>{either(note)}</figcaption>
    </figure>
  )
}

/** Uses keep one tone each, in the order of the profile. */
function toneOf({ uses }: Zoning, area: ZoningArea): number {
  return uses.findIndex(({ code }) => code === area.use) + 1
}

function nameOfUse({ uses }: Zoning, area: ZoningArea): string {
  const use = uses.find(({ code }) => code === area.use)
  return use ? either(use.names) : area.use
}

function centreOf(polygon: ZoningArea['polygon']): [number, number] {
  const sum = polygon.reduce(([sumX, sumY], [x, y]) => [sumX + x, sumY + y] as [number, number], [0, 0] as [
    number,
    number,
  ])
  return [sum[0] / polygon.length, sum[1] / polygon.length]
}
