import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/Badge.tsx'
import { BarList } from '../../ui/BarList.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { type Industries, useText } from './queries.ts'
import styles from './landscape.module.css'

/** The zone's industry systems, each member with its documents; what the plan counts and nobody has named stays empty. */
export function IndustryIndex() {
  const text = useText()
  const industries = useQuery(api.landscape.industries.queryOptions({}))
  return (
    <Loaded query={industries} text={text.errors}>
      {({ systems, documents, basis, note }) => (
        <>
          <div className={styles.headline}>
            <Figure
              label={text.index.all}
              value={documents}
              unit={text.documents}
              href="/patents/landscape?all=1"
              asOf={basis.asOf}
            />
          </div>
          {systems.map((system) => (
            <System key={system.id} system={system} />
          ))}
          <p className={styles.fine}>
            <Badge tone="risk">{text.definition.sample}</Badge> {either(note)}
          </p>
          <Related />
        </>
      )}
    </Loaded>
  )
}

type System = Industries['systems'][number]

function System({ system }: { readonly system: System }) {
  const text = useText()
  return (
    <Section title={either(system.names)} note={either(system.source)} layout="stacked">
      <div className={styles.groups}>
        {system.groups.map((group) => (
          <div key={group.id}>
            <h3>
              {either(group.names)} {group.sample && <Badge tone="risk">{text.index.sampleGroup}</Badge>}
            </h3>
            {group.members.length === 0 ? (
              <p className={styles.unknown}>{text.index.unknown(group.stated)}</p>
            ) : (
              <BarList
                label={either(group.names)}
                unit={text.documents}
                bars={group.members.map(({ code, names, documents }) => ({
                  key: code,
                  label: either(names),
                  value: documents,
                  note: documents === null ? text.index.undefinedMember : undefined,
                  href: `/patents/landscape?industry=${code}`,
                }))}
              />
            )}
          </div>
        ))}
      </div>
    </Section>
  )
}

function Related() {
  const { index } = useText()
  const links = [
    ['/patents/owners', index.owners],
    ['/patents/joins', index.joins],
    ['/patents/analyses', index.analyses],
    ['/patents/high-value', index.highValue],
    ['/patents/navigation', index.navigation],
    ['/university-cloud', index.cloud],
    ['/market', index.market],
  ] as const
  return (
    <Section title={index.more}>
      <ul className={styles.related}>
        {links.map(([href, words]) => (
          <li key={href}>
            <TextLink href={href}>{words}</TextLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}
