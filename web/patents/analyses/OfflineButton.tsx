import { Button } from '../../ui/Button.tsx'
import { useText as useLandscapeText } from '../landscape/queries.ts'
import { offlineHtml } from './offline.ts'
import { type Analysis, useText } from './queries.ts'
import { useMarkWords } from './mark-words.ts'

/** Saves the notebook as one file that reads without a network. */
export function OfflineButton({ analysis }: { readonly analysis: Analysis }) {
  const text = useText()
  const landscape = useLandscapeText()
  const markWords = useMarkWords()
  const save = () => {
    const html = offlineHtml(analysis, { text, landscape, markWords, made: new Date() })
    const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${analysis.name.replaceAll(/[\\/:*?"<>|]/g, ' ')}.html`
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <Button kind="quiet" onClick={save}>
      {text.page.html}
    </Button>
  )
}
