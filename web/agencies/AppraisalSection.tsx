import { useQuery } from '@tanstack/react-query'
import { pointsText } from '../../src/appraisal/words.rules.ts'
import { api } from '../app/api.ts'
import { Facts } from '../ui/Facts.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useText } from './queries.ts'

/** What the agency scored in each public round; each opens to its records and can be computed again. */
export function AppraisalSection({ code }: { readonly code: string }) {
  const text = useText()
  const query = useQuery(api.appraisal.ofAgency.queryOptions({ input: { code } }))
  return (
    <Section title={text.appraisal.title} note={text.appraisal.note}>
      <Loaded query={query} text={text.errors}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{text.appraisal.none}</p>
          ) : (
            <Facts
              label={text.appraisal.title}
              rows={items.map(({ year, state, total, rank, verdict }) => ({
                label: text.appraisal.year(year),
                value: (
                  <TextLink href={`/appraisal/${year}/agencies/${code}`}>
                    {text.appraisal.line(pointsText(total), rank)}
                  </TextLink>
                ),
                note:
                  verdict === 'excellent'
                    ? text.appraisal[state === 'closed' ? 'excellent' : 'proposed']
                    : undefined,
              }))}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
