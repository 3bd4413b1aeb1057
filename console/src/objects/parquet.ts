import { s3, s3Path } from '../api'
import { bytes } from '../format'
import type { Table } from './table'

/** What is fetched for a preview at most; a row group can't be read in part. */
const most = 64 * 1024 * 1024

export const isParquet = (data: Uint8Array): boolean => new TextDecoder().decode(data.subarray(0, 4)) === 'PAR1'

/** The first rows of a Parquet object: its footer and first row group are asked for by ranges, and unpacked here. */
export async function readParquet(bucket: string, key: string, size: number, rows: number): Promise<Table> {
  // Only who looks at such an object loads what reads it.
  const [{ parquetMetadataAsync, parquetReadObjects }, { gunzipSync }] = await Promise.all([import('hyparquet'), import('fflate')])
  const file = {
    byteLength: size,
    slice: async (start: number, end = size) => (await s3('GET', s3Path(bucket, key), { headers: { Range: `bytes=${start}-${end - 1}` } })).arrayBuffer(),
  }
  const metadata = await parquetMetadataAsync(file)
  const first = metadata.row_groups[0]?.columns.reduce((sum, column) => sum + Number(column.meta_data?.total_compressed_size ?? 0), 0) ?? 0
  if (first > most) throw new Error(`Its first row group has ${bytes(first)}; a preview reads ${bytes(most)} at most.`)
  const total = Number(metadata.num_rows)
  const found = await parquetReadObjects({ file, metadata, rowStart: 0, rowEnd: Math.min(rows, total), compressors: { GZIP: (packed) => gunzipSync(packed) } })
  const columns = metadata.schema.length > 0 ? topLevel(metadata.schema) : []
  return { columns, rows: found.map((row) => columns.map((column) => (row as Record<string, unknown>)[column])), total }
}

/** The schema is a tree laid out in a list; its root's children are the columns. */
function topLevel(schema: { name: string; num_children?: number }[]): string[] {
  const names: string[] = []
  let at = 1
  const pass = (): void => {
    for (let left = schema[at++]!.num_children ?? 0; left > 0; left--) pass()
  }
  while (at < schema.length) {
    names.push(schema[at]!.name)
    pass()
  }
  return names
}
