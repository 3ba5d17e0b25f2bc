import { leadingContract } from './leading.contract.ts'
import { taskContract } from './task.contract.ts'
import { versionContract } from './version.contract.ts'

/** Tasks, versions of the annual plan, the leading group and what stands between departments. */
export const plan = { ...taskContract, ...versionContract, ...leadingContract }
