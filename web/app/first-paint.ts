import { inLanguage, type Language, languageOf } from '../ui/language.ts'
import { en } from '../ui/messages.en.ts'
import { zh } from '../ui/messages.zh.ts'
import { sealMarkup } from '../ui/seal-mark.ts'
import type { Boot } from './boot.ts'

/**
 * What the server puts into `index.html` so that words stand on the screen before any script has arrived: the bar of the
 * portal, and on the home page its heading. Markup and classes are those that React draws a moment later.
 *
 * @param template the built `index.html` with its markers `<!--boot-->` and `<!--shell-->`
 */
export function firstPaint(
  template: string,
  { path, boot }: { readonly path: string; readonly boot: Boot },
): string {
  const language = languageOf(path)
  const words = language === 'en' ? en : zh
  const title = `${boot.zone.shortNames[language]} · ${words.platform}`
  // Functions as replacements: zone texts may hold `$&`, which a replacement string would expand.
  return template
    .replace(/<html lang="[^"]*">/, () => `<html lang="${language === 'en' ? 'en' : 'zh-CN'}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeText(title)}</title>`)
    .replace('<!--boot-->', () => `<script type="application/json" id="boot">${escapeJson(boot)}</script>`)
    .replace('<!--shell-->', () => shell(path, language, boot))
}

function shell(path: string, language: Language, boot: Boot): string {
  const bare = inLanguage(path, 'zh')
  // The workbench has another frame; drawing the portal's first would be a jump.
  if (bare.startsWith('/work')) return ''
  const words = language === 'en' ? en : zh
  const other = language === 'en' ? 'zh' : 'en'
  const banner = boot.zone.synthetic
    ? `<aside class="synthetic"><p><strong>${words.synthetic}</strong> ${words.syntheticBody}</p></aside>`
    : ''
  return (
    `<div class="portal">${banner}<header class="portal-header"><div class="portal-bar">` +
    `<a class="brand" href="${inLanguage('/', language)}">${sealMarkup()}<span class="brand-words">` +
    `<span class="brand-name">${words.platform}</span>` +
    `<span class="brand-zone">${escapeText(boot.zone.shortNames[language])}</span></span></a>` +
    `<div class="portal-side"><a class="language-switch" href="${escapeText(inLanguage(path, other))}">${words.otherLanguage}</a></div>` +
    `</div><div class="portal-nav"></div></header><main id="main">${bare === '/' ? homeHead(language, boot) : ''}</main></div>`
  )
}

function homeHead(language: Language, { zone }: Boot): string {
  return (
    `<article class="page"><header class="home-head"><div><h1>${escapeText(zone.names[language])}</h1>` +
    `<p class="page-lede">${escapeText(zone.summary[language])}</p></div></header></article>`
  )
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** JSON inside a script element: `</script>` and `<!--` must not end or change it. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
