import { useState } from 'react'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useMessages } from '../ui/language.ts'
import { Menu } from '../ui/Menu.tsx'
import { ObjectionForm } from '../ui/ObjectionForm.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { SidePanel } from '../ui/SidePanel.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import { FactSamples } from './DataSamples.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Gallery.module.css'

export function OverlaySamples() {
  const { sample } = useMessages({ zh, en })
  const announce = useAnnounce()
  const [open, setOpen] = useState<'dialog' | 'reason' | 'panel'>()
  const [tab, setTab] = useState('0')
  const close = () => setOpen(undefined)
  return (
    <div className={styles.stack}>
      <div className={styles.line}>
        <Button onClick={() => setOpen('dialog')}>{sample.openDialog}</Button>
        <Button onClick={() => setOpen('reason')}>{sample.openReason}</Button>
        <Button onClick={() => setOpen('panel')}>{sample.openPanel}</Button>
        <Button onClick={() => announce(sample.announced)}>{sample.announce}</Button>
        <Menu
          label={sample.menu}
          actions={sample.menuItems.map((label, index) => ({
            name: label,
            label,
            run: close,
            disabled: index === 2,
          }))}
        />
      </div>
      <Tabs
        label={sample.tabs[0] ?? ''}
        selected={tab}
        onSelect={setTab}
        tabs={sample.tabs.map((label, index) => ({
          name: String(index),
          label,
          content: <p>{sample.tabBody}</p>,
        }))}
      />
      <Dialog
        firm
        title={sample.dialogTitle}
        open={open === 'dialog'}
        onClose={close}
        actions={
          <>
            <Button kind="danger" onClick={close}>
              {sample.danger}
            </Button>
            <Button onClick={close}>{sample.quiet}</Button>
          </>
        }
      >
        <p>{sample.dialogBody}</p>
      </Dialog>
      {open === 'reason' && (
        <ReasonDialog
          title={sample.dialogTitle}
          effect={sample.dialogBody}
          hint={sample.reasonHint}
          error={null}
          busy={false}
          onDecide={close}
          onClose={close}
        />
      )}
      <ObjectionForm
        number="2026-000001-7"
        signedIn
        hint={sample.objectionHint}
        filing={{ error: null, isPending: false, data: undefined, mutate: () => announce(sample.announced) }}
      />
      <SidePanel title={sample.agency} open={open === 'panel'} onClose={close}>
        <FactSamples />
      </SidePanel>
    </div>
  )
}
