import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { api } from '../app/api.ts'
import { useZone } from '../app/session.ts'
import { either, inLanguage, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { SavedState } from '../ui/SavedState.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { VersionChoice } from '../ui/VersionChoice.tsx'
import { CheckStep } from './CheckStep.tsx'
import { type DraftInHand, useDraftInHand, useOneThing } from './draft.ts'
import { DraftSteps } from './DraftSteps.tsx'
import { questionAt, sectionsOf } from './form.ts'
import styles from './matters.module.css'
import { MaterialsStep } from './MaterialsStep.tsx'
import { CHECK, formPages, type FormPage, indexOfPage } from './pages.ts'
import { QuestionStep } from './QuestionStep.tsx'
import type { Draft, Procedure } from './queries.ts'
import { type Text, useText } from './text.ts'

/** Filling in: page by page, kept as one types, on any device. At a counter the same page in large type. */
function DraftPage({ atCounter = false }: { readonly atCounter?: boolean }) {
  const text = useText()
  const id = usePathParameter('id')
  // Opened afresh each time: what another device saved since must be met, not an older answer from memory.
  const draft = useQuery({
    ...api.matters.draft.queryOptions({ input: { id } }),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const code = draft.data?.procedure.code ?? ''
  const procedure = useQuery({
    ...api.matters.procedure.queryOptions({ input: { code } }),
    enabled: code !== '',
  })
  if (draft.data && procedure.data) {
    return draft.data.submittedAs === null ? (
      <Filling key={id} draft={draft.data} procedure={procedure.data} atCounter={atCounter} />
    ) : (
      <Page title={either(draft.data.procedure.names)} width="prose">
        <Notice tone="met" title={text.draft.submittedAs(draft.data.submittedAs)}>
          <TextLink href={`/my/matters/${draft.data.submittedAs}`}>{text.draft.toMatter}</TextLink>
        </Notice>
      </Page>
    )
  }
  return (
    <Page title={text.draft.title} width="prose">
      <Loaded query={draft.data ? procedure : draft} text={text.errors}>
        {() => null}
      </Loaded>
    </Page>
  )
}

interface FillingProps {
  readonly draft: Draft
  readonly procedure: Procedure
  readonly atCounter: boolean
}

export interface FillingParts extends DraftInHand {
  readonly draft: Draft
  readonly procedure: Procedure
  readonly pages: readonly FormPage[]
  readonly page: FormPage
  /** The address of a page of this form. */
  readonly hrefOf: (id: string) => string
  readonly go: (id: string) => void
  /** The page that follows: the next one, or the check again for whoever came from there to mend one answer. */
  readonly next: string
  /** The address of a page from which one comes back to the check. */
  readonly mendAt: (id: string) => string
}

function Filling({ draft, procedure, atCounter }: FillingProps) {
  const search = useSearchState()
  const inHand = useDraftInHand(draft)
  const { answers } = inHand.state
  const oneThing = useOneThing()
  const sections = useMemo(() => sectionsOf(procedure.form, answers), [procedure, answers])
  const pages = useMemo(
    () => formPages(sections, procedure.materials, oneThing),
    [sections, procedure, oneThing],
  )
  const at = indexOfPage(pages, search.text('step'))
  const page = pages[at]
  useFocusOnStep(page?.id ?? '')
  if (!page) return null
  const base = atCounter ? `/work/counter/${draft.id}` : `/my/drafts/${draft.id}`
  const parts: FillingParts = {
    ...inHand,
    draft,
    procedure,
    pages,
    page,
    hrefOf: (id) => `${base}?step=${id}`,
    mendAt: (id) => `${base}?step=${id}&back=${CHECK}`,
    next: search.text('back') === CHECK ? CHECK : (pages[at + 1]?.id ?? page.id),
    go: (id) => search.set({ step: id, back: undefined }, { push: true }),
  }
  return (
    <div className={atCounter ? styles.counter : undefined}>
      {inHand.state.status === 'conflict' ? (
        <Conflict {...parts} />
      ) : (
        <CurrentStep key={page.id} {...parts} />
      )}
    </div>
  )
}

function CurrentStep(parts: FillingParts) {
  const { page } = parts
  if (page.kind === 'check') return <CheckStep {...parts} />
  if (page.kind === 'materials') return <MaterialsStep {...parts} />
  return <QuestionStep {...parts} />
}

/** Two devices disagree: nothing goes on before the person has chosen. */
function Conflict({ keeper, state, procedure, draft, ...parts }: FillingParts) {
  const text = useText()
  const { conflict } = state
  if (!conflict) return null
  const mine = sectionsOf(procedure.form, state.answers)
  const theirs = sectionsOf(procedure.form, conflict.theirs.answers)
  const questions = conflict.disputed.flatMap(
    (field) => questionAt(mine, field) ?? questionAt(theirs, field) ?? [],
  )
  return (
    <Page title={either(procedure.names)} crumbs={crumbsOf({ procedure, draft }, text)}>
      <div className={styles.fillingBody}>
        <DraftHead {...parts} keeper={keeper} state={state} procedure={procedure} draft={draft} />
        <VersionChoice
          questions={questions}
          mine={state.answers}
          theirs={conflict.theirs.answers}
          theirsAt={conflict.theirs.savedAt}
          onChoose={(answers) => void keeper.resolve(answers)}
        />
      </div>
    </Page>
  )
}

function crumbsOf({ procedure, draft }: Pick<FillingParts, 'procedure' | 'draft'>, text: Text) {
  return [
    draft.counter === null
      ? { text: text.my.title, href: '/my' }
      : { text: text.counter.title, href: '/work/counter' },
    { text: either(procedure.names), href: `/services/${procedure.code}` },
  ]
}

/** Above every page of a form: whether it is kept, how far one is, and what came from another device. */
export function DraftHead(parts: FillingParts) {
  const text = useText()
  const zone = useZone()
  const { state, keeper, pages, page, procedure } = parts
  const sections = sectionsOf(procedure.form, state.answers)
  const arrived = state.arrived
    .filter((field) => !state.conflict?.disputed.includes(field))
    .map((field) => questionAt(sections, field)?.label ?? field)
  const here = inLanguage(parts.hrefOf(page.id), language)
  return (
    <>
      <div className={styles.draftBar}>
        <SavedState
          state={state}
          today={zone?.today ?? ''}
          onRetry={() => void keeper.flush()}
          signInHref={`${inLanguage('/sign-in', language)}?next=${encodeURIComponent(here)}`}
        />
        <p className={styles.draftPlace}>
          {text.draft.place(pages.findIndex(({ id }) => id === page.id) + 1, pages.length)}
        </p>
      </div>
      {arrived.length > 0 && (
        <Notice tone="info" title={text.draft.arrived}>
          <p>{arrived.join(text.comma)}</p>
        </Notice>
      )}
    </>
  )
}

/** A step of the form as a page: list of steps beside it where there is room. */
export function StepPage({
  parts,
  title,
  part,
  failed,
  children,
}: {
  readonly parts: FillingParts
  readonly title: string
  /** The section, where the title is a single question of it. */
  readonly part?: string | undefined
  readonly failed: boolean
  readonly children: React.ReactNode
}) {
  const text = useText()
  const { procedure, draft } = parts
  return (
    <Page
      title={title}
      eyebrow={[either(procedure.names), draft.counter?.name, part].filter(Boolean).join(' · ')}
      failed={failed}
      crumbs={crumbsOf(parts, text)}
    >
      <div className={styles.filling}>
        <DraftSteps {...parts} />
        <div className={styles.fillingBody}>
          <DraftHead {...parts} />
          {children}
        </div>
      </div>
    </Page>
  )
}

/** The address of a step changes only its query; the heading takes the focus all the same. */
function useFocusOnStep(id: string) {
  const seen = useRef(id)
  useEffect(() => {
    if (seen.current === id) return
    seen.current = id
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [id])
}

export function MyDraftPage() {
  return <DraftPage />
}

/** The same draft, read from both sides of the window. */
export function CounterDraftPage() {
  return <DraftPage atCounter />
}
