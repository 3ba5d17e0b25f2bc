import { addDays, date } from '#platform/calendar.ts'
import type { Agency } from './agencies.ts'
import { patentNumber } from './codes.ts'
import { addParty, dayIn, type Firm } from './firms.ts'
import type { Making } from './generate.ts'
import { SOURCE } from './model.ts'

/** The small registers behind the goals: platforms, centres, inventions, PCT filings, budget lines. */
export function makeRegisters(making: Making, agencies: readonly Agency[], firms: readonly Firm[]): void {
  makePlatforms(making)
  makeCultivationCentres(making, agencies, firms)
  makeInventions(making, firms)
  makePctApplications(making, agencies, firms)
  makeProductReturns(making, firms)
  makeBudget(making)
  makeBrands(making, agencies)
  makeComparators(making)
}

function makePlatforms(making: Making) {
  const { rows, recordedAt } = making
  const random = making.random('platforms')
  const platforms = [
    [
      '智能电网产业知识产权运营中心',
      'Smart Grid IP Operation Centre',
      'operation-centre',
      '2024-05-20',
      true,
    ],
    [
      '生物医药产业知识产权运营中心',
      'Biomedicine IP Operation Centre',
      'operation-centre',
      '2024-09-12',
      true,
    ],
    ['高校专利运营平台', 'University Patent Operation Platform', 'operation-platform', '2023-11-02', true],
    ['知识产权交易服务平台', 'IP Trading Service Platform', 'operation-platform', '2025-03-18', true],
    // Established and not yet evidenced: it is listed and does not count.
    [
      '新能源汽车产业知识产权运营中心',
      'New-energy Vehicle IP Operation Centre',
      'operation-centre',
      '2026-06-01',
      false,
    ],
  ] as const
  for (const [index, [name, nameEn, kind, establishedOn, evidenced]] of platforms.entries()) {
    rows.operationPlatform.push({
      id: random.uuid(),
      code: `OP${index + 1}`,
      name,
      nameEn,
      kind,
      operatorId: null,
      establishedOn,
      closedOn: null,
      evidenceHash: evidenced ? random.hash() : null,
      source: SOURCE,
      recordedAt,
    })
  }
  for (const [index, name] of ['专利导航服务基地（示例甲）', '专利导航服务基地（示例乙）'].entries()) {
    rows.navigationBase.push({
      id: random.uuid(),
      code: `NB${index + 1}`,
      name,
      nameEn: `Patent navigation base ${index + 1} (sample)`,
      hostId: null,
      level: 'national',
      recognisedOn: index === 0 ? '2023-08-01' : '2025-11-15',
      endedOn: null,
      evidenceHash: random.hash(),
      source: SOURCE,
      recordedAt,
    })
  }
}

