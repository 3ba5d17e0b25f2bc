import { Page } from '../ui/Page.tsx'
export function GalleryPage() {
  return <Page title="x">x</Page>
}
