import { Badge } from '../ui/Badge.tsx'
import { either } from '../ui/language.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Empty } from '../ui/states.tsx'
import { ClauseLinks } from './ClauseLinks.tsx'
import { useZoneSummary, type Zone } from './queries.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

type System = Zone['industries'][number]

/** The industry systems of the plan; groups whose members nobody has published stay empty and say so. */
export function IndustriesPage() {
  const text = useText()
  const { industries } = useZoneSummary()
  return (
    <Page title={text.industries.title} lede={text.industries.lede}>
      {industries.length === 0 && <Empty title={text.industries.none} />}
      {industries.map((system) => (
        <Section
          key={system.id}
          title={either(system.names)}
          note={text.industries.source(either(system.source))}
          actions={<ClauseLinks clauses={[system.clause]} />}
        >
          {system.groups.map((group) => (
            <Group key={group.id} group={group} />
          ))}
        </Section>
      ))}
    </Page>
  )
}

function Group({
  group: { names, stated, members, sample, note },
}: {
  readonly group: System['groups'][number]
}) {
  const text = useText()
  return (
    <div className={styles.group}>
      <h3>
        {either(names)} {sample && <Badge tone="risk">{text.industries.unconfirmed}</Badge>}
      </h3>
      <p className={styles.place}>{text.industries.stated(stated)}</p>
      {members.length === 0 ? (
        <ol className={styles.unknownMembers} aria-label={text.industries.unknownMembers(stated)}>
          {Array.from({ length: stated }, (_, index) => (
            <li key={index} aria-hidden />
          ))}
        </ol>
      ) : (
        <ul className={styles.members}>
          {members.map((member) => (
            <li key={member.code}>{either(member.names)}</li>
          ))}
        </ul>
      )}
      {members.length === 0 && <p className={styles.check}>{text.industries.unknownMembers(stated)}</p>}
      {members.length > 0 && note && <p className={styles.check}>{either(note)}</p>}
    </div>
  )
}
