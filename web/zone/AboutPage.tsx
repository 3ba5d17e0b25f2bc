import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { ClauseLinks } from './ClauseLinks.tsx'
import { useZoneSummary, type Zone } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'
import styles from './zone.module.css'

/** What the zone is: its plan, its history, its aims, who governs it, and on which documents it rests. */
export function AboutPage() {
  const text = useText()
  const zone = useZoneSummary()
  return (
    <Page title={text.about.title} eyebrow={either(zone.names)} lede={either(zone.summary)}>
      <Section title={text.about.plan}>
        <p>
          <TextLink href="/plan">{either(zone.plan.names)}</TextLink>
        </p>
        <p className={styles.place}>{zone.plan.number}</p>
      </Section>
      <Section title={text.about.milestones}>
        <ol className={styles.milestones}>
          {zone.milestones.map(({ on, names }) => (
            <li key={on + names.en}>
              <time dateTime={on}>{on}</time>
              <span>{either(names)}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Aims zone={zone} />
      <Section title={text.about.governance} note={text.about.governanceNote}>
        <ul className={styles.members}>
          {zone.actorClasses.map(({ code, names }) => (
            <li key={code}>{either(names)}</li>
          ))}
        </ul>
      </Section>
      <Policies zone={zone} />
      <Office zone={zone} />
      <Section title={text.about.links}>
        <ul className={styles.links}>
          {(
            [
              ['/carriers', either(zone.carrierModel)],
              ['/stations', text.stations.title],
              ['/spaces', text.spaces.title],
              ['/industries', text.industries.title],
              ['/clauses', text.coverage.title],
            ] as const
          ).map(([href, words]) => (
            <li key={href}>
              <TextLink href={href}>{words}</TextLink>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={text.about.profile} note={text.about.profileNote}>
        <code className={styles.version}>{zone.version}</code>
      </Section>
    </Page>
  )
}

function Aims({ zone: { pillars } }: { readonly zone: Zone }) {
  const text = useText()
  return (
    <Section title={text.about.pillars} note={text.about.pillarsNote}>
      <Facts
        rows={pillars.map(({ names, action, aim }) => ({
          label: either(names),
          value: either(action.names),
          note: either(aim),
        }))}
      />
    </Section>
  )
}

function Policies({ zone: { policies } }: { readonly zone: Zone }) {
  const text = useText()
  if (policies.length === 0) return null
  return (
    <Section title={text.about.policies}>
      <ul className={styles.policies}>
        {policies.map(({ code, names, number, clauses }) => (
          <li key={code}>
            <p>{either(names)}</p>
            <div className={styles.place}>
              {text.about.policyNumber(number ?? text.about.noNumber)} <ClauseLinks clauses={clauses} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Office({ zone: { office, contact, region } }: { readonly zone: Zone }) {
  const text = useText()
  const { address, telephone, email, sample } = contact
  return (
    <Section title={text.about.contact} actions={sample && <SampleMark />}>
      <Facts
        rows={[
          { label: text.about.office, value: either(office) },
          {
            label: text.about.region,
            value: [region.province.names, region.city.names, region.names].map(either).join(' · '),
          },
          { label: text.about.address, value: address && either(address) },
          { label: text.about.telephone, value: telephone },
          { label: text.about.email, value: email },
        ]}
      />
    </Section>
  )
}
