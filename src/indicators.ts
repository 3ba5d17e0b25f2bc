import { agencyIndicators } from './agencies/indicators.ts'
import { exportIndicators } from './exportbase/indicators.ts'
import { fundIndicators } from './funds/indicators.ts'
import { learningIndicators } from './learning/indicators.ts'
import { marketIndicators } from './market/indicators.ts'
import { overseasIndicators } from './overseas/indicators.ts'
import { patentIndicators } from './patents/indicators.ts'
import { serviceIndicators } from './services/indicators.ts'
import { registry } from './statistics/declare.ts'
import { supervisionIndicators } from './supervision/indicators.ts'
import { talentIndicators } from './talent/indicators.ts'

/** Every number that the rooms declare. Assembly only: a room adds its `indicators` here. */
export const indicators = registry(
  agencyIndicators,
  exportIndicators,
  fundIndicators,
  learningIndicators,
  marketIndicators,
  overseasIndicators,
  patentIndicators,
  serviceIndicators,
  supervisionIndicators,
  talentIndicators,
)
