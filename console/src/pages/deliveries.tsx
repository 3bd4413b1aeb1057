import { deliveryStreamsOf } from '../deliveries/names'
import { bytes, count, rate } from '../format'
import { useLive } from '../live/store'
import { Commands, Status } from '../parts/notes'
import { Link, pathTo } from '../router'

export function DeliveriesPage() {
  const store = useLive()
  const streams = deliveryStreamsOf(store.overview?.deliveryStreams ?? [])
  return (
    <>
      <div class="head"><h1>Delivery streams</h1></div>
      {streams.length === 0 ? (
        <section class="first">
          <p>No delivery stream yet. One takes what a stream gets into a bucket:</p>
          <Commands>{`./headrace buckets create orders-archive
./headrace delivery create orders-delivery --source-stream orders --bucket orders-archive`}</Commands>
        </section>
      ) : (
        <div class="card table" tabIndex={0} role="region" aria-label="Delivery streams">
          <table>
            <thead>
              <tr><th>Delivery stream</th><th>Status</th><th>From</th><th>To</th><th class="number">Taking</th><th class="number">Buffered</th><th class="number">Delivered</th><th class="number">Objects</th></tr>
            </thead>
            <tbody>
              {streams.map((stream) => (
                <tr key={stream.name}>
                  <th scope="row"><Link to={pathTo('delivery', stream.name)}>{stream.name}</Link></th>
                  <td>{stream.lastError ? <span class="status bad">STANDS STILL</span> : <Status value={stream.status} />}</td>
                  <td>{stream.sourceStream ? <Link to={pathTo('streams', stream.sourceStream)}>{stream.sourceStream}</Link> : stream.type === 'DirectPut' ? 'direct puts' : 'another stream'}</td>
                  <td><Link to={pathTo('buckets', stream.bucket)}>{stream.bucket}</Link></td>
                  <td class="number">{rate(store.of(`taken ${stream.name}`).rate)}</td>
                  <td class="number">{bytes(stream.bufferedBytes ?? 0)}</td>
                  <td class="number">{count(stream.deliveredRecords ?? 0)}</td>
                  <td class="number">{count(stream.deliveredObjects ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
