import type { ServingPage } from './coverage.rules.ts'

/** The public pages and the clauses they show. A check holds each path against the routes of the web. */
export const PAGES: readonly ServingPage[] = [
  page('/plan', '方案全文', 'The plan in full', 'S1'),
  page('/plan/progress', '推进计划', 'Annual plan', 'S62', 'S196', 'S197', 'S189'),
  page('/plan/decisions', '领导小组的决定', 'Decisions of the leading group', 'S186', 'S188', 'S190'),
  page('/clauses', '条款与覆盖', 'Clauses and coverage', 'S1', 'S62'),
  page('/about', '关于试验区', 'About the zone', 'S3', 'S5', 'S7', 'S19'),
  page('/carriers', '一中心、两基地', 'Centre and bases', 'S55', 'S56', 'S58', 'S59', 'S60'),
  page('/stations', '站点与窗口', 'Stations and windows', 'S27', 'S75', 'S78', 'S96', 'S152', 'S178'),
  page('/spaces', '空间与分区图', 'Spaces and zoning map', 'S57', 'S61'),
  page('/agencies', '机构名录', 'Agency directory', 'S64', 'S149', 'S203'),
  page('/board', '指标看板', 'Board', 'S4', 'S62'),
  page('/reports', '发展报告', 'Development reports', 'S98', 'S99'),
  page('/ledger', '公开账本', 'Ledger', 'S135', 'S143'),
  page('/open-data', '开放数据', 'Open data', 'S76', 'S134', 'S150'),
  page('/account/who-viewed-my-data', '谁看过我的数据', 'Who viewed my data', 'S135'),
  page('/industries', '产业体系与集群', 'Industries and clusters', 'S29', 'S30'),
]

function page(path: string, zh: string, en: string, ...clauses: string[]): ServingPage {
  return { path, names: { zh, en }, clauses }
}
