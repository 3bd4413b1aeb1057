import { useEffect, useRef, useState } from 'preact/hooks'
import { address, s3, s3Path } from '../api'
import { bytes } from '../format'
import { useLive } from '../live/store'
import { list, type Listing, type StoredObject } from '../objects/listing'
import { ObjectPreview } from '../objects/preview'
import { DeleteDialog, FormDialog } from '../parts/dialog'
import { PageHead } from '../parts/head'
import { ErrorNote, Time } from '../parts/notes'
import { Link, go, pathTo } from '../router'
import { sections } from '../sections'

export function BucketPage({ name, prefix }: { name: string; prefix: string }) {
  const store = useLive()
  const [listing, setListing] = useState<Listing | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [opened, setOpened] = useState<StoredObject | null>(null)
  const [deleting, setDeleting] = useState<StoredObject | 'bucket' | null>(null)
  const [replacing, setReplacing] = useState<{ files: File[]; names: string[] } | null>(null)
  const upload = useRef<HTMLInputElement>(null)
  const objects = store.overview?.deliveryStreams.filter((stream) => stream.bucket === name).reduce((sum, stream) => sum + (stream.deliveredObjects ?? 0), 0)
  const fail = (failure: unknown) => {
    setListing(null)
    setError(failure)
  }
  const load = () => list(name, prefix, '').then((page) => {
    setListing(page)
    setError(null)
  }, fail)
  const more = async () => {
    const page = await list(name, prefix, listing!.next)
    setListing({ prefixes: [...listing!.prefixes, ...page.prefixes], objects: [...listing!.objects, ...page.objects], next: page.next })
  }
  // A delivered object appears without being asked for.
  useEffect(() => void load(), [name, prefix, objects])
  useEffect(() => setOpened(null), [name, prefix])
  /** Sends files at once where nothing is in their places, and otherwise asks. */
  const choose = async () => {
    const files = [...(upload.current?.files ?? [])]
    upload.current!.value = ''
    try {
      const there = await Promise.all(files.map(async (file) => (await list(name, prefix + file.name, '')).objects.some((object) => object.key === prefix + file.name)))
      if (there.includes(true)) setReplacing({ files, names: files.filter((_, index) => there[index]).map((file) => file.name) })
      else await send(files)
    } catch (failure) {
      setError(failure)
    }
  }
  const send = async (files: File[]) => {
    for (const file of files) await s3('PUT', s3Path(name, prefix + file.name), { body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' } })
    setOpened(null)
    await load()
  }
  const erased = () => {
    setOpened(null)
    void load()
  }
  return (
    <>
      <PageHead title={name} from={sections.buckets}>
        <label class="button">Upload<input ref={upload} type="file" multiple class="unseen" onChange={() => void choose()} /></label>
        <button class="danger quiet" onClick={() => setDeleting('bucket')}>Delete</button>
      </PageHead>
      <Crumbs bucket={name} prefix={prefix} />
      <ErrorNote error={error} />
      {listing && (
        <div class="card table" tabIndex={0} role="region" aria-label="Objects">
          <table>
            <thead><tr><th>Name</th><th class="number">Size</th><th>Modified</th><th><span class="unseen">Actions</span></th></tr></thead>
            <tbody>
              {listing.prefixes.map((each) => (
                <tr key={each}><th scope="row"><Link to={pathTo('buckets', name, ...each.split('/'))}>{each.slice(prefix.length)}</Link></th><td /><td /><td /></tr>
              ))}
              {listing.objects.map((object) => (
                <tr key={object.key} class={opened?.key === object.key ? 'current' : ''}>
                  <th scope="row"><button class="link" aria-expanded={opened?.key === object.key} onClick={() => setOpened(opened?.key === object.key ? null : object)}>{object.key.slice(prefix.length)}</button></th>
                  <td class="number">{bytes(object.size)}</td>
                  <td><Time at={object.modifiedAt} /></td>
                  <td class="acts">
                    <a class="button quiet" href={address(s3Path(name, object.key), { 'response-content-disposition': 'attachment' })} download={object.key.split('/').at(-1)}>Download</a>
                    <button class="danger quiet" onClick={() => setDeleting(object)}>Delete</button>
                  </td>
                </tr>
              ))}
              {listing.prefixes.length + listing.objects.length === 0 && <tr><td colSpan={4} class="waiting">Nothing is here.</td></tr>}
            </tbody>
          </table>
          {listing.next && <div class="actions start"><button onClick={() => void more().catch(setError)}>Show more</button></div>}
        </div>
      )}
      {opened && (
        <section class="card" aria-label={`Preview of ${opened.key}`}>
          <h2 class="wrap">{opened.key}</h2>
          <ObjectPreview bucket={name} objectKey={opened.key} size={opened.size} />
        </section>
      )}
      {replacing && (
        <FormDialog title={replacing.names.length === 1 ? `Replace ${replacing.names[0]}?` : `Replace ${replacing.names.length} objects?`} act="Replace" danger onClose={() => setReplacing(null)} onSubmit={() => send(replacing.files)}>
          <p>What is in {replacing.names.join(', ')} now is gone then, unless the bucket keeps versions.</p>
        </FormDialog>
      )}
      {deleting === 'bucket' && (
        <DeleteDialog name={name} kind="bucket" erase={() => s3('DELETE', s3Path(name))} onErased={() => go('buckets')} onClose={() => setDeleting(null)}>
          Only an empty bucket can be deleted.
        </DeleteDialog>
      )}
      {deleting && deleting !== 'bucket' && (
        <DeleteDialog name={deleting.key.split('/').at(-1)!} kind="object" erase={() => s3('DELETE', s3Path(name, deleting.key))} onErased={erased} onClose={() => setDeleting(null)}>
          {bytes(deleting.size)} are gone then. This cannot be undone.
        </DeleteDialog>
      )}
    </>
  )
}

/** The prefix in steps, each of which leads to what is there. */
function Crumbs({ bucket, prefix }: { bucket: string; prefix: string }) {
  const steps = prefix.split('/').filter((_, index, all) => index < all.length - 1)
  return (
    <p class="path mono">
      <Link to={pathTo('buckets', bucket)}>{bucket}</Link>/
      {steps.map((step, index) => (
        <span key={index}><Link to={pathTo('buckets', bucket, ...steps.slice(0, index + 1), '')}>{step}</Link>/</span>
      ))}
    </p>
  )
}
