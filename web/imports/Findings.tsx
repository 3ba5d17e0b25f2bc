import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { Section } from '../ui/Page.tsx'
import type { FindingCode } from './messages.zh.ts'
import type { PatentFinding, Warning } from './patents.zh.ts'
import type { Finding } from './queries.ts'
import { type Text, useText } from './text.ts'

/** What was noticed about a file beyond the fate of its rows. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const text = useText()
  return (
    <Section title={text.findings}>
      {findings.length === 0 && <p>{text.noFindings}</p>}
      {findings.length > 0 && (
        <Facts
          label={text.findings}
          rows={findings.map(({ code, count, places, detail }) => ({
            label:
              text.finding[code as FindingCode] ??
              text.patents.finding[code as PatentFinding] ??
              text.patents.warnings[code as Warning] ??
              code,
            value: [text.times(formatNumber(count)), detail === undefined ? '' : detailWords(detail)]
              .filter(Boolean)
              .join(' · '),
            note: places.length === 0 ? undefined : placesWords(places, count, text),
          }))}
        />
      )}
    </Section>
  )
}

function detailWords(detail: Readonly<Record<string, string | number>>): string {
  return Object.entries(detail)
    .map(([name, value]) => (name === 'column' || name === 'encoding' ? String(value) : `${name} ${value}`))
    .join(' · ')
}

const PLACES_SHOWN = 5

function placesWords(places: Finding['places'], count: number, text: Text): string {
  const list = places
    .slice(0, PLACES_SHOWN)
    .map(({ line, sheet }) => (sheet === undefined ? `${line}` : `${sheet}!${line}`))
  return text.places(list.join('、'), count > PLACES_SHOWN)
}
