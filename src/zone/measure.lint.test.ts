import { describe, expect, test } from 'vitest'

import { type Edit, problemsAfter, problemsIn, sound } from '#testing/zone-problems.ts'

describe('[F109] targets, thresholds, stages, services, industries', () => {
  const comparator = { code: 'other', names: { zh: '对照', en: 'Comparator' }, values: [] }
  const cases: [string, string, Edit, string][] = [
    [
      'a target that cites no clause of the plan',
      'targets.json',
      ({ targets }) => (targets[0].clause = 'S40'),
      'targets.json $.targets[0].clause [clause/unknown]',
    ],
    [
      'a target under no pillar',
      'targets.json',
      ({ targets }) => (targets[0].pillar = 'roof'),
      'targets.json $.targets[0].pillar [target/pillar]',
    ],
    [
      'more than nothing',
      'targets.json',
      ({ targets }) => (targets[1].target = null),
      'targets.json $.targets[1].target [target/operator]',
    ],
    [
      'a trend with a figure',
      'targets.json',
      ({ targets }) => (targets[2].target = 5),
      'targets.json $.targets[2].target [target/operator]',
    ],
    [
      'a comparison with nothing',
      'targets.json',
      ({ targets }) => (targets[2].operator = 'exceeds-comparator'),
      'targets.json $.targets[2].comparator [target/comparator]',
    ],
    [
      'a comparator nobody looks at',
      'targets.json',
      ({ targets }) => (targets[0].comparator = comparator),
      'targets.json $.targets[0].comparator [target/comparator]',
    ],
    [
      'a flow that is neither annual nor cumulative',
      'targets.json',
      ({ targets }) => (targets[2].period.choice = 'as-of'),
      'targets.json $.targets[2].period.choice [target/period]',
    ],
    [
      'a stock that is annual',
      'targets.json',
      ({ targets }) => (targets[0].period.choice = 'annual'),
      'targets.json $.targets[0].period.choice [target/period]',
    ],
    [
      'cumulative since no day',
      'targets.json',
      ({ targets }) => (targets[2].period.choice = 'cumulative'),
      'targets.json $.targets[2].period.since [target/period]',
    ],
    [
      'a path that goes back in time',
      'targets.json',
      ({ targets }) => (targets[0].path = targets[0].path.toReversed()),
      'targets.json $.targets[0].path[1].year [path/order]',
    ],
    [
      'a path beyond the target year',
      'targets.json',
      ({ targets }) => (targets[0].path[2].year = 2029),
      'targets.json $.targets[0].path[2].year [path/beyond]',
    ],
    [
      'a path that ends below the target',
      'targets.json',
      ({ targets }) => (targets[0].path[2].value = 7),
      'targets.json $.targets[0].path[2].value [path/short]',
    ],
    [
      'two targets of one code',
      'targets.json',
      ({ targets }) => (targets[1].code = 'agencies'),
      'targets.json $.targets[1].code [unique]',
    ],
    [
      'thresholds out of order',
      'thresholds.json',
      ({ thresholds }) => thresholds[0].values.push(thresholds[0].values[0]),
      'thresholds.json $.thresholds[0].values[1].from [date/order]',
    ],
    [
      'more conditions needed than listed',
      'stage-rules.json',
      ({ versions }) => (versions[0].stages[0].needed = 2),
      'stage-rules.json $.versions[0].stages[0].needed [stage/needed]',
    ],
    [
      'agencies that no stage takes',
      'stage-rules.json',
      ({ versions }) => versions[0].stages.pop(),
      'stage-rules.json $.versions[0].stages[0].needed [stage/last]',
    ],
    [
      'a service sought by no clause of the plan',
      'service-taxonomy.json',
      ({ classes }) => (classes[0].services[0].soughtBy = 'S67'),
      'service-taxonomy.json $.classes[0].services[0].soughtBy [clause/unknown]',
    ],
    [
      'some members of a group but not all',
      'industries.json',
      ({ systems }) => systems[0].groups[0].members.pop(),
      'industries.json $.systems[0].groups[0].members [industry/stated]',
    ],
    [
      'one day listed twice',
      'calendar/2026.json',
      ({ days }) => days.push(days[0]),
      'calendar/2026.json $.days[2].date [unique]',
    ],
    [
      'a day of another year',
      'calendar/2026.json',
      ({ days }) => (days[0].date = '2029-01-01'),
      'calendar/2026.json $.days[0].date [calendar/year]',
    ],
  ]
  test.for(cases)('%s', ([, file, edit, expected]) => {
    expect(problemsAfter(file, edit)).toContain(expected)
  })

  test('no member of a group is known: that is no problem, it is shown', () => {
    const industries = JSON.parse(sound['industries.json'] ?? '')
    industries.systems[0].groups[0].members = []
    const definitions = JSON.parse(sound['industry-patents.json'] ?? '')
    definitions.versions[0].industries = []
    const placement = JSON.parse(sound['placement.json'] ?? '')
    for (const version of placement.versions) version.parks = []
    const codes = JSON.parse(sound['industry-codes.json'] ?? '')
    codes.industries = []
    const files = {
      ...sound,
      'placement.json': JSON.stringify(placement),
      'industry-codes.json': JSON.stringify(codes),
      'industries.json': JSON.stringify(industries),
      'industry-patents.json': JSON.stringify(definitions),
    }
    expect(problemsIn(files)).toEqual([])
  })
})
