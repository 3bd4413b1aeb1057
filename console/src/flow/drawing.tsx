import { clip } from '../format'
import { follow, hrefTo } from '../router'
import type { Column, Picture, Place } from './picture'

const boxHeight = 80
const gapX = 94
const gapY = 22
const top = 34
const inlet = 84

/** What stands between streams is narrower than they are. */
const widthOf = (column: Column): number => (column.places[0]!.kind === 'etl' ? 158 : 234)

interface Spot {
  x: number
  y: number
  width: number
}

/** The picture as a drawing: from the left to the right, arrows as thick as what flows. */
export function FlowDrawing({ picture }: { picture: Picture }) {
  const tallest = Math.max(1, ...picture.columns.map((column) => column.places.length))
  const bodyHeight = tallest * boxHeight + (tallest - 1) * gapY
  const lefts: number[] = []
  const right = picture.columns.reduce((left, column) => {
    lefts.push(left)
    return left + widthOf(column) + gapX
  }, inlet)
  const width = right - gapX + 4
  const height = top + bodyHeight + (picture.columns.some((column) => column.hidden > 0) ? 24 : 6)
  const at = new Map<string, Spot>()
  picture.columns.forEach((column, index) => {
    const spare = bodyHeight - column.places.length * boxHeight
    const gap = column.places.length > 1 ? Math.min(spare / (column.places.length - 1), 96) : 0
    const used = column.places.length * boxHeight + (column.places.length - 1) * gap
    column.places.forEach((place, row) => {
      at.set(place.id, { x: lefts[index]!, width: widthOf(column), y: top + (bodyHeight - used) / 2 + row * (boxHeight + gap) })
    })
  })
  const most = Math.max(1, ...picture.ways.map((way) => way.rate))
  return (
    <svg class="flow" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="The way of the data, from streams through ETL and delivery to buckets">
      {picture.columns.map((column, index) => (
        <text key={index} class="column" x={lefts[index]} y={16}>{column.title}</text>
      ))}
      {picture.ways.map((way) => {
        const to = at.get(way.to)
        const from = way.from ? at.get(way.from) : to && { x: to.x - inlet + 6, y: to.y, width: 0 }
        if (!to || !from) return null
        return <Arrow key={`${way.from} ${way.to}`} from={from} to={to} label={way.label} share={way.rate / most} flows={way.rate > 0} />
      })}
      {picture.columns.flatMap((column) => column.places).map((place) => (
        <Box key={place.id} place={place} at={at.get(place.id)!} />
      ))}
      {picture.columns.map((column, index) => column.hidden > 0 && (
        <text key={index} class="more" x={lefts[index]} y={height - 6}>and {column.hidden} more</text>
      ))}
    </svg>
  )
}

function Arrow({ from, to, label, share, flows }: { from: Spot; to: Spot; label: string; share: number; flows: boolean }) {
  const start = { x: from.x + from.width, y: from.y + boxHeight / 2 }
  const end = { x: to.x - 7, y: to.y + boxHeight / 2 }
  const bend = Math.min(60, (end.x - start.x) / 2)
  const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`
  const thickness = flows ? 1.6 + 3.4 * Math.sqrt(share) : 1.4
  return (
    <g class={flows ? 'way flows' : 'way'}>
      <path d={path} stroke-width={thickness} />
      {flows && <path class="drops" d={path} stroke-width={thickness} />}
      <path class="tip" d={`M${end.x - 1} ${end.y - 4.5}L${end.x + 6} ${end.y}L${end.x - 1} ${end.y + 4.5}Z`} />
      <text x={end.x - 6} y={end.y - 9}>{label}</text>
    </g>
  )
}

/** A name in at most two lines, cut where its words end. */
function inLines(name: string, nameLength: number): string[] {
  if (name.length <= nameLength) return [name]
  const end = Math.max(name.lastIndexOf('-', nameLength - 1), name.lastIndexOf('_', nameLength - 1), name.lastIndexOf('.', nameLength - 1)) + 1 || nameLength
  return [name.slice(0, end), clip(name.slice(end), nameLength)]
}

function Box({ place, at }: { place: Place; at: Spot }) {
  const says = place.trouble || place.detail
  const lines = inLines(place.name, Math.floor((at.width - 22) / 8.6))
  return (
    <a href={hrefTo(place.href)} class={`place ${place.kind}${place.trouble ? ' trouble' : ''}`} onClick={(event: MouseEvent) => follow(event, place.href)}>
      <title>{place.name}</title>
      <rect x={at.x} y={at.y} width={at.width} height={boxHeight} rx={10} />
      <rect class="mark" x={at.x} y={at.y + 14} width={3.5} height={boxHeight - 28} rx={1.75} />
      <text class="name" y={at.y + (lines.length === 1 ? 35 : 25)}>
        {lines.map((line, index) => <tspan key={index} x={at.x + 15} dy={index * 18}>{line}</tspan>)}
      </text>
      <text class="detail" x={at.x + 15} y={at.y + (lines.length === 1 ? 56 : 65)}>{clip(says, Math.floor((at.width - 20) / 6.2))}</text>
    </a>
  )
}
