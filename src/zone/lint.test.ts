import { describe, expect, test } from 'vitest'

import { type Edit, problemsAfter, problemsIn, sound } from '#testing/zone-problems.ts'

test('a sound folder has no problems', () => {
  expect(problemsIn(sound)).toEqual([])
})

describe('[F109] shape: every message names the file, the field and the rule', () => {
  const cases: [string, string, Edit, string][] = [
    ['a missing field', 'zone.json', (zone) => delete zone.region, 'zone.json $.region [shape/invalid_type]'],
    [
      'a misspelt field',
      'zone.json',
      (zone) => (zone.timezone = 'x'),
      'zone.json $ [shape/unrecognized_keys]',
    ],
    [
      'no English name',
      'carriers.json',
      ({ carriers }) => delete carriers[1].names.en,
      'carriers.json $.carriers[1].names.en [shape/invalid_type]',
    ],
    [
      'an unknown time zone',
      'zone.json',
      (zone) => (zone.timeZone = 'Mars/Olympus'),
      'zone.json $.timeZone [shape/custom]',
    ],
    [
      'a folder of another format',
      'zone.json',
      (zone) => (zone.format = 2),
      'zone.json $.format [shape/invalid_value]',
    ],
    [
      'a day that does not exist',
      'plan.json',
      (plan) => (plan.issuedOn = '2025-02-30'),
      'plan.json $.issuedOn [shape/invalid_format]',
    ],
    [
      'an unknown operator',
      'targets.json',
      ({ targets }) => (targets[0].operator = '=>'),
      'targets.json $.targets[0].operator [shape/invalid_value]',
    ],
    [
      'a code with capitals',
      'pillars.json',
      ({ pillars }) => (pillars[0].code = 'Gathering'),
      'pillars.json $.pillars[0].code [shape/invalid_format]',
    ],
    [
      'a polygon of two corners',
      'spaces.json',
      ({ areas }) => (areas[0].polygon.length = 2),
      'spaces.json $.areas[0].polygon [shape/too_small]',
    ],
  ]
  test.for(cases)('%s', ([, file, edit, expected]) => {
    expect(problemsAfter(file, edit)).toContain(expected)
  })
})

describe('[F109] files', () => {
  test('a missing file', () => {
    const { 'targets.json': _, ...rest } = sound
    expect(problemsIn(rest)).toContain('targets.json $ [file/missing]')
  })
  test('the plan without its text', () => {
    const { 'plan.zh.txt': _, ...rest } = sound
    expect(problemsIn(rest)).toContain('plan.zh.txt $ [file/missing]')
  })
  test('a file that no profile has', () => {
    expect(problemsIn({ ...sound, 'carrier.json': '{}' })).toEqual(['carrier.json $ [file/unknown]'])
  })
  test('text that is not JSON', () => {
    expect(problemsIn({ ...sound, 'spaces.json': '{ "note": ' })).toContain('spaces.json $ [json]')
  })
  test('a byte order mark is no problem', () => {
    expect(problemsIn({ ...sound, 'zone.json': `\uFEFF${sound['zone.json']}` })).toEqual([])
  })
})

