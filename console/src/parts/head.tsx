import type { ComponentChildren } from 'preact'
import { useLive } from '../live/store'
import { Link } from '../router'
import type { Section } from '../sections'

interface HeadProps {
  title: string
  /** The list that leads here; none where the page is a list itself. */
  from?: Section
  status?: ComponentChildren
  /** What can be done. */
  children?: ComponentChildren
}

/** The top of a page: the way back, what is shown, how it is, and what can be done. */
export function PageHead({ title, from, status, children }: HeadProps) {
  return (
    <>
      {from && <nav class="crumbs" aria-label="Where this is"><Link to={from.path}>{from.title}</Link></nav>}
      <div class="head">
        <h1>{title}</h1>
        {status}
        {from && <span class="spring" />}
        {children}
      </div>
    </>
  )
}

/** Instead of a page whose subject is not there, or not yet known. */
export function Absent({ from, children }: { from: Section; children: ComponentChildren }) {
  return <p class="waiting">{useLive().overview ? <>{children} <Link to={from.path}>{from.all}</Link></> : 'Waiting for the server…'}</p>
}
