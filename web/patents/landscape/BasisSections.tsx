import { Badge } from '../../ui/Badge.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { either, language } from '../../ui/language.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { DateText } from '../../ui/values.tsx'
import { apiHref, type Landscape, useText } from './queries.ts'

/** Which documents belong to the industry, by which version of which definition. */
export function Definition({ industry }: { readonly industry: NonNullable<Landscape['industry']> }) {
  const { definition } = useText()
  return (
    <Section
      title={definition.title}
      note={definition.rule}
      actions={industry.sample && <Badge tone="risk">{definition.sample}</Badge>}
    >
      {industry.sample && <Notice tone="risk">{definition.sampleNote}</Notice>}
      <Facts
        label={definition.title}
        rows={[
          { label: definition.ipc, value: industry.ipc.length === 0 ? undefined : industry.ipc.join(' · ') },
          {
            label: definition.keywords,
            value:
              industry.keywords.length === 0 ? undefined : (
                <span lang={language === 'en' ? 'zh-CN' : undefined}>{industry.keywords.join('、')}</span>
              ),
          },
          { label: definition.from, value: <DateText value={industry.from} /> },
          { label: definition.source, value: either(industry.source) },
        ]}
      />
    </Section>
  )
}

/** On what it was counted, so that it can be counted again. */
export function Basis({ landscape: { basis, filter } }: { readonly landscape: Landscape }) {
  const { basis: text, documentsLong } = useText()
  return (
    <Section title={text.title} note={text.again}>
      <Facts
        label={text.title}
        rows={[
          { label: text.dataVersion, value: String(basis.dataVersion), note: documentsLong },
          { label: text.ownerVersion, value: String(basis.ownerVersion) },
          { label: text.asOf, value: <DateText value={basis.asOf} /> },
          { label: text.api, value: <TextLink href={apiHref(filter)}>{apiHref(filter)}</TextLink> },
        ]}
      />
    </Section>
  )
}
