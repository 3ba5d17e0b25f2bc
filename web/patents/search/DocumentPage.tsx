import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { NearSection } from '../near/NearSection.tsx'
import { languageTag } from './Marked.tsx'
import { type Document, searchHref, useText } from './queries.ts'
import styles from './search.module.css'

/** One document: what it says, what became of it, who had it, and what stands beside it. */
export function DocumentPage() {
  const text = useText()
  const number = usePathParameter('number')
  const document = useQuery({
    ...api.patents.get.queryOptions({ input: { publicationNumber: number } }),
    retry: false,
  })
  const crumbs = [{ text: text.document.back, href: '/patents' }]
  if (document.data === undefined)
    return (
      <Page title={number} crumbs={crumbs} failed={document.isError}>
        <Loaded query={document} text={text.errors}>
          {() => null}
        </Loaded>
      </Page>
    )
  const { data } = document
  return (
    <Page
      title={data.title === '' ? data.publicationNumber : data.title}
      eyebrow={data.publicationNumber}
      crumbs={crumbs}
      badges={
        <>
          <Badge>{text.rights[data.right]}</Badge>
          <Badge tone={data.legalStatus === 'in-force' ? 'met' : 'neutral'}>
            {text.statuses[data.legalStatus]}
          </Badge>
        </>
      }
    >
      <Bibliography data={data} />
      <Words data={data} />
      <Ownership data={data} />
      <Events data={data} />
      <Relatives data={data} />
      <Similar data={data} />
      <NearSection number={data.publicationNumber} />
    </Page>
  )
}

function Bibliography({ data }: { readonly data: Document }) {
  const text = useText()
  const words = text.document
  const observed = {
    source: { name: words.source(data.source.file, formatNumber(data.source.line)) },
    asOf: data.source.observedOn,
  }
  const rows = [
    {
      label: words.publicationNumber,
      value: data.publicationNumber,
      ...(data.keyedBy === 'application' && { note: words.keyedByApplication }),
      ...observed,
    },
    {
      label: words.applicationNumber,
      value: data.applicationNumber,
      note: words.numberStates[data.numberState],
    },
    { label: text.fields.filedOn, value: data.filedOn },
    { label: text.fields.publishedOn, value: data.publishedOn },
    { label: words.grantedOn, value: data.grantedOn },
    {
      label: text.fields.applicants,
      value: <Names field="pa" names={data.applicants.map(({ name }) => name)} />,
    },
    {
      label: text.fields.owners,
      value:
        data.owners.length === 0 ? null : <Names field="ow" names={data.owners.map(({ name }) => name)} />,
    },
    { label: text.fields.inventors, value: <Names field="in" names={data.inventors} /> },
    {
      label: text.fields.agency,
      value: data.agency?.name ? <Names field="ag" names={[data.agency.name]} /> : null,
    },
    { label: words.attorneys, value: data.attorneys.join(text.separator) },
    { label: words.mainIpc, value: data.mainIpc },
    { label: words.allClasses, value: <Classes data={data} /> },
  ]
  return (
    <Section title={words.facts}>
      <Facts rows={rows.filter(({ value }) => value !== null && value !== '')} />
    </Section>
  )
}

function Names({ field, names }: { readonly field: string; readonly names: readonly string[] }) {
  const text = useText()
  if (names.length === 0) return <>{text.unknownApplicant}</>
  return (
    <>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && text.separator}
          <TextLink href={searchHref(`${field}=="${name.replaceAll(/["“”]/g, ' ')}"`)}>{name}</TextLink>
        </span>
      ))}
    </>
  )
}

function Classes({ data }: { readonly data: Document }) {
  const classes = [...new Set([...data.ipc, ...data.cpc, ...data.locarno])]
  return <>{classes.join(' · ')}</>
}

