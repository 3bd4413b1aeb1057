import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { short } from '../format'
import { color } from '../theme'

interface Line {
  label: string
  /** The style sheet's name of its color. */
  color: string
  values: readonly number[]
}

/** A live chart of the last minutes; all lines share their times, which are milliseconds. Its height stands for the given value at least. */
export function Chart({ title, times, lines, unit, least = 1 }: { title: string; times: readonly number[]; lines: Line[]; unit: (value: number) => string; least?: number }) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  useEffect(() => {
    const target = place.current!
    const make = () => {
      plot.current?.destroy()
      plot.current = new uPlot(options(target.clientWidth, lines, unit, least), dataOf(times, lines), target)
    }
    make()
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: target.clientWidth, height: 180 }))
    resized.observe(target)
    const system = matchMedia('(prefers-color-scheme: dark)')
    addEventListener('themechange', make)
    system.addEventListener('change', make)
    return () => {
      resized.disconnect()
      removeEventListener('themechange', make)
      system.removeEventListener('change', make)
      plot.current?.destroy()
    }
  }, [])
  useEffect(() => plot.current?.setData(dataOf(times, lines)))
  const now = lines.map((line) => `${line.label} ${unit(line.values.at(-1) ?? 0)}`).join(', ')
  return (
    <figure class="chart">
      <figcaption>
        {title} <small>UTC</small>
        {lines.map((line) => (
          <span key={line.label} class={`key ${line.color}`}>{line.label}</span>
        ))}
      </figcaption>
      <div ref={place} role="img" aria-label={`${title}, last minutes: ${now}`} />
    </figure>
  )
}

/** The last two minutes at least, so that the first seconds don't fill the chart. */
function dataOf(times: readonly number[], lines: Line[]): uPlot.AlignedData {
  const shared = Math.min(times.length, ...lines.map((line) => line.values.length))
  return [times.slice(times.length - shared).map((time) => time / 1000), ...lines.map((line) => line.values.slice(line.values.length - shared))]
}

function options(width: number, lines: Line[], unit: (value: number) => string, least: number): uPlot.Options {
  const axis = { stroke: color('faint'), grid: { stroke: color('line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' }
  return {
    width,
    height: 180,
    legend: { show: false },
    cursor: { y: false },
    scales: {
      x: { range: (_, from, to) => [Math.min(from ?? 0, (to ?? 0) - 120), to ?? 1] },
      y: { range: (_, __, to) => [0, Math.max(least, (to ?? 1) * 1.1)] },
    },
    axes: [{ ...axis, size: 28, space: 96, values: (_, splits) => splits.map((time) => new Date(time * 1000).toISOString().slice(11, 19)) }, { ...axis, size: 62, values: (_, splits) => splits.map((value) => unit(value)) }],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: color(line.color),
        fill: color(line.color) + '1a',
        width: 1.75,
        points: { show: false },
        value: (_: uPlot, value: number) => short(value ?? 0),
      })),
    ],
  }
}
