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

export function Field(props: { label: string; hint?: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      {props.children}
      {props.hint && <small>{props.hint}</small>}
    </label>
  )
}
