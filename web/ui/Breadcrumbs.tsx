import { SeparatorIcon } from './icons.ts'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './Breadcrumbs.css'

export interface Crumb {
  readonly text: string
  readonly href: string
}

/** The pages above this one; the page itself is the heading below and is not repeated. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const words = useOwnWords()
  return (
    <nav className="breadcrumbs" aria-label={words.breadcrumbs}>
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.href}>
            <TextLink href={crumb.href}>{crumb.text}</TextLink>
            <SeparatorIcon className="icon" />
          </li>
        ))}
      </ol>
    </nav>
  )
}
