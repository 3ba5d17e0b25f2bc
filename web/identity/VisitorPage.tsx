import { Page } from '../ui/Page.tsx'
import { SignedOut } from '../ui/states.tsx'

/** A page about one's own account, as a visitor finds it: what it is, and the way to the sign-in. */
export function VisitorPage({ title }: { readonly title: string }) {
  return (
    <Page title={title} width="prose">
      <SignedOut />
    </Page>
  )
}
