import { bytes, count, duration } from '../format'
import type { DeliveryOverview } from '../live/overview'

/** How near the next object is: it is put when the buffer is full or its oldest record has waited long enough. And whether small ones are merged. */
export function Buffer({ stream, now }: { stream: DeliveryOverview; now: number }) {
  const size = stream.bufferedBytes ?? 0
  const age = stream.oldestBuffered ? Math.max(0, now - stream.oldestBuffered) : 0
  return (
    <section class="card buffer" aria-label="Buffer">
      <h2>The next object <small>{count(stream.bufferedRecords ?? 0)} records wait</small></h2>
      <label>Size <b>{bytes(size)} of {stream.bufferMegabytes} MiB</b><meter min={0} max={stream.bufferMegabytes * 1_048_576} value={size} /></label>
      <label>Age <b>{duration(age)} of {stream.bufferSeconds} s</b><meter min={0} max={Math.max(1, stream.bufferSeconds * 1000)} value={age} /></label>
      <p class="says">Small objects {stream.compaction ? `become larger ones of up to ${bytes(stream.compaction.targetBytes)}, after ${duration(stream.compaction.afterSeconds * 1000)} at most` : 'stay as they are'}.</p>
    </section>
  )
}
