import { createHash } from 'node:crypto'
import { zipSync, type Zippable } from 'fflate'
import type { FileStore } from '#platform/files.ts'
import { packName } from './assessment.rules.ts'
import type { AssessmentView } from './assessment.view.ts'

/** Within the archive every file carries this day, so that the same content gives the same bytes. */
const FIXED = new Date('2000-01-01T00:00:00Z')
const encode = (text: string) => new TextEncoder().encode(text)

/**
 * The evidence pack: one zip that opens with nothing but a browser. `index.html` leads through the items, gaps first;
 * `SHA256SUMS` is in the form that `sha256sum -c` reads; everything else is what was filed, byte for byte.
 */
export async function packAssessment(view: AssessmentView, files: FileStore): Promise<Uint8Array> {
  const contents = new Map<string, Uint8Array>()
  const places = new Map<string, string>()
  for (const { items } of view.dimensions) {
    for (const { code, evidence } of items) {
      for (const [index, { id, fileName, sha256 }] of evidence.entries()) {
        const path = packName(code, index + 1, fileName)
        contents.set(path, await files.read(sha256))
        places.set(id, path)
      }
    }
  }
  contents.set('assessment.json', encode(`${JSON.stringify(view, null, 2)}\n`))
  contents.set('index.csv', encode(indexCsv(view, places)))
  contents.set('index.html', encode(indexHtml(view, places)))
  contents.set('SHA256SUMS', encode(sums(contents)))
  const entries: Zippable = {}
  for (const [path, bytes] of [...contents].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    entries[path] = [bytes, { mtime: FIXED, level: 6 }]
  }
  return zipSync(entries)
}

function sums(contents: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...contents].map(
    ([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}`,
  )
  return `${lines.toSorted().join('\n')}\n`
}

function indexCsv(view: AssessmentView, places: ReadonlyMap<string, string>): string {
  const rows = view.dimensions.flatMap(({ names, items }) =>
    items.map((item) => [
      names.zh,
      item.code,
      item.names.zh,
      item.gaps.map((gap) => GAP_WORDS[gap].zh).join('；'),
      item.figures.map(({ names: figure, value }) => `${figure.zh} ${value}`).join('；'),
      item.evidence.map(({ id }) => places.get(id) ?? '').join('；'),
    ]),
  )
  const lines = [['维度', '编号', '条目', '缺项', '指标', '证据文件'], ...rows].map((row) =>
    row.map(csvCell).join(','),
  )
  // Excel takes a file without a byte order mark for GB18030.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** A cell that begins like a formula would be one in a spreadsheet. */
function csvCell(value: string): string {
  const plain = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value
  return `"${plain.replaceAll('"', '""')}"`
}

const GAP_WORDS = {
  noFigure: { zh: '快照中没有该指标', en: 'no such figure in the snapshot' },
  figureUnknown: { zh: '指标暂无数据', en: 'figure unknown' },
  goalNotMet: { zh: '未达目标', en: 'goal not met' },
  noEvidence: { zh: '缺证据', en: 'no evidence' },
  noAnswer: { zh: '未作答', en: 'not answered' },
} as const

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const both = ({ zh, en }: { zh: string; en: string }) =>
  zh === en ? escaped(zh) : `${escaped(zh)} <small>${escaped(en)}</small>`

function indexHtml(view: AssessmentView, places: ReadonlyMap<string, string>): string {
  const item = (one: AssessmentView['dimensions'][number]['items'][number]) => `
<article id="${escaped(one.code)}">
<h3>${both(one.names)}</h3>
<p class="gaps">${one.gaps.length === 0 ? '● 完整 complete' : one.gaps.map((gap) => `○ ${both(GAP_WORDS[gap])}`).join('　')}</p>
${one.answer === null ? '' : `<p>${escaped(one.answer.text).replaceAll('\n', '<br>')}</p>`}
${one.figures.length === 0 ? '' : `<table>${one.figures.map((figure) => `<tr><th>${both(figure.names)}</th><td>${escaped(figure.value)}</td><td>${escaped(figure.goal)}</td><td><code>${figure.digest.slice(0, 16)}</code></td></tr>`).join('')}</table>`}
<ul>${one.evidence.map((file) => `<li><a href="${escaped(encodeURI(places.get(file.id) ?? ''))}">${escaped(file.title)}</a> <small>${escaped(file.fileName)} · ${file.bytes} B · SHA-256 <code>${file.sha256}</code></small></li>`).join('')}</ul>
</article>`
  const byCode = new Map(view.dimensions.flatMap(({ items }) => items).map((one) => [one.code, one]))
  const open = view.gapsFirst.flatMap((code) => byCode.get(code) ?? []).filter(({ gaps }) => gaps.length > 0)
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(view.title)}</title>
<style>
body{font:16px/1.75 "PingFang SC","Source Han Sans SC","Noto Sans SC","Microsoft YaHei",sans-serif;color:#1b2733;background:#fbfaf7;max-width:60rem;margin:2rem auto;padding:0 1rem}
small{color:#5b6670}code{font-size:.8em}table{border-collapse:collapse;margin:.5rem 0}td,th{border-bottom:1px solid #dfe3e6;padding:.2rem .8rem .2rem 0;text-align:left;font-weight:400}
article{border-top:1px solid #dfe3e6;padding:.5rem 0}.gaps{color:#9a6700;margin:.2rem 0}a{color:#1c5d99}h3{margin:.4rem 0 0}
</style></head><body>
<h1>${escaped(view.title)}</h1>
<p>${both(view.criteria.names)} · ${escaped(view.criteria.version)}${view.criteria.sample ? ' · 示例 sample' : ''}<br>${both(view.criteria.source)}</p>
<p>快照 snapshot <code>${escaped(view.snapshot.id)}</code> · ${escaped(view.snapshot.asOf)} · SHA-256 <code>${escaped(view.snapshot.digest)}</code></p>
<p>完整 complete ${view.complete} / ${view.items}</p>
<h2>待补 What is missing</h2>
${open.length === 0 ? '<p>无 nothing</p>' : `<ol>${open.map((one) => `<li><a href="#${escaped(one.code)}">${both(one.names)}</a>: ${one.gaps.map((gap) => both(GAP_WORDS[gap])).join('，')}</li>`).join('')}</ol>`}
${view.dimensions.map(({ names, items }) => `<h2>${both(names)}</h2>${items.map(item).join('')}`).join('\n')}
<p><small>核验：在本文件夹执行 sha256sum -c SHA256SUMS。To verify: sha256sum -c SHA256SUMS in this folder.</small></p>
</body></html>
`
}
