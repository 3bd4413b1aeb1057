import { useEffect, useState } from 'preact/hooks'
import { getJson, region, signOut, type Session } from './api'
import { live, useLive } from './live/store'
import { BucketPage } from './pages/bucket'
import { BucketsPage } from './pages/buckets'
import { ChannelPage } from './pages/channel'
import { ChannelsPage } from './pages/channels'
import { DeliveryPage } from './pages/delivery'
import { DeliveriesPage } from './pages/deliveries'
import { FrontPage } from './pages/front'
import { PipelinePage } from './pages/pipeline'
import { PipelinesPage } from './pages/pipelines'
import { SignInPage } from './pages/signin'
import { StreamPage } from './pages/stream'
import { StreamsPage } from './pages/streams'
import { ErrorNote } from './parts/notes'
import { Link, usePath } from './router'
import { sections } from './sections'
import { applyTheme, theme, type Theme } from './theme'

export function App() {
  const [session, setSession] = useState<Session | null>(null)
  const [error, setError] = useState<unknown>(null)
  const load = () => getJson<Session>('session').then(setSession, setError)
  useEffect(() => void load(), [])
  useEffect(() => {
    if (!session?.isSignedIn) return
    live.start()
    return () => live.stop()
  }, [session])
  if (error) return <main class="page"><ErrorNote error={error} /></main>
  if (!session) return null
  if (!session.isSignedIn) return <SignInPage onSignedIn={load} />
  return (
    <>
      <Header session={session} onChange={load} />
      <main class="page" id="main" tabIndex={-1}>
        <Page />
      </main>
    </>
  )
}

function Header({ session, onChange }: { session: Session; onChange: () => void }) {
  const [section] = usePath()
  const leave = async () => {
    await signOut()
    live.stop()
    onChange()
  }
  return (
    <header class="top">
      <a class="skip" href="#main">Skip to the page</a>
      <Link to="" class="brand">
        <svg viewBox="0 0 32 20" width="30" height="19" aria-hidden="true"><path d="M2 6c5 0 5 4 9.5 4s5-4 9.5-4 5 4 9 4M2 13c5 0 5 4 9.5 4s5-4 9.5-4 5 4 9 4" /></svg>
        Headrace
      </Link>
      <nav aria-label="Sections">
        <Link to="" current={section === ''}>Flow</Link>
        {Object.values(sections).map(({ path, short }) => (
          <Link key={path} to={path} current={section === path}>{short}</Link>
        ))}
      </nav>
      <Connection />
      <div class="tools">
        <RegionChoice session={session} onChange={onChange} />
        <ThemeChoice />
        {session.asksForKey && <button class="quiet" onClick={() => void leave()}>Sign out</button>}
      </div>
    </header>
  )
}

/** Says when what is shown has stopped to be true. */
function Connection() {
  const { isConnected, overview } = useLive()
  const lost = overview !== null && !isConnected
  return (
    <span class={`connection ${isConnected ? 'on' : 'off'}`} role="status">
      <i aria-hidden="true" />
      {isConnected ? 'live' : lost ? 'connection lost, trying again' : 'connecting'}
    </span>
  )
}

function RegionChoice({ session, onChange }: { session: Session; onChange: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const choose = (event: SubmitEvent) => {
    event.preventDefault()
    region.set(String(new FormData(event.target as HTMLFormElement).get('region')).trim())
    setOpen(false)
    onChange()
  }
  if (!isOpen) {
    return (
      <button class="quiet" title="Account and region that are shown; change the region" onClick={() => setOpen(true)}>
        {session.account} · {session.region}
      </button>
    )
  }
  return (
    <form class="inline" onSubmit={choose}>
      <input name="region" aria-label="Region" defaultValue={session.region} size={14} autofocus />
      <button>Show</button>
    </form>
  )
}

function ThemeChoice() {
  const [chosen, setChosen] = useState(theme)
  const choose = (next: Theme) => {
    applyTheme(next)
    setChosen(next)
  }
  return (
    <select aria-label="Colors" value={chosen} onChange={(event) => choose((event.target as HTMLSelectElement).value as Theme)}>
      <option value="system">Auto</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  )
}

function Page() {
  const [section, name, ...rest] = usePath()
  switch (section) {
    case '':
      return <FrontPage />
    case 'streams':
      return name ? <StreamPage key={name} name={name} view={rest[0] ?? ''} /> : <StreamsPage />
    case 'etl':
      return name ? <PipelinePage key={`${name} ${rest.join(' ')}`} name={name} group={rest[0] ?? ''} source={rest[1] ?? ''} /> : <PipelinesPage />
    case 'delivery':
      return name ? <DeliveryPage key={name} name={name} /> : <DeliveriesPage />
    case 'channels':
      return name ? <ChannelPage key={name} name={name} /> : <ChannelsPage />
    case 'buckets':
      return name ? <BucketPage key={name} name={name} prefix={rest.join('/')} /> : <BucketsPage />
    default:
      return <p>There is no such page. <Link to="">Back to the front page</Link></p>
  }
}
