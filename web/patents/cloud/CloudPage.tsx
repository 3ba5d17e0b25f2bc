import { useQuery } from '@tanstack/react-query'
import { STAGE_NAMES, STAGES } from '../../../src/patents/cloud.rules.ts'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { ButtonLink } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either, language } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty } from '../../ui/states.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import styles from './cloud.module.css'
import { patentsHref, type Universities, useText } from './queries.ts'

/** The universities and how far their patents have come; each number opens its list. */
export function CloudPage() {
  const text = useText()
  const { has } = useSession()
  const query = useQuery(api.cloud.universities.queryOptions({}))
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={
        has('university', 'officer', 'operator') && (
          <ButtonLink href="/work/university-cloud">{text.desk}</ButtonLink>
        )
      }
    >
      <Loaded query={query} text={text.errors}>
        {(found) => (
          <>
            <Section title={text.stages} note={text.notPublicNote} layout="stacked">
              <div className={styles.stages}>
                {STAGE_NAMES.map((stage) => (
                  <Figure
                    key={stage}
                    label={either(STAGES[stage])}
                    value={found.stages[stage]}
                    withheld={text.notPublic}
                    unit={text.patents}
                    href={patentsHref({ stage })}
                  />
                ))}
              </div>
            </Section>
            <Section title={text.universities} layout="stacked">
              {found.items.length === 0 ? (
                <Empty title={text.none}>{text.noneNext}</Empty>
              ) : (
                <Table items={found.items} />
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Table({ items }: { readonly items: Universities['items'] }) {
  const text = useText()
  const shown = STAGE_NAMES.filter((stage) => items.some(({ stages }) => stages[stage] !== null))
  return (
    <DataTable
      caption={text.perStage}
      columns={[
        {
          name: 'name',
          header: text.university,
          cell: ({ id, name, nameEn }) => (
            <TextLink href={patentsHref({ university: id })}>
              {language === 'en' && nameEn !== null ? nameEn : <RecordText>{name}</RecordText>}
            </TextLink>
          ),
        },
        ...shown.map((stage) => ({
          name: stage,
          header: either(STAGES[stage]),
          numeric: true,
          cell: ({ id, stages }: Universities['items'][number]) =>
            stages[stage] === null ? (
              '—'
            ) : (
              <TextLink href={patentsHref({ university: id, stage })}>{formatNumber(stages[stage])}</TextLink>
            ),
        })),
        {
          name: 'total',
          header: text.total,
          numeric: true,
          cell: ({ id, total }) => (
            <TextLink href={patentsHref({ university: id })}>{formatNumber(total)}</TextLink>
          ),
        },
      ]}
      rows={items}
      rowKey={({ id }) => id}
    />
  )
}
