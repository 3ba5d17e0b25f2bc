import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

/** Where the code on a document leads: whether it was issued here, when, by whom, and the digests of its files. */
export function DocumentPage() {
  const text = useText()
  const documentNumber = usePathParameter('number')
  const found = useQuery(api.matters.verifyDocument.queryOptions({ input: { documentNumber } }))
  return (
    <Page
      title={text.documents.checkTitle}
      eyebrow={documentNumber}
      lede={text.documents.checkLede}
      width="prose"
    >
      <Loaded query={found} text={text.errors}>
        {(document) => (
          <>
            <Notice tone="met" title={text.documents.genuine}>
              <p>{text.documents.genuineNext}</p>
            </Notice>
            <Facts
              rows={[
                { label: text.documents.kind, value: either(document.names) },
                { label: text.documents.procedure, value: either(document.procedure.names) },
                { label: text.documents.station, value: either(document.station.names) },
                { label: text.documents.issued, value: <MomentText value={document.issuedAt} /> },
                { label: text.documents.digestZh, value: <code>{document.sha256.zh}</code> },
                { label: text.documents.digestEn, value: <code>{document.sha256.en}</code> },
                {
                  label: text.documents.ledger,
                  value: (
                    <TextLink href={`/ledger/entries/${document.entryId}`}>{text.documents.entry}</TextLink>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
