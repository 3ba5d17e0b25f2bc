import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { world, type Caller, type World } from '#testing/world.ts'
import { procedures } from '../procedures.ts'
import { loadZone } from '../zone/public.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { findFaults } from './answers.rules.ts'
import { form, listedField, listedFields, offered, section, type FieldData } from './form.rules.ts'
import { formIn } from './listed.rules.ts'

const ORGANISATION = '00000000-0000-7000-8000-000000000011'
const TODAY = date('2026-11-23')
const words = { zh: '问题', en: 'Question' }

let w: World
let other: ZoneProfile
let firm: Caller

beforeAll(async () => {
  w = await world()
  w.setToday(TODAY)
  other = await loadZone('testing/zones/yunxi-bay')
  firm = w.as({ roles: ['agency'], organisationIds: [ORGANISATION] })
})

const asked = form(
  section('place', words, {
    classes: listedFields({ label: words, from: 'service-classes' }),
    industries: listedFields({ label: words, from: 'industries', required: false }),
    carrier: listedField({ label: words, from: 'carriers' }),
    units: listedFields({ label: words, from: 'units', within: 'carrier' }),
  }),
)
const optionsIn = (zone: ZoneProfile, name: string) => {
  const field = formIn(zone, asked)
    .sections.flatMap(({ fields }) => fields)
    .find((one) => one.name === name)
  return field?.kind === 'choice' || field?.kind === 'choices' ? field.options : {}
}

describe('[F004] [F109] a form asks from what the zone lists', () => {
  test('each zone fills in its own, in both languages, and the declaration stays as it was', () => {
    for (const zone of [w.zone, other]) {
      expect(Object.keys(optionsIn(zone, 'classes'))).toEqual(zone.services.map(({ code }) => code))
      expect(Object.keys(optionsIn(zone, 'carrier'))).toEqual(zone.carriers.map(({ id }) => id))
      for (const name of ['classes', 'industries', 'carrier', 'units']) {
        const options = Object.values(optionsIn(zone, name))
        expect(options.length).toBeGreaterThan(0)
        for (const { zh, en } of options) expect([zh.trim(), en.trim()]).not.toContain('')
      }
    }
    expect(optionsIn(w.zone, 'carrier')).not.toEqual(optionsIn(other, 'carrier'))
    const [first] = asked.sections.flatMap(({ fields }) => fields) as [FieldData & { options: object }]
    expect(first.options).toEqual({})
    // Read for every request, so built once.
    expect(formIn(w.zone, asked)).toBe(formIn(w.zone, asked))
  })

  test('what is not on the list is no answer, and a unit is one only in its own carrier', () => {
    const { buildings } = w.zone.spaces
    const [here, there] = [buildings[0]!, buildings.find(({ carrier }) => carrier !== buildings[0]!.carrier)!]
    const unitOf = (building: typeof here) => building.floors[0]!.units[0]!.id
    const whole = { classes: [w.zone.services[0]!.code], carrier: here.carrier, units: [unitOf(here)] }
    const faults = (answers: object) => findFaults(formIn(w.zone, asked), { ...whole, ...answers }, TODAY)
    expect(faults({})).toEqual([])
    expect(faults({ classes: ['tailoring'] })).toEqual([{ field: 'classes', code: 'notChoice' }])
    expect(faults({ industries: ['tailoring'] })).toEqual([{ field: 'industries', code: 'notChoice' }])
    expect(faults({ units: [unitOf(there)] })).toEqual([{ field: 'units', code: 'notChoice' }])
    expect(faults({ carrier: there.carrier, units: [unitOf(there)] })).toEqual([])
    expect(faults({ carrier: other.carriers[0]!.id })[0]).toEqual({ field: 'carrier', code: 'notChoice' })
    const units = { options: optionsIn(w.zone, 'units'), within: 'carrier' }
    const count = buildings
      .filter(({ carrier }) => carrier === here.carrier)
      .flatMap(({ floors }) => floors.flatMap((floor) => floor.units)).length
    expect(Object.keys(offered(units, { carrier: here.carrier }))).toHaveLength(count)
    expect(Object.keys(offered(units, {}))).toEqual([])
  })

  test('a list within a question that is not asked before it does not build', () => {
    const units = listedFields({ label: words, from: 'units', within: 'carrier' })
    expect(() => form(section('place', words, { units }))).toThrow(/carrier/)
  })
})

test('[F005] [S74] an order asks for what the zone offers, of what the platform knows', () => {
  const order = procedures.get('special-service-order')!.form
  const servicesIn = (zone: ZoneProfile) => {
    const [service] = formIn(zone, order).sections[0]!.fields
    return service?.kind === 'choice' ? Object.entries(service.options) : []
  }
  for (const zone of [w.zone, other]) {
    expect(servicesIn(zone).map(([code, { hint }]) => [code, hint])).toEqual(
      zone.specialServices.services.map(({ code, summary }) => [code, summary]),
    )
  }
  expect(servicesIn(other)).toHaveLength(2)
  const answers = { service: 'trusteeship' }
  const fault = { field: 'service', code: 'notChoice' }
  expect(findFaults(formIn(other, order), answers, TODAY)).toContainEqual(fault)
  expect(findFaults(formIn(w.zone, order), answers, TODAY)).not.toContainEqual(fault)
})

describe('[F011] [S59] the application to move in', () => {
  test('is served with the lists of the zone, and what they do not hold is refused by the server too', async () => {
    const served = (await w.as('visitor').get('/api/v1/procedures/agency-move-in')).body
    const fields = served.form.sections.flatMap(({ fields: those }: { fields: FieldData[] }) => those)
    const classes = fields.find(({ name }: FieldData) => name === 'classes')
    expect(Object.keys(classes.options)).toEqual(w.zone.services.map(({ code }) => code))
    const place = served.steps.find(({ code }: { code: string }) => code === 'place').form
    expect(JSON.stringify(place)).toContain(w.zone.carriers[0]!.names.en)

    const begun = await firm.post('/api/v1/drafts', {
      procedure: 'agency-move-in',
      organisationId: ORGANISATION,
      answers: { foundedOn: '2026-02-01', staff: 5, classes: ['tailoring'], industries: '裁缝' },
    })
    const path = `/api/v1/drafts/${begun.body.id}/completeness`
    const codes = async () =>
      (await firm.get(path)).body.faults.map(({ field, code }: { field: string; code: string }) => [
        field,
        code,
      ])
    expect(await codes()).toEqual(
      expect.arrayContaining([
        ['classes', 'notChoice'],
        ['industries', 'notChoice'],
      ]),
    )
    const answers = { foundedOn: '2026-02-01', staff: 5, classes: [w.zone.services[0]!.code] }
    await firm.put(`/api/v1/drafts/${begun.body.id}`, { version: 1, answers })
    expect(await codes()).toEqual([['licence', 'materialMissing']])
  })

  test('no procedure asks in words for what the zone lists', () => {
    const typed = [...procedures.values()].flatMap(({ code, form: asks, transitions }) =>
      [asks, ...Object.values(transitions).flatMap((step) => step.form ?? [])]
        .flatMap(({ sections }) => sections.flatMap(({ fields }) => fields))
        .filter(({ kind, label }) => kind === 'text' && /载体|产业|站点|单元|服务类别/.test(label.zh))
        .map(({ name }) => `${code}.${name}`),
    )
    expect(typed).toEqual([])
  })
})
