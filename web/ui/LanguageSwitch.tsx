import { inLanguage, language } from './language.ts'
import { useOwnWords } from './words.ts'

/** A plain link to the same page in the other language; the filters in the address come along. */
export function LanguageSwitch({ path }: { readonly path: string }) {
  const words = useOwnWords()
  const other = language === 'zh' ? 'en' : 'zh'
  const target = inLanguage(inLanguage(path, 'zh'), other)
  return (
    <a
      className="language-switch"
      href={target + location.search}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      hrefLang={other === 'zh' ? 'zh-CN' : 'en'}
      title={words.otherLanguageHint}
    >
      {words.otherLanguage}
    </a>
  )
}
