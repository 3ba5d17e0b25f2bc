import { agencyProcedures } from './agencies/procedures.ts'
import { appraisalProcedures } from './appraisal/procedures.ts'
import { clientMatterSources } from './client-matters.ts'
import { procedureRegistry } from './matters/define.ts'
import { matterProcedures } from './matters/procedures.ts'
import { serviceProcedures } from './services/procedures.ts'

/** Every procedure that the rooms declare. Assembly only: a room adds its `procedures` here. */
export const procedures = procedureRegistry(
  appraisalProcedures,
  matterProcedures,
  agencyProcedures({ clientMatters: clientMatterSources }),
  serviceProcedures,
)
