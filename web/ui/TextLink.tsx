import { type AnchorHTMLAttributes, type MouseEvent, useContext, createContext } from 'react'
import { OutsideIcon } from './icons.ts'
import { inLanguage, language } from './language.ts'
import { useOwnWords } from './words.ts'

export interface Navigation {
  readonly go: (path: string) => void
  /** Fetches the code and data of a page that the reader is about to open. */
  readonly prepare: (path: string) => void
}

/** Provided by the shell; without it links are plain links, which is what the gallery of a broken page still needs. */
export const NavigationContext = createContext<Navigation | undefined>(undefined)

export interface TextLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path of the portal without the language (`/agencies/1`), a path of the API, or an address elsewhere. */
  readonly href: string
}

/**
 * Every link of the platform. A page of ours opens without a reload; a file, the API and another site open as the browser
 * opens them, the last one marked.
 */
export function TextLink({ href, children, onClick, ...rest }: TextLinkProps) {
  const navigation = useContext(NavigationContext)
  const words = useOwnWords()
  if (!isPage(href)) {
    const outside = /^https?:/.test(href)
    return (
      <a href={href} onClick={onClick} {...(outside && { rel: 'noreferrer' })} {...rest}>
        {children}
        {outside && <OutsideIcon className="icon link-outside" aria-label={words.externalLink} role="img" />}
      </a>
    )
  }
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (!navigation || event.defaultPrevented || isForBrowser(event, rest.target)) return
    event.preventDefault()
    navigation.go(href)
  }
  return (
    <a
      href={inLanguage(href, language)}
      onClick={follow}
      onPointerEnter={() => navigation?.prepare(href)}
      onFocus={() => navigation?.prepare(href)}
      {...rest}
    >
      {children}
    </a>
  )
}

function isPage(href: string): boolean {
  return (
    href.startsWith('/') &&
    !href.startsWith('//') &&
    !/^\/(?:api\/|metrics|healthz|readyz|files\/)/.test(href)
  )
}

function isForBrowser(event: MouseEvent, target: string | undefined): boolean {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  return modified || event.button !== 0 || (target !== undefined && target !== '_self')
}
