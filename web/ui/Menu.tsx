import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { ExpandIcon } from './icons.ts'
import './Button.css'
import './Menu.css'

export interface MenuAction {
  readonly name: string
  readonly label: ReactNode
  readonly run: () => void
  readonly disabled?: boolean
}

/** Rarely used actions of a record behind one button. What is used daily stands as a button of its own. */
export function Menu({
  label,
  actions,
}: {
  readonly label: string
  readonly actions: readonly MenuAction[]
}) {
  return (
    <MenuTrigger>
      <AriaButton className="button">
        {label}
        <ExpandIcon className="icon" />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu">
          {actions.map(({ name, label: words, run, disabled }) => (
            <MenuItem
              className="menu-item"
              id={name}
              key={name}
              onAction={run}
              isDisabled={disabled === true}
            >
              {words}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
