import { assignmentApi } from './assignment.api.ts'
import { issueApi } from './issue.api.ts'
import { leadingApi } from './leading.api.ts'
import { progressApi } from './progress.api.ts'
import { reportApi } from './report.api.ts'
import { type Figures, taskHandlers } from './task.api.ts'
import { versionApi } from './version.api.ts'

/** The operations of the plan. What figures there are is known only to the assembly. */
export function planApi(figures: Figures) {
  return {
    ...progressApi,
    ...taskHandlers(figures),
    ...assignmentApi,
    ...reportApi,
    ...versionApi,
    ...leadingApi,
    ...issueApi,
  }
}
