import { either } from '../ui/language.ts'
import { RegisterRow } from '../ui/RegisterList.tsx'
import { RecordText } from '../ui/values.tsx'
import type { MatterItem } from './queries.ts'
import { dueWords } from './sentences.ts'
import { StateBadges } from './StateBadges.tsx'
import { useText } from './text.ts'

/** A matter as a line that reads: what it is, where it stands, by when, and who has it. */
export function MatterRow({ matter, base }: { readonly matter: MatterItem; readonly base: string }) {
  const text = useText()
  const { number, procedure, title, station, due, submittedAt, closedOn } = matter
  return (
    <RegisterRow
      href={`${base}/${number}`}
      title={<RecordText>{title || either(procedure.names)}</RecordText>}
      badges={<StateBadges matter={matter} />}
      note={due && closedOn === null ? `${due.on} · ${dueWords(due, text)}` : (closedOn ?? undefined)}
    >
      {text.list.sentence(number, either(procedure.names), submittedAt.slice(0, 10), either(station.names))}
    </RegisterRow>
  )
}
