/** Fills the lists of the zone into the forms that ask from them. What the zone no longer lists can no longer be chosen. */
import type { ZoneProfile } from '../zone/rules.ts'
import type { FieldData, Form, Option, Words, ZoneList, ZoneOffer } from './form.rules.ts'

export type Lists = Pick<ZoneProfile, 'carriers' | 'industries' | 'services' | 'spaces' | 'specialServices'>
type Options = Readonly<Record<string, Option>>

const FILLED = new WeakMap<Lists, WeakMap<Form, Form>>()

/** The form as it is asked in this zone. The same zone and form give the same object, so that nothing is built twice. */
export function formIn<Answers>(zone: Lists, form: Form<Answers>): Form<Answers> {
  const known = FILLED.get(zone) ?? new WeakMap<Form, Form>()
  FILLED.set(zone, known)
  const made = known.get(form) ?? {
    sections: form.sections.map((section) => ({ ...section, fields: filled(zone, section.fields) })),
  }
  known.set(form, made)
  return made as Form<Answers>
}

function filled(zone: Lists, fields: readonly FieldData[]): FieldData[] {
  return fields.map((field) => {
    if (field.kind === 'group') return { ...field, fields: filled(zone, field.fields) }
    if (field.kind !== 'choice' && field.kind !== 'choices') return field
    if (field.listed !== undefined) return { ...field, options: LISTS[field.listed](zone) }
    if (field.offeredBy === undefined) return field
    return { ...field, options: among(field.options, OFFERS[field.offeredBy](zone)) }
  })
}

function among(options: Options, offers: ReadonlyMap<string, Words>): Options {
  return Object.fromEntries(
    Object.entries(options).flatMap(([code, option]) => {
      const hint = offers.get(code)
      return hint === undefined ? [] : [[code, { ...option, hint }]]
    }),
  )
}

/** What the zone offers, with what it says of each. */
const OFFERS: Readonly<Record<ZoneOffer, (zone: Lists) => ReadonlyMap<string, Words>>> = {
  'special-services': ({ specialServices }) =>
    new Map(specialServices.services.map(({ code, summary }) => [code, summary])),
}

const LISTS: Readonly<Record<ZoneList, (zone: Lists) => Options>> = {
  carriers: ({ carriers }) => Object.fromEntries(carriers.map(({ id, names }) => [id, { ...names }])),
  'service-classes': ({ services }) =>
    Object.fromEntries(services.map(({ code, names }) => [code, { ...names }])),
  // An industry may stand in two systems of the zone; it is offered once.
  industries: ({ industries }) =>
    Object.fromEntries(
      industries.flatMap(({ groups }) =>
        groups.flatMap(({ members }) => members.map(({ code, names }) => [code, { ...names }])),
      ),
    ),
  units: ({ spaces: { buildings } }) =>
    Object.fromEntries(buildings.flatMap((building) => unitsOf(building, needsName(building, buildings)))),
}

type Building = Lists['spaces']['buildings'][number]

/** Where a carrier has one house, the number of the unit says everything. */
const needsName = ({ carrier }: Building, all: readonly Building[]) =>
  all.filter((one) => one.carrier === carrier).length > 1

function unitsOf({ carrier, names, floors }: Building, named: boolean): [string, Option][] {
  return floors.flatMap(({ units }) =>
    units.map(({ id, number, areaSquareMetres }) => [
      id,
      {
        zh: `${named ? names.zh : ''}${number}（${areaSquareMetres} 平方米）`,
        en: `${named ? `${names.en} ` : ''}${number} (${areaSquareMetres} m²)`,
        of: carrier,
      },
    ]),
  )
}