function Words({ data }: { readonly data: Document }) {
  const words = useText().document
  const abstracts = Object.entries(data.abstracts)
  if (abstracts.length === 0 && data.claims === null)
    return (
      <Section title={words.abstract}>
        <p>{words.noText}</p>
      </Section>
    )
  return (
    <>
      {abstracts.length > 0 && (
        <Section title={words.abstract}>
          {abstracts.map(([language, abstract]) => (
            <p key={language} lang={languageTag(language)} className={styles['prose']}>
              {abstract}
            </p>
          ))}
        </Section>
      )}
      {data.claims !== null && (
        <Section title={words.claims} note={data.claims.complete ? undefined : words.claimsPart}>
          {data.claims.texts.map((claim, at) => (
            <p key={at} lang={languageTag(data.claims?.language)} className={styles['prose']}>
              {claim}
            </p>
          ))}
        </Section>
      )}
    </>
  )
}

function Ownership({ data }: { readonly data: Document }) {
  const text = useText()
  const words = text.document
  if (data.ownership.length === 0) return null
  return (
    <Section title={words.ownership}>
      <ol className={styles['plain']}>
        {data.ownership.map((holding, at) => (
          <li key={at}>
            {holding.from ?? words.noDay} · {words.because[holding.because]} ·{' '}
            {holding.names.join(text.separator)}
            {holding.to !== null && ` · ${words.until(holding.to)}`}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Events({ data }: { readonly data: Document }) {
  const text = useText()
  const words = text.document
  return (
    <>
      <Section title={words.events}>
        {data.events.length === 0 ? (
          <p>{words.noEvents}</p>
        ) : (
          <ol className={styles['plain']}>
            {data.events.map((event, at) => (
              <li key={at}>
                {event.on ?? words.noDay} · {event.code} {event.text}
                {event.effect !== null && ` · ${text.statuses[event.effect]}`}
              </li>
            ))}
          </ol>
        )}
      </Section>
      {data.annuities.length > 0 && (
        <Section title={words.annuities}>
          <ol className={styles['plain']}>
            {data.annuities.map((fee, at) => (
              <li key={at}>
                {words.annuityYear(formatNumber(fee.year))} · {fee.paidOn ?? fee.dueOn ?? words.noDay} ·{' '}
                {words.annuityStates[fee.state as keyof typeof words.annuityStates]}
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}

function Relatives({ data }: { readonly data: Document }) {
  const text = useText()
  const words = text.document
  const here = new Set(data.relatives.map(({ publicationNumber }) => publicationNumber))
  const elsewhere = data.family.filter((number) => number !== data.publicationNumber && !here.has(number))
  return (
    <>
      <Section title={words.family}>
        {data.relatives.length === 0 && <p>{words.noFamily}</p>}
        <ul className={styles['plain']}>
          {data.relatives.map(({ publicationNumber, title, relation, publishedOn }) => (
            <li key={publicationNumber}>
              {words.relations[relation]} ·{' '}
              <TextLink href={`/patents/${encodeURIComponent(publicationNumber)}`}>
                {publicationNumber}
              </TextLink>{' '}
              {title}
              {publishedOn !== null && ` · ${publishedOn}`}
            </li>
          ))}
        </ul>
        {elsewhere.length > 0 && (
          <p>
            {words.familyElsewhere}: {elsewhere.join(', ')}
          </p>
        )}
      </Section>
      {(data.citations.length > 0 || data.timesCited !== null) && (
        <Section
          title={words.citations}
          note={data.timesCited === null ? undefined : words.timesCited(formatNumber(data.timesCited))}
        >
          <ul className={styles['plain']}>
            {data.citations.map(({ number, text: cited }, at) => (
              <li key={at}>
                {number !== null && here.has(number) ? (
                  <TextLink href={`/patents/${encodeURIComponent(number)}`}>{number}</TextLink>
                ) : (
                  number
                )}{' '}
                {cited}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Similar({ data }: { readonly data: Document }) {
  const text = useText()
  const words = text.document
  if (data.similar.length === 0) return null
  return (
    <Section title={words.similar} note={words.similarNote}>
      <ul className={styles['plain']}>
        {data.similar.map(({ publicationNumber, title, filedOn, shared }) => (
          <li key={publicationNumber}>
            <TextLink href={`/patents/${encodeURIComponent(publicationNumber)}`}>{title}</TextLink>
            {filedOn !== null && ` · ${filedOn}`} · {words.shared(shared.join(text.separator))}
          </li>
        ))}
      </ul>
    </Section>
  )
}
