import { clockApi } from './clock.api.ts'
import { correctionApi } from './correction.api.ts'
import type { Procedures } from './define.ts'
import { draftApi } from './draft.api.ts'
import { handOverApi } from './handover.api.ts'
import { matterApi } from './matter.api.ts'
import { procedureApi } from './procedure.api.ts'
import { publicityApi } from './publicity.api.ts'
import { stationApi } from './station.api.ts'

export const mattersApi = (procedures: Procedures) => ({
  ...procedureApi(procedures),
  ...draftApi(procedures),
  ...matterApi(procedures),
  ...correctionApi(procedures),
  ...handOverApi(procedures),
  ...publicityApi(procedures),
  ...clockApi(procedures),
  ...stationApi(procedures),
})
