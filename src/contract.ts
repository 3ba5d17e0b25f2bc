/** Everything that the outside may ask, room by room. Assembly only. */
import { identity } from './identity/contract.ts'

export const contract = {
  identity,
}
