import { s3, s3Path, textOf } from '../api'

export interface StoredObject {
  key: string
  size: number
  modifiedAt: number
}

export interface Listing {
  prefixes: string[]
  objects: StoredObject[]
  next: string
}

/** One page of what is directly below a prefix. */
export async function list(bucket: string, prefix: string, token: string): Promise<Listing> {
  const response = await s3('GET', s3Path(bucket), {}, { 'list-type': '2', 'max-keys': '200', delimiter: '/', prefix, ...(token && { 'continuation-token': token }) })
  const xml = new DOMParser().parseFromString(await response.text(), 'text/xml')
  return {
    prefixes: [...xml.getElementsByTagName('CommonPrefixes')].map((each) => textOf(each, 'Prefix')),
    objects: [...xml.getElementsByTagName('Contents')].map((each) => ({
      key: textOf(each, 'Key'),
      size: Number(textOf(each, 'Size')),
      modifiedAt: Date.parse(textOf(each, 'LastModified')),
    })),
    next: textOf(xml, 'NextContinuationToken'),
  }
}
