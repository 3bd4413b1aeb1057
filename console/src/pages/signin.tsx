import { useState } from 'preact/hooks'
import { signIn } from '../api'
import { Field } from '../parts/dialog'
import { ErrorNote } from '../parts/notes'

/** This server knows access keys; one of them opens the console. */
export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    try {
      await signIn(String(fields.get('id')), String(fields.get('secret')))
      onSignedIn()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <main class="signin">
      <form class="card" onSubmit={(event: SubmitEvent) => void submit(event)}>
        <h1>Headrace</h1>
        <p>Sign in with one of the server's access keys.</p>
        <Field label="Access key id"><input name="id" required autocomplete="username" autofocus /></Field>
        <Field label="Secret access key"><input name="secret" type="password" required autocomplete="current-password" /></Field>
        <ErrorNote error={error} />
        <button class="primary">Sign in</button>
      </form>
    </main>
  )
}
