import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { useText } from './queries.ts'
import { StandingBadge } from './StandingBadge.tsx'
import { TaskActs } from './TaskActs.tsx'
import { TaskRecord } from './TaskRecord.tsx'

/** One task at the desk: what can be done with it now, and everything that is known of it. */
export function TaskDeskPage() {
  const text = useText()
  const code = usePathParameter('code')
  const task = useQuery(api.plan.task.queryOptions({ input: { code } }))
  return (
    <Page
      width="full"
      title={task.data?.title ?? text.code(code)}
      eyebrow={text.code(code)}
      crumbs={[{ text: text.desk.title, href: '/work/plan' }]}
      {...(task.data && { badges: <StandingBadge task={task.data} /> })}
      {...(task.data?.published && {
        actions: <ButtonLink href={`/plan/tasks/${code}`}>{text.task.public}</ButtonLink>,
      })}
    >
      <Loaded query={task} text={text.errors}>
        {(found) => (
          <>
            <TaskActs key={found.state} task={found} />
            <TaskRecord task={found} atDesk />
          </>
        )}
      </Loaded>
    </Page>
  )
}
