import { inLanguage, language, useMessages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { Bell } from './Bell.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { signOut, useSession } from './session.ts'

/** Signing in and out, and the way between the two sites. */
export function Account({ inWorkbench = false }: { readonly inWorkbench?: boolean }) {
  const text = useMessages({ zh, en })
  const { actor } = useSession()
  if (actor.kind !== 'account') {
    return (
      <span className="account">
        <TextLink href="/sign-in">{text.signIn}</TextLink>
      </span>
    )
  }
  return (
    <span className="account">
      <Bell inWorkbench={inWorkbench} />
      <TextLink href="/account" title={text.account}>
        {actor.name}
      </TextLink>
      {inWorkbench ? (
        <TextLink href="/">{text.portal}</TextLink>
      ) : (
        <TextLink href="/work">{text.workbench}</TextLink>
      )}
      <button type="button" onClick={() => void signOut(inLanguage('/', language))}>
        {text.signOut}
      </button>
    </span>
  )
}
