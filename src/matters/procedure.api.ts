import { implementation } from '#platform/api.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { findRoute } from './filing.ts'
import { detailOf, isInForce, isStartedByNobody, itemOf } from './procedure-view.ts'

const os = implementation(matters)

export const procedureApi = (procedures: Procedures) => ({
  procedures: os.procedures.handler(({ input: { q, station }, context, errors }) => {
    const at = station === undefined ? undefined : context.zone.stations.find(({ id }) => id === station)
    if (station !== undefined && at === undefined) throw errors.UNKNOWN_STATION({ data: { station } })
    const wanted = (q ?? '').toLowerCase()
    const items = [...procedures.values()]
      .filter((one) => isInForce(one, context.today) && !isStartedByNobody(one))
      .filter(({ stations }) => at === undefined || stations.includes(at.kind))
      .filter(({ names, summary }) =>
        [names.zh, names.en, summary.zh, summary.en].some((words) => words.toLowerCase().includes(wanted)),
      )
      .map((one) => itemOf(one, context))
    return { items, total: items.length }
  }),

  procedure: os.procedure.handler(({ input: { code }, context, errors }) => {
    const procedure = procedures.get(code)
    if (procedure === undefined) throw errors.UNKNOWN_PROCEDURE({ data: { code } })
    return detailOf(procedure, context)
  }),

  route: os.route.handler(async ({ input: { code, station, carrier }, context, errors }) => {
    const procedure = procedures.get(code)
    if (procedure === undefined) throw errors.UNKNOWN_PROCEDURE({ data: { code } })
    const { considered, ...route } = await findRoute(context, procedure, { station, carrier })
    return { ...route, considered: [...considered] }
  }),
})