describe('[F109] the plan and what leans on it', () => {
  const cases: [string, string, Edit, string][] = [
    [
      'two clauses of one id',
      'clauses.json',
      (clauses) => (clauses[1].id = 'S1'),
      'clauses.json $[1].id [unique]',
    ],
    [
      'a clause on a line the plan lacks',
      'clauses.json',
      (clauses) => (clauses[0].line = 99),
      'clauses.json $[0].line [clause/line]',
    ],
    [
      'words that the line does not say',
      'clauses.json',
      (clauses) => (clauses[1].quotes = ['服务机构', '达到80家']),
      'clauses.json $[1].quotes[1] [clause/quote]',
    ],
    [
      'quotes in the wrong order',
      'clauses.json',
      (clauses) => (clauses[5].quotes = clauses[5].quotes.toReversed()),
      'clauses.json $[5].quotes[1] [clause/quote]',
    ],
    [
      'a clause that no feature serves',
      'features.json',
      (features) => features[0].seed.pop(),
      'clauses.json $[5].id [clause/unserved]',
    ],
    [
      'a feature that serves an unknown clause',
      'features.json',
      (features) => features[0].seed.push('S99'),
      'features.json $[0].seed [clause/unknown]',
    ],
    [
      'a heading that its line does not have',
      'plan.json',
      (plan) => (plan.sections[0].line = 4),
      'plan.json $.sections[0].names.zh [plan/heading]',
    ],
    [
      'headings out of order',
      'plan.json',
      (plan) => (plan.sections = plan.sections.toReversed()),
      'plan.json $.sections[1].line [plan/order]',
    ],
    [
      'published before issued',
      'plan.json',
      (plan) => (plan.publishedOn = '2025-01-01'),
      'plan.json $.publishedOn [date/order]',
    ],
    [
      'a pillar of no section',
      'pillars.json',
      ({ pillars }) => (pillars[1].section = 'nowhere'),
      'pillars.json $.pillars[1].section [pillar/section]',
    ],
    [
      'an actor of no class',
      'actors.json',
      ({ actors }) => (actors[0].class = 'martians'),
      'actors.json $.actors[0].class [actor/class]',
    ],
    [
      'an actor of no group',
      'actors.json',
      ({ actors }) => (actors[1].group = 'none'),
      'actors.json $.actors[1].group [actor/group]',
    ],
  ]
  test.for(cases)('%s', ([, file, edit, expected]) => {
    expect(problemsAfter(file, edit)).toContain(expected)
  })
})

describe('[F109] places', () => {
  const cases: [string, string, Edit, string][] = [
    [
      'no centre',
      'carriers.json',
      ({ carriers }) => (carriers[0].kind = 'base'),
      'carriers.json $.carriers [carrier/one-centre]',
    ],
    [
      'a station at no carrier',
      'stations.json',
      ({ stations }) => (stations[0].carrier = 'reef'),
      'stations.json $.stations[0].carrier [carrier/unknown]',
    ],
    [
      'a station of an unnamed kind',
      'stations.json',
      ({ stations }) => (stations[0].kind = 'tisc'),
      'stations.json $.stations[0].kind [station/kind]',
    ],
    [
      'hours that end before they begin',
      'stations.json',
      ({ stations }) => (stations[0].hours.sessions[0].closes = '09:00'),
      'stations.json $.stations[0].hours.sessions[0].closes [hours/order]',
    ],
    [
      'a building at no carrier',
      'spaces.json',
      ({ buildings }) => (buildings[0].carrier = 'reef'),
      'spaces.json $.buildings[0].carrier [carrier/unknown]',
    ],
    [
      'units larger than their floor',
      'spaces.json',
      ({ buildings }) => (buildings[0].floors[0].units[1].areaSquareMetres = 121),
      'spaces.json $.buildings[0].floors[0].units [space/area]',
    ],
    [
      'two units of one id',
      'spaces.json',
      ({ buildings }) => (buildings[0].floors[0].units[1].id = 'lh-101'),
      'spaces.json $.buildings[0].floors[0].units[1].id [unique]',
    ],
    [
      'a use that is not listed',
      'spaces.json',
      ({ areas }) => (areas[1].use = 'casino'),
      'spaces.json $.areas[1].use [space/use]',
    ],
    [
      'a corner outside the map',
      'spaces.json',
      ({ areas }) => (areas[1].polygon[2] = [301, 160]),
      'spaces.json $.areas[1].polygon[2] [zoning/outside]',
    ],
    [
      'an outline that crosses itself',
      'spaces.json',
      ({ areas }) => areas[0].polygon.splice(1, 2, areas[0].polygon[2], areas[0].polygon[1]),
      'spaces.json $.areas[0].polygon [zoning/crossing]',
    ],
  ]
  test.for(cases)('%s', ([, file, edit, expected]) => {
    expect(problemsAfter(file, edit)).toContain(expected)
  })
})
