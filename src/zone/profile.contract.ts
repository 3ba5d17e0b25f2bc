import { z } from 'zod'

import { anyone, get, post, refusal } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { IndustrySystem, ServiceClass } from './measure.rules.ts'
import { Carrier, Station } from './place.rules.ts'
import { Pillar, Policy } from './plan.rules.ts'
import { ZoneFile } from './rules.ts'
import { Bilingual } from './words.rules.ts'

const moment = z.iso.datetime({ offset: true })
const Version = z.string().regex(/^[0-9a-f]{64}$/)

/** The profile's public side: what the pages need to speak of this zone. */
export const ZoneSummary = ZoneFile.omit({ ownWords: true, format: true }).extend({
  version: Version,
  plan: z.object({ number: z.string(), names: Bilingual, issuedOn: z.iso.date(), targetYear: z.int() }),
  carrierModel: Bilingual,
  carriers: z.array(Carrier),
  stationKinds: z.record(z.string(), Bilingual),
  stations: z.array(Station),
  pillars: z.array(Pillar),
  services: z.array(ServiceClass),
  industries: z.array(IndustrySystem),
  actorClasses: z.array(z.object({ code: z.string(), names: Bilingual })),
  policies: z.array(Policy),
})

const Problem = z.object({ file: z.string(), field: z.string(), rule: z.string(), message: z.string() })

const Change = z.object({
  file: z.string(),
  field: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** JSON text; null where there was nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
})

const administrators = only('administrator')

export const profileOperations = {
  summary: get('/zone', {
    summary: 'The zone in brief: names, carriers, stations, pillars, services, industries',
    allow: anyone,
    clauses: ['S4', 'S7', 'S14', 'S27', 'S29', 'S30', 'S55', 'S56', 'S58', 'S60', 'S75', 'S78'],
  }).output(ZoneSummary),

  reload: post('/zone/reload', {
    summary: 'Take the zone folder into force as it stands now, without a restart',
    allow: administrators,
    clauses: ['S1'],
  })
    .output(z.object({ version: Version, changed: z.boolean(), before: Version.nullable() }))
    .errors({ INVALID_PROFILE: refusal(422, z.object({ problems: z.array(Problem) })) }),

  versions: get('/zone/versions', {
    summary: 'Which version of the profile ran from when, and the folder last refused',
    allow: administrators,
    clauses: ['S1'],
  }).output(
    z.object({
      running: Version,
      activations: z.array(
        z.object({
          id: z.uuid(),
          version: Version,
          cause: z.enum(['start', 'file-change', 'reload']),
          activatedAt: moment,
        }),
      ),
      refused: z
        .object({ version: Version, refusedAt: moment, problems: z.array(Problem), stillSo: z.boolean() })
        .nullable(),
    }),
  ),

  difference: get('/zone/versions/difference', {
    summary: 'Every place at which two versions of the profile differ',
    allow: administrators,
    clauses: ['S1'],
  })
    .input(z.object({ from: Version, to: Version }))
    .output(z.object({ from: Version, to: Version, changes: z.array(Change) }))
    .errors({ UNKNOWN_VERSION: refusal(404, z.object({ version: z.string() })) }),
}
