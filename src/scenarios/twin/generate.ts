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
import { plantFacts } from './plants.ts'
import { makeExports, makeRegisters, makeTraining } from './registers.ts'
import { makeDeals, makeFilings, makeServiceRecords } from './work.ts'

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

/** A whole synthetic zone as rows: the same seed and profile give the same rows, whenever and wherever it is made. */
export function generateTwin(parameters: TwinParameters, zone: ZoneProfile): TwinRows {
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
  makeRegisters(making, agencies, firms)
  makeExports(making, agencies, firms)
  makeTraining(making, firms)
  makeClientFiles(making, agencies, firms)
  plantFacts(making, { agencies, firms, people })
  return making.rows
}
