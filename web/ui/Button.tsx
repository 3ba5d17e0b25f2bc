import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { BusyIcon } from './icons.ts'
import { TextLink, type TextLinkProps } from './TextLink.tsx'
import './Button.css'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly kind?: ButtonKind
  /** Work is under way: the button keeps its place, its words and the focus, and takes no second press. */
  readonly busy?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly children: ReactNode
}

/** `aria-disabled` rather than `disabled`, so that the focus is not lost while the work is under way. */
export function Button({ kind = 'plain', busy, disabled, type, onClick, children, ...rest }: ButtonProps) {
  const inert = busy === true || disabled === true
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type={type ?? 'button'}
      className="button"
      data-kind={kind}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      onClick={press}
      {...rest}
    >
      {busy && <BusyIcon className="icon" data-busy />}
      {children}
    </button>
  )
}

/** A link that looks like a button because it starts something: the first page of a form, a download. */
export function ButtonLink({ kind = 'plain', ...rest }: TextLinkProps & { readonly kind?: ButtonKind }) {
  return <TextLink className="button" data-kind={kind} {...rest} />
}
