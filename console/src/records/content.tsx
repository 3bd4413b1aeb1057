import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'

/** Bytes as a person reads them: JSON folded, text as it is, anything else in hex. */

export type Content = { kind: 'json'; value: unknown; text: string } | { kind: 'text'; text: string } | { kind: 'bytes'; bytes: Uint8Array }

export function fromBase64(data: string): Uint8Array {
  return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

export function contentOf(bytes: Uint8Array): Content {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { kind: 'bytes', bytes }
  }
  if (/[\x00-\x08\x0e-\x1f]/.test(text)) return { kind: 'bytes', bytes }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { kind: 'json', value, text: text.trim() }
  } catch {
    // Not JSON as a whole.
  }
  return { kind: 'text', text }
}

export function inOneLine(content: Content): string {
  if (content.kind === 'bytes') return Array.from(content.bytes.subarray(0, 24), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  return content.text.slice(0, 300).replace(/\s+/g, ' ')
}

export function ContentView({ bytes }: { bytes: Uint8Array }) {
  const content = useMemo(() => contentOf(bytes), [bytes])
  if (content.kind === 'json') return <div class="json mono"><JsonNode value={content.value} depth={0} /></div>
  return <pre class="content" tabIndex={0}>{content.kind === 'text' ? content.text : hex(content.bytes)}</pre>
}

/** Sixteen bytes a line, with their letters; the first 16 KiB. */
function hex(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, 16_384); at += 16) {
    const row = bytes.subarray(at, at + 16)
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const letters = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${digits.padEnd(47)}  ${letters}`)
  }
  if (bytes.length > 16_384) lines.push(`… and ${bytes.length - 16_384} bytes more`)
  return lines.join('\n')
}

function JsonNode({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const label = name !== undefined && <span class="name">{name}: </span>
  if (typeof value !== 'object' || value === null) return <div class="leaf">{label}<span class={`value ${value === null ? 'null' : typeof value}`}>{JSON.stringify(value)}</span></div>
  return <JsonBranch label={label} value={value} depth={depth} />
}

function JsonBranch({ label, value, depth }: { label: ComponentChildren; value: object; depth: number }) {
  const [isOpen, setOpen] = useState(depth < 3)
  const entries = Object.entries(value)
  const [from, to] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return (
    <details open={isOpen} onToggle={(event: Event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <summary>{label}{from}{!isOpen && `… ${entries.length} ${to}`}</summary>
      {isOpen && entries.slice(0, 1000).map(([name, child]) => (
        <JsonNode key={name} name={Array.isArray(value) ? undefined : name} value={child} depth={depth + 1} />
      ))}
      <span class="close">{to}</span>
    </details>
  )
}
