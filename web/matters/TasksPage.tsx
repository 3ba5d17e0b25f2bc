import { Page, Section } from '../ui/Page.tsx'
import { Arriving } from './Arriving.tsx'
import { MatterTable } from './MatterTable.tsx'
import { useText } from './text.ts'

/** What is given to me, the most pressing first. */
export function TasksPage() {
  const text = useText()
  return (
    <Page title={text.tasks.title} lede={text.tasks.lede} width="full">
      <Section title={text.tasks.list} layout="stacked">
        <MatterTable
          caption={text.tasks.list}
          input={{ scope: 'tasks' }}
          empty={{ title: text.tasks.none, next: text.tasks.noneNext }}
        />
      </Section>
      <Arriving />
    </Page>
  )
}
