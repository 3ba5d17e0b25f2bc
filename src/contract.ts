/** Everything that the outside may ask, room by room. Assembly only. */
import { agencies } from './agencies/contract.ts'
import { appraisal } from './appraisal/contract.ts'
import { identity } from './identity/contract.ts'
import { imports } from './intake/contract.ts'
import { ledger } from './ledger/contract.ts'
import { notices } from './notices/contract.ts'
import { market } from './market/listing.contract.ts'
import { matters } from './matters/contract.ts'
import { parties } from './parties/contract.ts'
import { analyses } from './patents/analysis.contract.ts'
import { cloud } from './patents/cloud.contract.ts'
import { highValue } from './patents/high-value.contract.ts'
import { landscape } from './patents/landscape.contract.ts'
import { navigation } from './patents/navigation.contract.ts'
import { nearDuplicates } from './patents/near.contract.ts'
import { owners } from './patents/owner.contract.ts'
import { reports } from './reports/contract.ts'
import { patents } from './patents/search.contract.ts'
import { plan } from './plan/contract.ts'
import { patentImports } from './patents/patent-import.contract.ts'
import { services } from './services/contract.ts'
import { statistics } from './statistics/contract.ts'
import { zone } from './zone/contract.ts'

export const contract = {
  agencies,
  analyses,
  appraisal,
  cloud,
  highValue,
  identity,
  imports,
  landscape,
  ledger,
  market,
  navigation,
  nearDuplicates,
  notices,
  matters,
  owners,
  patentImports,
  parties,
  plan,
  reports,
  patents,
  services,
  statistics,
  zone,
}
