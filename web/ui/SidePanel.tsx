import { type DialogProps, Overlay } from './Dialog.tsx'

/** A quick look at one row without leaving the list; Escape goes back to the row. */
export function SidePanel(props: Omit<DialogProps, 'firm'>) {
  return <Overlay {...props} side />
}
