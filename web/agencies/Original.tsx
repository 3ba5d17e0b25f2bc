import { Badge } from '../ui/Badge.tsx'
import { language } from '../ui/language.ts'
import { useText } from './queries.ts'

/** What the register holds, as it was written. Where that is Chinese on an English page, it says so. */
export function Original({ children }: { readonly children: string }) {
  const text = useText()
  if (!/\p{Script=Han}/u.test(children)) return <>{children}</>
  return (
    <>
      <span lang="zh">{children}</span> {language === 'en' && <Badge>{text.chinese}</Badge>}
    </>
  )
}
