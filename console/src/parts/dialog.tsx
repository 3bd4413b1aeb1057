import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ErrorNote } from './notes'

interface FormProps {
  title: string
  /** What the button that does it says. */
  act: string
  danger?: boolean
  children: ComponentChildren
  onSubmit: (fields: FormData) => Promise<unknown>
  onClose: () => void
}

/** Asks before something is done, and stays open with the server's words when that fails. */
export function FormDialog(props: FormProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await props.onSubmit(new FormData(event.target as HTMLFormElement))
      props.onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={props.onClose}>
      <form onSubmit={(event: SubmitEvent) => void submit(event)}>
        <h2 id="dialog-title">{props.title}</h2>
        {props.children}
        <ErrorNote error={error} />
        <div class="actions">
          <button type="button" class="quiet" onClick={props.onClose}>Cancel</button>
          <button class={props.danger ? 'danger' : 'primary'} disabled={isBusy}>{props.act}</button>
        </div>
      </form>
    </dialog>
  )
}

interface DeleteProps {
  name: string
  /** What it is: a stream, a bucket. */
  kind: string
  /** What goes with it. */
  children: ComponentChildren
  erase: () => Promise<unknown>
  onErased: () => void
  onClose: () => void
}

/** Asks before something is deleted. */
export function DeleteDialog({ name, kind, children, erase, onErased, onClose }: DeleteProps) {
  return (
    <FormDialog title={`Delete ${name}?`} act={`Delete the ${kind}`} danger onClose={onClose} onSubmit={() => erase().then(onErased)}>
      <p>{children}</p>
    </FormDialog>
  )
}

export function Field(props: { label: string; hint?: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      {props.children}
      {props.hint && <small>{props.hint}</small>}
    </label>
  )
}

interface ChoiceProps {
  label: string
  name: string
  hint?: string
  /** Values, with what is shown for them where that is something else. */
  options: (string | readonly [value: string, shown: string])[]
  /** The one that is chosen at first; the first one otherwise. */
  value?: string
  onChange?: (value: string) => void
}

/** A field that takes one of several values. */
export function Choice({ label, name, hint, options, value, onChange }: ChoiceProps) {
  const pairs = options.map((option) => (typeof option === 'string' ? [option, option] as const : option))
  return (
    <Field label={label} hint={hint}>
      <select name={name} required onChange={(event) => onChange?.((event.target as HTMLSelectElement).value)}>
        {pairs.map(([each, shown]) => <option key={each} value={each} selected={each === value}>{shown}</option>)}
      </select>
    </Field>
  )
}
