import { useLocation, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { either, useMessages } from '../ui/language.ts'
import { listenForKeys } from '../ui/shortcuts.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { doorsOf } from './rooms.ts'
import { useSession } from './session.ts'

/** The keys of the workbench and their list behind `?`. */
export function Shortcuts() {
  const text = useMessages({ zh, en })
  const router = useRouter()
  const { pathname } = useLocation()
  const { has } = useSession()
  const [listAt, setListAt] = useState<string>()
  const doors = doorsOf('workbench', has).filter((door) => door.key !== undefined)

  useEffect(() => {
    const targets = new Map(doors.map((door) => [door.key, door.href]))
    return listenForKeys({
      go: (key) => {
        const href = targets.get(key)
        if (href) void router.navigate({ href })
      },
      help: () => setListAt(pathname),
    })
  })

  return (
    <Dialog title={text.shortcuts} open={listAt === pathname} onClose={() => setListAt(undefined)}>
      <p>{text.shortcutsNote}</p>
      <dl className="shortcut-list">
        {doors.map(({ href, key, label }) => (
          <Key key={href} keys={['g', key ?? '']} meaning={text.goTo(either(label))} />
        ))}
        <Key keys={['/']} meaning={text.searchHere} />
        <Key keys={['↑', '↓']} meaning={text.tableMove} />
        <Key keys={['Esc']} meaning={text.closePanel} />
        <Key keys={['?']} meaning={text.showKeys} />
      </dl>
    </Dialog>
  )
}

function Key({ keys, meaning }: { readonly keys: readonly string[]; readonly meaning: ReactNode }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </div>
  )
}
