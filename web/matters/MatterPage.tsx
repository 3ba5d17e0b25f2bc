import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { ActSection } from './ActSection.tsx'
import { AnswersSection } from './AnswersSection.tsx'
import { ClocksSection } from './ClocksSection.tsx'
import { ConversationSection } from './ConversationSection.tsx'
import { CorrectionSection } from './CorrectionSection.tsx'
import { DocumentsSection } from './DocumentsSection.tsx'
import { EventsSection } from './EventsSection.tsx'
import { HandOverSection } from './HandOverSection.tsx'
import { MaterialsSection } from './MaterialsSection.tsx'
import { NotesSection } from './NotesSection.tsx'
import { ObjectionsSection } from './ObjectionsSection.tsx'
import { PanelSections } from './PanelSections.tsx'
import { RatingSection } from './RatingSection.tsx'
import type { Matter } from './queries.ts'
import { StateBadges } from './StateBadges.tsx'
import { StandingSection } from './StandingSection.tsx'
import { useText } from './text.ts'

export interface MatterProps {
  readonly matter: Matter
}

/** The matter as its applicant sees it. */
export function MyMatterPage() {
  const text = useText()
  return <MatterPage crumbs={[{ text: text.my.title, href: '/my' }]} />
}

/** The matter as the office works on it. */
export function DeskMatterPage() {
  const text = useText()
  return <MatterPage crumbs={[{ text: text.queue.title, href: '/work/queue' }]} />
}

/** Where it stands, what is next and by when, who has it, and all that was said and filed: one page for both sides. */
function MatterPage({ crumbs }: { readonly crumbs: readonly { text: string; href: string }[] }) {
  const text = useText()
  const number = usePathParameter('number')
  const [purpose, setPurpose] = useState<string>()
  const matter = useQuery({
    ...api.matters.get.queryOptions({ input: { number, ...(purpose !== undefined && { purpose }) } }),
    placeholderData: (before) => before,
  })
  const { data } = matter
  return (
    <Page
      title={data ? data.title || either(data.procedure.names) : number}
      eyebrow={data ? `${either(data.procedure.names)} · ${number}` : text.matter.kind}
      crumbs={crumbs}
      {...(data && {
        badges: <StateBadges matter={data} />,
        actions: data.receipt && (
          <ButtonLink href={`/my/matters/${number}/receipt`}>{text.matter.receipt}</ButtonLink>
        ),
      })}
    >
      <Loaded query={matter} text={text.errors}>
        {(found) => (
          <>
            <StandingSection matter={found} />
            <CorrectionSection matter={found} />
            <ActSection matter={found} />
            <PanelSections matter={found} />
            <RatingSection matter={found} />
            <ClocksSection matter={found} />
            <HandOverSection matter={found} />
            <DocumentsSection matter={found} />
            <ConversationSection matter={found} />
            <NotesSection matter={found} />
            <AnswersSection matter={found} onPurpose={setPurpose} />
            <MaterialsSection matter={found} />
            <ObjectionsSection matter={found} />
            <EventsSection matter={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
