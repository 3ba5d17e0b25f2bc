import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { FieldError, fieldId, type FieldProps, type Option, useField } from './fields.tsx'
import { Label } from 'react-aria-components/Label'
import { useOwnWords } from './words.ts'
import './Menu.css'

interface ComboFieldProps extends FieldProps<string> {
  readonly options: readonly Option[]
  /** For long lists that the server searches; `options` are then its answer. */
  readonly onSearch?: (text: string) => void
}

/** One of many, found by typing. The value is the option's, or empty. */
export function ComboField({ options, onSearch, ...field }: ComboFieldProps) {
  const words = useOwnWords()
  const parts = useField(field)
  return (
    <ComboBox
      className="field"
      data-failed={parts.error ? '' : undefined}
      selectedKey={field.value || null}
      onSelectionChange={(key) => field.onChange(key === null ? '' : String(key))}
      {...(onSearch && { onInputChange: onSearch, items: options })}
      defaultItems={options}
      menuTrigger="focus"
      allowsEmptyCollection
      isRequired={field.required ?? false}
      isReadOnly={field.readOnly ?? false}
      isInvalid={parts.error !== undefined}
      validationBehavior="aria"
    >
      <Label className="field-label">
        {field.label}
        {field.required === false && <span className="field-optional">{words.optional}</span>}
      </Label>
      {field.hint && <div className="field-hint">{field.hint}</div>}
      <FieldError id={undefined} error={parts.error} />
      <Input
        className="field-control"
        id={fieldId(field.name)}
        name={field.name}
        placeholder={words.choose}
      />
      <Popover className="popover">
        <ListBox<Option>
          className="menu"
          renderEmptyState={() => <p className="menu-empty">{words.noOption}</p>}
        >
          {(option) => (
            <ListBoxItem className="menu-item" id={option.value} textValue={option.label}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
