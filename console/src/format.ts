/** Numbers and times as a person reads them. */

const whole = new Intl.NumberFormat('en-US')

export const count = (value: number): string => whole.format(value)

/** At most three digits that matter: 7, 12.5, 1.20 k. */
export function short(value: number): string {
  if (value < 1000) return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2)
  for (const [size, unit] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const)
    if (value >= size) return `${(value / size).toPrecision(3)} ${unit}`
  return String(value)
}

export const rate = (value: number): string => (value === 0 ? '0/s' : value < 0.1 ? '<0.1/s' : `${short(value)}/s`)

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let unit = -1
  do {
    value /= 1024
    unit++
  } while (value >= 1024 && unit < units.length - 1)
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

export const utc = (time: number): string => new Date(time).toISOString().replace('T', ' ').replace('.000Z', 'Z')

export function local(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

/** A dash where nobody can tell. */
export const durationOrNone = (milliseconds: number | null): string => (milliseconds === null ? '–' : duration(milliseconds))

/** The middle gives way: names begin alike and differ at their ends. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const head = Math.floor((length - 1) * 0.45)
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`
}
