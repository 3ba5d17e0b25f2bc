import { agencyApi } from './agency.api.ts'
import { clientFilesApi } from './client-files.api.ts'
import type { ClientMatterSource } from './define.ts'
import { directoryApi } from './directory.api.ts'
import { exitApi } from './exit.api.ts'
import { keepingApi } from './keeping.api.ts'
import { movingApi } from './moving.api.ts'
import { placementApi } from './placement.api.ts'
import { returnDeskApi } from './return-desk.api.ts'
import { returnFormsApi } from './return-forms.api.ts'
import { returnsApi } from './returns.api.ts'

interface Declared {
  /** What the rooms above keep for clients; nobody leaves while any of it is open. */
  readonly clientMatters: readonly ClientMatterSource[]
}

export const agenciesApi = ({ clientMatters }: Declared) => ({
  ...directoryApi,
  ...agencyApi,
  ...keepingApi,
  ...movingApi,
  ...placementApi,
  ...exitApi(clientMatters),
  ...clientFilesApi,
  ...returnsApi,
  ...returnFormsApi,
  ...returnDeskApi,
})
