import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { ProofFooter } from '../ui/ProofFooter.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { AppraisalSection } from './AppraisalSection.tsx'
import { DayChoice, PastDay } from './DayChoice.tsx'
import { HistorySection } from './HistorySection.tsx'
import { Original } from './Original.tsx'
import { type Agency, useDaysAsked, useText, useZoneNames } from './queries.ts'
import styles from './agencies.module.css'
import { StageSection } from './StageSection.tsx'
import { type FactName, FactValue, MaskedValue } from './values.tsx'

const REGISTER: readonly FactName[] = [
  'name',
  'nameEn',
  'legalForm',
  'foundedOn',
  'patentLicence',
  'trademarkRecordal',
]
const SERVICES: readonly FactName[] = ['classes', 'languages', 'prices']
const CONTACT: readonly FactName[] = [
  'address',
  'telephone',
  'email',
  'website',
  'contactName',
  'contactPhone',
  'contactEmail',
]
const PEOPLE: readonly FactName[] = ['staffCount', 'attorneyCount']

/** One agency on a day: every field with its source and date, its stage with the reasons, its moves, its history. */
export function AgencyPage() {
  const text = useText()
  const code = usePathParameter('code')
  const agency = useQuery(api.agencies.get.queryOptions({ input: { code, ...useDaysAsked() } }))
  const { data } = agency
  return (
    <Page
      title={data ? titleOf(data) : code}
      eyebrow={`${text.agency.kind} · ${code}`}
      crumbs={[{ text: text.title, href: '/agencies' }]}
      {...(data && { badges: <Standing agency={data} />, lede: <Lede agency={data} /> })}
    >
      <div className={styles.lookAt}>
        <PastDay />
        <DayChoice />
      </div>
      <Loaded query={agency} text={text.errors}>
        {(found) => (
          <>
            <FactSection
              title={text.agency.register}
              note={text.agency.registerNote}
              names={REGISTER}
              agency={found}
              first={creditCodeOf(found, text.agency.creditCode)}
            />
            <FactSection title={text.agency.services} names={SERVICES} agency={found} />
            <FactSection
              title={text.agency.contact}
              note={text.agency.contactNote}
              names={CONTACT}
              agency={found}
            />
            <FactSection title={text.agency.people} names={PEOPLE} agency={found} />
            <Stays agency={found} />
            <StageSection code={code} />
            <AppraisalSection code={code} />
            <HistorySection code={code} />
            <Proof id={found.id} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function titleOf({ facts, code }: Agency): string {
  const chinese = facts.name?.value ?? code
  return language === 'zh' ? chinese : (facts.nameEn?.value ?? chinese)
}

function stayOf({ stays, asOf }: Agency) {
  return stays.find(({ movedIn, movedOut }) => movedIn <= asOf && (movedOut === null || asOf < movedOut))
}

function Standing({ agency }: { readonly agency: Agency }) {
  const text = useText()
  const { inZone, stays, asOf, stage } = agency
  const before = stays.some(({ movedIn }) => movedIn <= asOf)
  return (
    <>
      {inZone ? (
        <Badge tone="met">{text.agency.inZone}</Badge>
      ) : (
        <Badge>{before ? text.agency.left : text.agency.notYet}</Badge>
      )}
      {stage && <Badge>{text.stages[stage.stage]}</Badge>}
    </>
  )
}

function Lede({ agency }: { readonly agency: Agency }) {
  const text = useText()
  const names = useZoneNames()
  const stay = stayOf(agency)
  if (stay === undefined) return <>{text.agency.notOn(agency.asOf)}</>
  return <>{text.agency.lede(names.carrier(stay.carrier), stay.unit, stay.movedIn)}</>
}

interface FactSectionProps {
  readonly title: string
  readonly note?: string
  readonly names: readonly FactName[]
  readonly agency: Agency
  readonly first?: readonly Fact[]
}

function FactSection({ title, note, names, agency, first = [] }: FactSectionProps) {
  const text = useText()
  const rows = names.map((name): Fact => {
    const fact = agency.facts[name]
    if (fact === undefined) return { label: text.facts[name], value: null }
    return {
      label: text.facts[name],
      value: fact.masked ? (
        <MaskedValue value={fact.value} />
      ) : (
        <FactValue name={name} value={fact.value} asOf={agency.asOf} />
      ),
      source: { name: fact.source },
      asOf: fact.asOf,
      stale: fact.stale,
    }
  })
  return (
    <Section title={title} {...(note !== undefined && { note })}>
      <Facts rows={[...first, ...rows]} label={title} />
    </Section>
  )
}

function creditCodeOf({ creditCode }: Agency, label: string): Fact[] {
  return creditCode === null ? [] : [{ label, value: <code>{creditCode}</code> }]
}

function Stays({ agency: { stays } }: { readonly agency: Agency }) {
  const text = useText()
  const names = useZoneNames()
  const rows = stays.map((stay): Fact => ({
    label:
      stay.movedOut === null
        ? text.agency.since(stay.movedIn)
        : text.agency.until(stay.movedIn, stay.movedOut),
    value: text.agency.stay(names.carrier(stay.carrier), stay.unit),
    source: { name: stay.source },
    asOf: stay.asOf,
    note: <Reasons reasonIn={stay.reasonIn} reasonOut={stay.reasonOut} />,
  }))
  return (
    <Section title={text.agency.stays}>
      {rows.length === 0 ? <p>{text.agency.staysNone}</p> : <Facts rows={rows} label={text.agency.stays} />}
    </Section>
  )
}

function Reasons({ reasonIn, reasonOut }: { readonly reasonIn: string; readonly reasonOut: string | null }) {
  const text = useText()
  return (
    <>
      <Original>{text.agency.reasonIn(reasonIn)}</Original>
      {reasonOut !== null && (
        <>
          {' '}
          <Original>{text.agency.reasonOut(reasonOut)}</Original>
        </>
      )}
    </>
  )
}

/** The newest entry of the ledger about this agency, for staff: the trail of a subject is not for everybody. */
function Proof({ id }: { readonly id: string }) {
  const { actor } = useSession()
  const entries = useQuery({
    ...api.ledger.entries.queryOptions({ input: { subjectKind: 'agency', subjectId: id, limit: 1 } }),
    enabled: actor.kind === 'account' && actor.staff,
  })
  const newest = entries.data?.items[0]
  if (newest === undefined) return null
  return (
    <ProofFooter
      entry={newest.index}
      hash={newest.leafHash}
      at={newest.at}
      href={`/ledger/entries/${newest.index}`}
    />
  )
}