function makeCultivationCentres(making: Making, agencies: readonly Agency[], firms: readonly Firm[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('centres')
  const leads = random.sample(
    firms.filter(({ standings }) => standings.has('high-tech')),
    parameters.cultivationCentres + 6,
  )
  for (const [index, lead] of leads.entries()) {
    const ended = index >= parameters.cultivationCentres
    rows.cultivationCentre.push({
      id: random.uuid(),
      code: `CC${String(index + 1).padStart(3, '0')}`,
      name: `${lead.name}高价值专利培育中心`,
      leadId: lead.id,
      agencyId: random.pick(agencies.filter(({ movedOut }) => movedOut === null)).id,
      approvedOn: dayIn(random, ended ? '2022-03-01' : '2023-01-15', ended ? '2022-12-31' : '2026-09-30'),
      endsOn: ended ? '2025-12-31' : null,
      exitReason: ended ? '建设周期届满' : null,
      evidenceHash: random.hash(),
      source: SOURCE,
      recordedAt,
    })
  }
}

const criteria = ['emerging-industry', 'overseas-family', 'long-maintained', 'pledged', 'awarded'] as const

/** In force and by at least one of the five criteria; some meet two, and each is still one invention. */
function makeInventions(making: Making, firms: readonly Firm[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('inventions')
  const things = [
    '控制方法',
    '制备方法',
    '检测装置',
    '通信系统',
    '数据处理方法',
    '电池管理系统',
    '封装结构',
    '给药组合物',
  ]
  for (let index = 0; index < parameters.inventions + 900; index++) {
    const id = random.uuid()
    const filedOn = dayIn(random, '2009-01-01', '2022-06-30')
    const grantedOn = addDays(filedOn, random.integer(500, 1200))
    const lapsed = index >= parameters.inventions
    rows.invention.push({
      id,
      patentNumber: patentNumber(Number(filedOn.slice(0, 4)), 1, 100_000 + index),
      title: `一种${random.pick(things)}`,
      ownerId: random.pick(firms).id,
      filedOn,
      grantedOn,
      lapsedOn: lapsed ? dayIn(random, addDays(grantedOn, 30), '2026-10-31') : null,
      source: SOURCE,
      recordedAt,
    })
    for (const criterion of random.sample(criteria, random.chance(0.2) ? 2 : 1)) {
      rows.inventionCriterion.push({
        inventionId: id,
        criterion,
        holdsFrom: grantedOn,
        holdsTo: null,
        evidence: '示例证据',
        source: SOURCE,
        recordedAt,
      })
    }
  }
}

function makePctApplications(making: Making, agencies: readonly Agency[], firms: readonly Firm[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('pct')
  for (const [year, count] of Object.entries(parameters.pct)) {
    const end = year === parameters.until.slice(0, 4) ? parameters.until : `${year}-12-31`
    for (let index = 0; index < count; index++) {
      rows.pctApplication.push({
        id: random.uuid(),
        applicationNumber: `PCT/CN${year}/${String(70_000 + index * 7).padStart(6, '0')}`,
        filedOn: dayIn(random, `${year}-01-02`, end),
        applicantId: random.pick(firms).id,
        applicantInZone: true,
        agencyId: random.pick(agencies).id,
        source: SOURCE,
        recordedAt,
      })
    }
  }
}

function makeProductReturns(making: Making, firms: readonly Firm[]) {
  const { rows, recordedAt } = making
  const random = making.random('products')
  for (const firm of random.sample(firms, 240)) {
    const total = random.integer(2_000, 90_000) * 1_000_000
    for (const [index, year] of [2023, 2024, 2025].entries()) {
      const share = 0.28 + index * 0.021 + random.next() * 0.1
      rows.patentProductReturn.push({
        id: random.uuid(),
        firmId: firm.id,
        year,
        totalSalesFen: total,
        productSalesFen: Math.round(total * share),
        filedOn: `${year + 1}-05-20`,
        source: SOURCE,
        recordedAt,
      })
    }
  }
}

function makeBudget(making: Making) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('budget')
  for (const [year, planned] of Object.entries(parameters.budgetFen)) {
    rows.budgetLine.push({
      id: random.uuid(),
      year: Number(year),
      code: 'ZONE',
      title: '试验区建设资金',
      plannedFen: planned,
      paidFen: Math.round(planned * (year === '2026' ? 0.61 : 0.97)),
      approvedOn: `${year}-01-20`,
      documentHash: random.hash(),
      source: SOURCE,
      recordedAt,
    })
  }
}

/** What the zone is measured against; a reader sees from the source that these too are synthetic. */
function makeComparators({ parameters, rows, recordedAt, random: randomOf }: Making) {
  const random = randomOf('comparators')
  for (const [countedOn, residents] of Object.entries(parameters.residents)) {
    rows.residentPopulation.push({
      id: random.uuid(),
      countedOn,
      residents,
      version: countedOn.slice(0, 4),
      publishedOn: addDays(date(countedOn), 90),
      source: SOURCE,
      recordedAt,
    })
  }
  const { area, from, to, notified, withdrawn } = parameters.comparator
  rows.withdrawalComparator.push({
    id: random.uuid(),
    area,
    periodFrom: from,
    periodTo: to,
    notified,
    withdrawn,
    publishedOn: addDays(date(to), 20),
    source: SOURCE,
    recordedAt,
  })
}

function makeBrands(making: Making, agencies: readonly Agency[]) {
  const { rows, recordedAt } = making
  const random = making.random('brands')
  for (const [index, agency] of agencies
    .filter(({ movedOut }) => movedOut === null)
    .slice(0, 15)
    .entries()) {
    rows.agencyBrand.push({
      id: random.uuid(),
      agencyId: agency.id,
      kind: index % 3 === 0 ? 'branch' : 'brand',
      title: index % 3 === 0 ? '区域分支机构' : '品牌服务机构',
      criteria: '品牌标准（示例）',
      awardedOn: dayIn(random, '2023-05-01', '2026-06-30'),
      endedOn: null,
      endReason: null,
      evidenceHash: random.hash(),
      source: SOURCE,
      recordedAt,
    })
  }
}

export function makeExports(making: Making, agencies: readonly Agency[], firms: readonly Firm[]): void {
  makeExportContracts(making, agencies)
  makeDrivenExports(making, agencies, firms)
  makeOfficesAbroadAndHere(making)
}

const countries = ['US', 'JP', 'DE', 'KR', 'FR', 'SG', 'GB', 'NL'] as const

function makeExportContracts(making: Making, agencies: readonly Agency[]) {
  const { parameters, zone, rows, recordedAt } = making
  const random = making.random('exports')
  let number = 0
  for (const [year, total] of Object.entries(parameters.exportUsdCents)) {
    const end = year === parameters.until.slice(0, 4) ? parameters.until : `${year}-12-31`
    for (const cents of random.split(total, 140, 20_000)) {
      number += 1
      rows.exportContract.push({
        id: random.uuid(),
        contractNumber: `EX${String(number).padStart(5, '0')}`,
        agencyId: random.pick(agencies).id,
        clientName: `Client ${number} (synthetic)`,
        clientCountry: random.pick(countries),
        serviceClass: random.pick(zone.services).code,
        currency: 'USD',
        amountMinor: cents,
        recognisedOn: dayIn(random, `${year}-01-05`, end),
        rateBase: null,
        rateQuote: null,
        rateValue: null,
        ratePer: null,
        rateOn: null,
        rateSource: null,
        usdCents: cents,
        programmes: ['zone', 'export-base'],
        documentHash: random.hash(),
        source: SOURCE,
        recordedAt,
        voidedAt: null,
        voidReason: null,
      })
    }
  }
}

function makeDrivenExports(making: Making, agencies: readonly Agency[], firms: readonly Firm[]) {
  const { parameters, rows, recordedAt } = making
  const random = making.random('driven')
  let number = 0
  for (const [year, total] of Object.entries(parameters.drivenExportFen)) {
    const end = year === parameters.until.slice(0, 4) ? parameters.until : `${year}-12-31`
    for (const attributed of random.split(total, 60, 1_000_000)) {
      number += 1
      rows.drivenExport.push({
        id: random.uuid(),
        reference: `DE${String(number).padStart(5, '0')}`,
        exporterId: random.pick(firms).id,
        agencyId: random.pick(agencies).id,
        recognisedOn: dayIn(random, `${year}-01-05`, end),
        exportFen: attributed * 4,
        attributionRule: '示例：服务合同覆盖的出口额按 25% 归属',
        shareBasisPoints: 2500,
        attributedFen: attributed,
        serviceRecordId: null,
        source: SOURCE,
        recordedAt,
        voidedAt: null,
        voidReason: null,
      })
    }
  }
}

function makeOfficesAbroadAndHere(making: Making) {
  const { rows, recordedAt } = making
  const random = making.random('offices')
  for (const [index, country] of (['KR', 'JP', 'DE'] as const).entries()) {
    rows.foreignOffice.push({
      id: random.uuid(),
      code: `FO${index + 1}`,
      partyId: null,
      name: `境外代理机构代表处${index + 1}（示例）`,
      nameEn: `Representative office ${index + 1} (sample)`,
      country,
      permitNumber: `P${2024 + index}-0${index + 1}`,
      validFrom: `${2023 + index}-06-01`,
      // One permit has run out: the office left the count that day.
      validTo: index === 0 ? '2026-06-01' : '2029-06-01',
      source: SOURCE,
      recordedAt,
    })
  }
  const sites = [
    ['US', 'San Jose', 'worksite'],
    ['JP', 'Tokyo', 'worksite'],
    ['DE', 'Munich', 'branch'],
    ['KR', 'Seoul', 'worksite'],
    ['SG', 'Singapore', 'branch'],
  ] as const
  for (const [index, [country, city, kind]] of sites.entries()) {
    const id = random.uuid()
    rows.overseasWorksite.push({
      id,
      code: `OW${index + 1}`,
      name: `${city} ${kind === 'worksite' ? '海外工作站' : '海外分支机构'}（示例）`,
      nameEn: `${city} ${kind} (sample)`,
      kind,
      country,
      city,
      operatorId: null,
      openedOn: `${2023 + Math.floor(index / 2)}-04-01`,
      closedOn: null,
      agreementHash: random.hash(),
      source: SOURCE,
      recordedAt,
    })
    for (const quarter of ['2026-01-01', '2026-04-01', '2026-07-01']) {
      rows.worksiteReport.push({
        id: random.uuid(),
        worksiteId: id,
        periodFrom: quarter,
        periodTo: addDays(quarter as never, 90),
        consultations: random.integer(4, 40),
        guidedCases: random.integer(0, 6),
        reportedOn: addDays(quarter as never, 98),
        source: SOURCE,
        recordedAt,
      })
    }
  }
}

/** Firms and people come to several classes; the goal counts each once. */
export function makeTraining(making: Making, firms: readonly Firm[]): void {
  const { parameters, rows, names, recordedAt } = making
  const random = making.random('training')
  const classes = Array.from({ length: 24 }, (_, index) => ({
    id: random.uuid(),
    code: `TC${String(index + 1).padStart(3, '0')}`,
    programme: 'hundred-firms',
    heldOn: dayIn(random, '2024-04-10', parameters.until),
  }))
  for (const { id, code, programme, heldOn } of classes) {
    rows.trainingClass.push({
      id,
      code,
      programme,
      title: '企业知识产权管理实务（示例）',
      heldOn,
      hours: 6,
      source: SOURCE,
      recordedAt,
    })
  }
  const trained = random.sample(firms, parameters.training.firms)
  for (let index = 0; index < parameters.training.people; index++) {
    const person = random.uuid()
    addParty(making, {
      id: person,
      kind: 'person',
      name: names.person(),
      nameEn: null,
      creditCode: null,
      since: classes[0]?.heldOn ?? (parameters.until as never),
    })
    for (const { id, programme, heldOn } of random.sample(classes, random.integer(1, 3))) {
      rows.trainingAttendance.push({
        id: random.uuid(),
        classId: id,
        programme,
        heldOn,
        personId: person,
        firmId: trained[index % trained.length]?.id ?? null,
        evidence: '签到表（示例）',
        recordedAt,
      })
    }
  }
}
