import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import { useText } from './queries.ts'
import { Amount, Explanations } from './return-values.tsx'
import type { ReturnFormData } from './ReturnPage.tsx'

interface ReturnHistoryProps {
  readonly code: string
  readonly period: string
  readonly purpose: string | undefined
  readonly form: ReturnFormData
}

/** Every state of a return, newest first, with the cause of each revision. */
export function ReturnHistory({ code, period, purpose, form }: ReturnHistoryProps) {
  const { returns: text } = useText()
  const history = useQuery(
    api.agencies.returnHistory.queryOptions({
      input: { code, period, ...(purpose !== undefined && { purpose }) },
    }),
  )
  return (
    <Loaded query={history} text={text.errors}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{text.form.historyNone}</p>
        ) : (
          <Timeline
            label={text.form.history}
            entries={items.map((line) => ({
              key: line.id,
              at: line.recordedAt,
              tone: line.supersededAt === null ? 'met' : 'neutral',
              title: line.cause === null ? text.form.first : <RecordText>{line.cause}</RecordText>,
              by: <RecordText>{line.source}</RecordText>,
              detail: (
                <>
                  <p>
                    {line.supersededAt === null ? (
                      text.form.inForce
                    ) : (
                      <>
                        {text.form.superseded} <MomentText value={line.supersededAt} />
                      </>
                    )}
                    {line.answers?.['revenue'] !== undefined && (
                      <>
                        {' · '}
                        <Amount unit="fen" value={line.answers['revenue']} />
                      </>
                    )}
                    {line.explanations > 0 && ` · ${text.form.explanations(line.explanations)}`}
                  </p>
                  {line.supersededAt !== null && line.explained !== null && line.explained.length > 0 && (
                    <Explanations findings={line.explained} form={form} />
                  )}
                </>
              ),
            }))}
          />
        )
      }
    </Loaded>
  )
}
