import { Page } from '../ui/Page.tsx'
export function OpenDataPage() {
  return <Page title="x">x</Page>
}
