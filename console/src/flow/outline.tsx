import { Link } from '../router'
import type { Picture, Place } from './picture'

/** The same picture for narrow screens: each way from its beginning down, as lists in lists. */
export function FlowOutline({ picture }: { picture: Picture }) {
  const places = new Map(picture.columns.flatMap((column) => column.places).map((place) => [place.id, place]))
  const fed = new Set(picture.ways.filter((way) => way.from).map((way) => way.to))
  // What only feeds itself in a circle begins somewhere, too.
  const first = [...places.values()].filter((place) => !fed.has(place.id) || place.column === 0)
  return (
    <ul class="outline">
      {first.map((place) => (
        <Step key={place.id} place={place} label={picture.ways.find((way) => way.to === place.id)?.label ?? ''} picture={picture} places={places} above={[]} />
      ))}
    </ul>
  )
}

interface StepProps {
  place: Place
  label: string
  picture: Picture
  places: Map<string, Place>
  above: string[]
}

function Step({ place, label, picture, places, above }: StepProps) {
  const path = [...above, place.id]
  const next = picture.ways.filter((way) => way.from === place.id && places.has(way.to) && !path.includes(way.to))
  return (
    <li>
      <Link to={place.href} class={`step ${place.kind}${place.trouble ? ' trouble' : ''}`}>
        <b>{place.name}</b>
        <small>{place.trouble || place.detail}</small>
        {label && <em>{label}</em>}
      </Link>
      {next.length > 0 && (
        <ul>
          {next.map((way) => (
            <Step key={way.to} place={places.get(way.to)!} label={way.label} picture={picture} places={places} above={path} />
          ))}
        </ul>
      )}
    </li>
  )
}
