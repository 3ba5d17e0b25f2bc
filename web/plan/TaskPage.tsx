import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { useText } from './queries.ts'
import { StandingBadge } from './StandingBadge.tsx'
import { TaskRecord } from './TaskRecord.tsx'

/** One task as everybody may read it. */
export function TaskPage() {
  const text = useText()
  const code = usePathParameter('code')
  const session = useSession()
  const task = useQuery(api.plan.task.queryOptions({ input: { code } }))
  const staff = session.actor.kind === 'account' && session.actor.staff
  return (
    <Page
      title={task.data?.title ?? text.code(code)}
      eyebrow={text.code(code)}
      crumbs={[{ text: text.title, href: '/plan/progress' }]}
      {...(task.data && { badges: <StandingBadge task={task.data} /> })}
      {...(staff && { actions: <ButtonLink href={`/work/plan/tasks/${code}`}>{text.task.work}</ButtonLink> })}
    >
      <Loaded query={task} text={text.errors}>
        {(found) => <TaskRecord task={found} />}
      </Loaded>
    </Page>
  )
}
