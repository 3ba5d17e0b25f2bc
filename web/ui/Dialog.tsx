import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { CloseIcon } from './icons.ts'
import { useOwnWords } from './words.ts'
import './Dialog.css'

export interface DialogProps {
  readonly title: ReactNode
  readonly open: boolean
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Asks something that must be answered: a press outside does not close it. */
  readonly firm?: boolean
}

/** A question or a short form over the page. Focus stays inside and goes back to where it came from. */
export function Dialog(props: DialogProps) {
  return <Overlay {...props} side={false} />
}

/** A quick look at a record without leaving the list. */
export function Overlay({
  title,
  open,
  onClose,
  actions,
  children,
  firm,
  side,
}: DialogProps & { readonly side: boolean }) {
  const words = useOwnWords()
  return (
    <ModalOverlay
      className="veil"
      data-side={side || undefined}
      isOpen={open}
      isDismissable={!firm}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className="dialog">
        <AriaDialog role={firm ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <button type="button" className="dialog-close" aria-label={words.close} onClick={onClose}>
              <CloseIcon className="icon" />
            </button>
          </div>
          <div className="dialog-body">{children}</div>
          {actions && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
