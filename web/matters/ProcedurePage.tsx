import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { formatBytes } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { sectionsOf } from './form.ts'
import styles from './matters.module.css'
import { namesOfTypes } from './MaterialsStep.tsx'
import type { Procedure } from './queries.ts'
import { audienceWords, basisWords, termWords } from './sentences.ts'
import { useText } from './text.ts'
import { useZoneNames } from './zone-names.ts'

/** One procedure before one starts it: what it is, who may, what is asked, how long it takes, on what law, and where. */
export function ProcedurePage() {
  const text = useText()
  const code = usePathParameter('code')
  const procedure = useQuery(api.matters.procedure.queryOptions({ input: { code } }))
  const { data } = procedure
  return (
    <Page
      title={data ? either(data.names) : code}
      eyebrow={text.procedure.kind}
      crumbs={[{ text: text.catalogue.title, href: '/services' }]}
      {...(data && {
        lede: either(data.summary),
        actions: <Start procedure={data} />,
        badges: data.sample && <Badge tone="risk">{text.sample}</Badge>,
      })}
    >
      <Loaded query={procedure} text={text.errors}>
        {(found) => (
          <>
            <WhoMay procedure={found} />
            <Asked procedure={found} />
            <Papers procedure={found} />
            <Terms procedure={found} />
            <Course procedure={found} />
            <Where procedure={found} />
            <Law procedure={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Start({ procedure }: { readonly procedure: Procedure }) {
  const text = useText()
  const station = useSearchState().text('station')
  const { signedIn } = useSession()
  if (signedIn && !procedure.mayStart) return null
  return (
    <ButtonLink
      kind="primary"
      href={`/services/${procedure.code}/start${station ? `?station=${station}` : ''}`}
    >
      {text.procedure.start}
    </ButtonLink>
  )
}

interface PartProps {
  readonly procedure: Procedure
}

function WhoMay({ procedure }: PartProps) {
  const text = useText()
  const { signedIn } = useSession()
  return (
    <Section title={text.procedure.who}>
      <p>{audienceWords(procedure, text)}</p>
      <p className={styles.quiet}>{text.procedure.behalf[procedure.onBehalfOf]}</p>
      {signedIn && !procedure.mayStart && (
        <Notice tone="risk" title={text.procedure.mayNot}>
          <p>{text.procedure.mayNotNext}</p>
        </Notice>
      )}
    </Section>
  )
}

function Asked({ procedure }: PartProps) {
  const text = useText()
  const sections = sectionsOf(procedure.form, {})
  return (
    <Section title={text.procedure.asked} note={text.procedure.askedNote}>
      <dl className={styles.asked}>
        {sections.map(({ name, title, questions }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{questions.map(({ label }) => label).join(text.comma)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Papers({ procedure: { materials } }: PartProps) {
  const text = useText()
  const rows = materials.map(({ names, hint, required, accepts, maxBytes, atMost }): Fact => ({
    label: either(names),
    value:
      required === true
        ? text.procedure.needed
        : required === false
          ? text.procedure.optional
          : text.procedure.sometimes,
    note: (
      <>
        {hint && `${either(hint)}${text.stop}`}
        {text.draft.fileLimits(namesOfTypes(accepts, text), formatBytes(maxBytes), atMost)}
      </>
    ),
  }))
  return (
    <Section title={text.procedure.materials} note={text.procedure.materialsNote}>
      {rows.length === 0 ? (
        <p>{text.procedure.noMaterials}</p>
      ) : (
        <Facts rows={rows} label={text.procedure.materials} />
      )}
    </Section>
  )
}

function Terms({ procedure: { clocks } }: PartProps) {
  const text = useText()
  const rows = clocks.map(({ names, term, owner, basis, onExpiry }): Fact => ({
    label: either(names),
    value: (
      <>
        {term ? termWords(term, text) : text.procedure.noTerm}{' '}
        {(term?.sample === true || basis.sample) && <Badge tone="risk">{text.sample}</Badge>}
      </>
    ),
    note: (
      <>
        {text.owners[owner]}
        {text.stop}
        {basisWords(basis, text)}
        {onExpiry !== null && ` ${text.procedure.onExpiry}`}
      </>
    ),
  }))
  return (
    <Section title={text.procedure.terms} note={text.procedure.termsNote}>
      <Facts rows={rows} label={text.procedure.terms} />
    </Section>
  )
}

/** The states in the order of their declaration, with who moves it out of each. */
function Course({ procedure: { states, steps } }: PartProps) {
  const text = useText()
  return (
    <Section title={text.procedure.course} note={text.procedure.courseNote}>
      <ol className={styles.course}>
        {states.map(({ code, names, kind }) => (
          <li key={code} data-kind={kind}>
            <p className={styles.courseName}>{either(names)}</p>
            <p className={styles.quiet}>
              {steps
                .filter(({ from }) => from.includes(code))
                .map(
                  (step) =>
                    `${either(step.names)}${text.by(step.by.map(({ kind: who }) => text.movers[who]).join(text.or))}`,
                )
                .join(text.semicolon) || text.procedure.end}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Where({ procedure: { stations, code } }: PartProps) {
  const text = useText()
  const names = useZoneNames()
  return (
    <Section title={text.procedure.where} note={text.procedure.whereNote}>
      <ul className={styles.stations}>
        {stations.map((station) => (
          <li key={station.code}>
            <TextLink href={`/stations/${station.code}`}>{either(station.names)}</TextLink>
            <span className={styles.quiet}>{names.kind(station.kind)}</span>
            <TextLink href={`/services/${code}/start?station=${station.code}`}>
              {text.procedure.startHere}
              <span className="visually-hidden">{text.procedure.at(either(station.names))}</span>
            </TextLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Law({ procedure: { basis, clauses, inForce, version } }: PartProps) {
  const text = useText()
  return (
    <Section title={text.procedure.law}>
      <ul className={styles.law}>
        {basis.map((one) => (
          <li key={`${one.document.zh} ${one.article}`}>
            {basisWords(one, text)} {one.sample && <Badge tone="risk">{text.sample}</Badge>}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        {text.procedure.clauses}{' '}
        {clauses.map((clause) => (
          <span key={clause}>
            <TextLink href={`/clauses/${clause}`}>{clause}</TextLink>{' '}
          </span>
        ))}
      </p>
      <p className={styles.quiet}>{text.procedure.inForce(inForce.from, version)}</p>
    </Section>
  )
}
