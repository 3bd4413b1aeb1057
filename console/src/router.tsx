import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Pages have addresses below /console/; a link changes the address without loading anything. */
const base = '/console/'

const listeners = new Set<() => void>()

const current = (): string => location.pathname.slice(base.length)

export function go(path: string): void {
  history.pushState(null, '', base + path)
  listeners.forEach((listener) => listener())
  window.scrollTo(0, 0)
}

addEventListener('popstate', () => listeners.forEach((listener) => listener()))

/** The page's path in parts, decoded. */
export function usePath(): string[] {
  const [path, setPath] = useState(current)
  useEffect(() => {
    const listener = () => setPath(current())
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
  return path.split('/').map(decodeURIComponent)
}

export const pathTo = (...parts: string[]): string => parts.map(encodeURIComponent).join('/')

export const hrefTo = (path: string): string => base + path

/** Follows a link within the console, unless it is to open elsewhere. */
export function follow(event: MouseEvent, path: string): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  go(path)
}

export function Link(props: { to: string; class?: string; current?: boolean; title?: string; children: ComponentChildren }) {
  return (
    <a href={hrefTo(props.to)} class={props.class} title={props.title} aria-current={props.current ? 'page' : undefined} onClick={(event: MouseEvent) => follow(event, props.to)}>
      {props.children}
    </a>
  )
}
