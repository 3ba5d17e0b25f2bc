import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useMessages } from '../ui/language.ts'
import { Page } from '../ui/Page.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import { useOwnWords } from '../ui/words.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** While the code or the data of a page is on its way, and only when that takes long enough to be noticed. */
export function PendingPage() {
  return (
    <div className="page">
      <Skeleton lines={9} />
    </div>
  )
}

/** A page that could not be drawn: a refusal, an outage, or a bug of ours. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  const text = useMessages({ zh, en })
  const retry = () => {
    resetQueries()
    reset()
    void router.invalidate()
  }
  return (
    <Page title={text.brokenTitle} width="prose">
      <Failure error={error} onRetry={retry} />
    </Page>
  )
}

/** An address that no room answers. */
export function MissingPage() {
  const { states } = useOwnWords()
  const text = useMessages({ zh, en })
  return (
    <Page title={states.notFound.title} eyebrow="404" width="prose" lede={states.notFound.what}>
      <p>{states.notFound.next}</p>
      <p className="state-actions">
        <ButtonLink kind="primary" href="/">
          {text.home}
        </ButtonLink>
      </p>
    </Page>
  )
}
