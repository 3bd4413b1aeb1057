import type { DeliveryOverview } from '../live/overview'
import { Link, pathTo } from '../router'

/** Where a delivery stream's records come from. */
export function Source({ stream }: { stream: DeliveryOverview }) {
  if (stream.sourceStream) return <Link to={pathTo('streams', stream.sourceStream)}>{stream.sourceStream}</Link>
  return <>{stream.type === 'DirectPut' ? 'direct puts' : 'another stream'}</>
}
