import { clockOperations } from './clock.contract.ts'

export { ClockView } from './clock.contract.ts'
export { Rating } from './matter.contract.ts'
import { correctionOperations } from './correction.contract.ts'
import { draftOperations } from './draft.contract.ts'
import { handOverOperations } from './handover.contract.ts'
import { matterOperations } from './matter.contract.ts'
import { procedureOperations } from './procedure.contract.ts'
import { publicityOperations } from './publicity.contract.ts'
import { stationOperations } from './station.contract.ts'

export const matters = {
  ...procedureOperations,
  ...draftOperations,
  ...matterOperations,
  ...correctionOperations,
  ...handOverOperations,
  ...stationOperations,
  ...clockOperations,
  ...publicityOperations,
}
