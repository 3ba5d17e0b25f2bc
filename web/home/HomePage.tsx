import { Page } from '../ui/Page.tsx'
export function HomePage() {
  return <Page title="x">x</Page>
}
