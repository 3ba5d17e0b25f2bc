import { agencyApi } from './agency.api.ts'
import { directoryApi } from './directory.api.ts'
import { keepingApi } from './keeping.api.ts'
import { movingApi } from './moving.api.ts'
import { returnDeskApi } from './return-desk.api.ts'
import { returnFormsApi } from './return-forms.api.ts'
import { returnsApi } from './returns.api.ts'

export const agenciesApi = {
  ...directoryApi,
  ...agencyApi,
  ...keepingApi,
  ...movingApi,
  ...returnsApi,
  ...returnFormsApi,
  ...returnDeskApi,
}
