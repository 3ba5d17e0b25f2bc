import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, Sample } from './words.rules.ts'

export const Stage = z.enum(['start-up', 'growth', 'mature'])
export type Stage = z.infer<typeof Stage>

/** A carrier (载体): the centre or a base, with the park it stands in and the stage of agency it takes. */
export const Carrier = z.strictObject({
  id: Code,
  kind: z.enum(['centre', 'base']),
  names: Bilingual,
  shortNames: Bilingual,
  park: Bilingual,
  role: Bilingual,
  stage: Stage,
  stageNote: Bilingual,
  clauses: z.array(ClauseId).min(1),
  sample: Sample,
})
export type Carrier = z.infer<typeof Carrier>

export const CarriersFile = z.strictObject({ model: Bilingual, carriers: z.array(Carrier).min(1) })

export const StationKind = z.enum([
  'window',
  'operations-centre',
  'aid-centre',
  'rapid-protection-centre',
  'workstation',
  'outlet',
  'volunteer-point',
  'overseas-worksite',
  'offshore-window',
  'tisc',
])
export type StationKind = z.infer<typeof StationKind>

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM')

/** Days 1 (Monday) to 7 (Sunday); public holidays close the station whatever its hours say. */
const OpeningHours = z.strictObject({
  sample: Sample,
  sessions: z.array(
    z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1), opens: ClockTime, closes: ClockTime }),
  ),
})

export const Station = z.strictObject({
  id: Code,
  kind: StationKind,
  names: Bilingual,
  duty: Bilingual,
  /** Null for a station outside the zone's carriers, such as an overseas worksite. */
  carrier: Code.nullable(),
  address: Bilingual.nullable(),
  /** Where the station stands on the zone's own plan, in its plan coordinates. */
  position: z.strictObject({ x: z.number(), y: z.number() }).nullable(),
  hours: OpeningHours.nullable(),
  clauses: z.array(ClauseId).min(1),
  sample: Sample,
})
export type Station = z.infer<typeof Station>

export const StationsFile = z.strictObject({
  kinds: z.partialRecord(StationKind, Bilingual),
  stations: z.array(Station).min(1),
})

const SpaceUnit = z.strictObject({
  id: Code,
  number: z.string().min(1),
  areaSquareMetres: z.number().positive(),
  use: Code,
})

const Floor = z.strictObject({
  id: Code,
  level: z.int(),
  names: Bilingual,
  areaSquareMetres: z.number().positive(),
  units: z.array(SpaceUnit),
})

export const Building = z.strictObject({
  id: Code,
  carrier: Code,
  names: Bilingual,
  floors: z.array(Floor).min(1),
  clauses: z.array(ClauseId).min(1),
  sample: Sample,
})
export type Building = z.infer<typeof Building>

const Point = z.tuple([z.number(), z.number()])

/** A closed ring of at least three points in plan coordinates; the last point need not repeat the first. */
export const Polygon = z.array(Point).min(3)
export type Polygon = z.infer<typeof Polygon>

export const ZoningArea = z.strictObject({
  id: Code,
  carrier: Code.nullable(),
  names: Bilingual,
  use: Code,
  polygon: Polygon,
  /** The first day on which the area belongs to the map. */
  since: Day,
  reason: Bilingual,
  clauses: z.array(ClauseId).min(1),
  sample: Sample,
})
export type ZoningArea = z.infer<typeof ZoningArea>

export const SpacesFile = z.strictObject({
  note: Bilingual,
  sample: Sample,
  uses: z.array(z.strictObject({ code: Code, names: Bilingual })).min(1),
  buildings: z.array(Building),
  map: z.strictObject({ width: z.number().positive(), height: z.number().positive(), note: Bilingual }),
  areas: z.array(ZoningArea),
})
export type Spaces = z.infer<typeof SpacesFile>
