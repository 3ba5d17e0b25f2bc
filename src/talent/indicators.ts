import { sql } from 'kysely'
import { wasInZone } from '../agencies/public.ts'
import { indicator, type IndicatorRow } from '../statistics/declare.ts'

type Keyed = IndicatorRow & { partyId: string }

export const talentIndicators = [
  indicator({
    code: 'practitioners',
    clauses: ['S22'],
    name: { zh: '从业人员', en: 'Practitioners' },
    definition: {
      zh: '当日在名录内机构任职的人员;在两家机构任职的只计一次。',
      en: 'People who on the day hold a post at an agency in the directory; whoever works for two agencies is counted once.',
    },
    version: 1,
    unit: 'person',
    measures: 'stock',
    confidentiality: 'masked',
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'post',
    records: (_db, { asOf }) => sql<Keyed>`(
      select post.id::text as record_id, person.name as label, post.valid_from as occurred_on, survivor.survivor_id as party_id
      from practitioner_post post
      join party_survivor survivor on survivor.party_id = post.person_id
      join party person on person.id = survivor.survivor_id
      where post.valid_from <= ${asOf} and (post.valid_to is null or post.valid_to > ${asOf})
        and ${wasInZone('post.agencyId', asOf)})`,
  }),

  indicator({
    code: 'attorneys',
    clauses: ['S51'],
    name: { zh: '执业专利代理师', en: 'Practising patent attorneys' },
    definition: {
      zh: '当日执业备案有效、且备案机构当日在名录中的专利代理师;有效期止日当天起不再计入。',
      en: 'Patent attorneys whose practice is recorded and valid on the day at an agency in the directory; from the day on which a licence ends it no longer counts.',
    },
    version: 1,
    unit: 'person',
    measures: 'stock',
    confidentiality: 'masked',
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'attorneyLicence',
    records: (_db, { asOf }) => sql<Keyed>`(
      select licence.id::text as record_id, person.name as label, licence.valid_from as occurred_on,
        survivor.survivor_id as party_id
      from attorney_licence licence
      join party_survivor survivor on survivor.party_id = licence.person_id
      join party person on person.id = survivor.survivor_id
      where licence.valid_from <= ${asOf} and (licence.valid_to is null or licence.valid_to > ${asOf})
        and ${wasInZone('licence.agencyId', asOf)})`,
  }),
]
