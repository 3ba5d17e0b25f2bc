import type { PatentRecord } from '../../patents/record.rules.ts'
import type { ZoneProfile } from '../../zone/rules.ts'
import { Random } from '../random.ts'
import { makeAgencies } from './agencies.ts'
import { makeClientFiles } from './client-files.ts'
import { CodeMaker } from './codes.ts'
import { makeFirms } from './firms.ts'
import { emptyTwin, type TwinRows } from './model.ts'
import { NameMaker } from './names.ts'
import type { TwinParameters } from './parameters.ts'
import { makeLeases } from './leases.ts'
import { makePeople } from './people.ts'
import { makePatents, makeUniversities } from './patents.ts'
import { plantFacts } from './plants.ts'
import { makeExports, makeRegisters, makeTraining } from './registers.ts'
import { makeDeals, makeFilings, makePenalties, makeServiceRecords } from './work.ts'

/** What the parts of the twin share while they are made. */
export interface Making {
  readonly parameters: TwinParameters
  readonly zone: ZoneProfile
  readonly rows: TwinRows
  readonly names: NameMaker
  readonly codes: CodeMaker
  /** The moment at which everything counts as recorded: the same in every run. */
  readonly recordedAt: string
  readonly random: (part: string) => Random
}

export interface Twin {
  readonly rows: TwinRows
  /** Documents of the corpus, which has a store of its own. */
  readonly patents: readonly PatentRecord[]
}

/** A whole synthetic zone: the same seed and profile give the same rows, whenever and wherever it is made. */
export function generateTwin(parameters: TwinParameters, zone: ZoneProfile): Twin {
  const root = new Random(parameters.seed)
  const making: Making = {
    parameters,
    zone,
    rows: emptyTwin(),
    names: new NameMaker(root.stream('names'), parameters),
    codes: new CodeMaker(parameters.regionCode),
    recordedAt: `${parameters.until}T08:00:00Z`,
    random: (part) => root.stream(part),
  }
  const firms = makeFirms(making)
  const agencies = makeAgencies(making)
  makeLeases(making, agencies)
  const people = makePeople(making, agencies)
  makeServiceRecords(making, agencies, firms)
  makeDeals(making, agencies, firms)
  makeFilings(making, agencies, firms)
  makePenalties(making, agencies)
  makeRegisters(making, agencies, firms)
  makeExports(making, agencies, firms)
  makeTraining(making, firms)
  makeClientFiles(making, agencies, firms)
  const universities = makeUniversities(making)
  plantFacts(making, { agencies, firms, people })
  return { rows: making.rows, patents: makePatents(making, { firms, agencies, universities }) }
}
