import { type FormEvent, useContext, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { NavigationContext } from '../ui/TextLink.tsx'
import styles from './ledger.module.css'
import { entryOf, useText } from './queries.ts'

/** Takes a number or the reference on a receipt to its entry. */
export function EntryFinder() {
  const { find } = useText()
  const navigation = useContext(NavigationContext)
  const [asked, setAsked] = useState('')
  const [wrong, setWrong] = useState(false)
  const open = (event: FormEvent) => {
    event.preventDefault()
    const known = entryOf(asked) !== undefined
    setWrong(!known)
    if (known) navigation?.go(`/ledger/entries/${asked.trim()}`)
  }
  return (
    <form className={styles.find} onSubmit={open} noValidate>
      <TextField
        name="entry"
        label={find.label}
        value={asked}
        onChange={setAsked}
        error={wrong ? find.wrong : undefined}
      />
      <Button type="submit" kind="primary">
        {find.go}
      </Button>
    </form>
  )
}
