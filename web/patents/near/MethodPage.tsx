import { Page } from '../../ui/Page.tsx'
import { MeasuredSection } from './Measured.tsx'
import { useText } from './queries.ts'

/** For everybody: what a near duplicate is here, and how well they are found. */
export function MethodPage() {
  const text = useText()
  return (
    <Page title={text.title} lede={text.lede} width="wide">
      <p>{text.meaning}</p>
      <MeasuredSection />
    </Page>
  )
}
