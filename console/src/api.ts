/** The server's API; docs/console.md describes it. */

/** What the server refused, in its own words. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message)
  }
}

export interface Session {
  version: string
  asksForKey: boolean
  isSignedIn: boolean
  accessKeyId?: string
  account?: string
  region?: string
}

export interface Shard {
  id: string
  isOpen: boolean
  startingHashKey: string
  endingHashKey: string
  parent: string | null
  adjacentParent: string | null
  createdAt: number
  closedAt: number | null
  records: number
  retainedRecords: number
}

export interface UserRecord {
  partitionKey: string
  explicitHashKey?: string
  data: string
}

export interface StreamRecord {
  shard: string
  sequenceNumber: string
  arrivedAt: number
  partitionKey: string
  bytes: number
  data?: string
  userRecords?: UserRecord[]
}

export interface RecordPage {
  records: StreamRecord[]
  nextIterator: string | null
  millisBehindLatest: number
  childShards: string[]
}

const root = '/console/api/'

/** The region that everything is shown of; it stays in the browser. */
export const region = {
  get: () => localStorage.getItem('region') ?? '',
  set: (name: string) => (name ? localStorage.setItem('region', name) : localStorage.removeItem('region')),
}

/** The address of a call: the region goes along in the query, since a stream of events has no headers. */
export function address(path: string, query: Record<string, string> = {}): string {
  const all = new URLSearchParams(query)
  if (region.get()) all.set('region', region.get())
  const text = all.toString()
  return root + path + (text ? `?${text}` : '')
}

async function send(path: string, init: RequestInit = {}, query: Record<string, string> = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address(path, query), { ...init, headers: { 'X-Headrace-Console': '1', ...init.headers } })
  } catch {
    throw new ServerError(0, 'Unreachable', 'The server does not answer. Is it still running?')
  }
  if (!response.ok) throw await errorOf(response)
  return response
}

/** An error comes as JSON, or from S3 as XML. */
async function errorOf(response: Response): Promise<ServerError> {
  const text = await response.text()
  if (text.startsWith('<')) {
    const xml = new DOMParser().parseFromString(text, 'text/xml')
    return new ServerError(response.status, textOf(xml, 'Code'), textOf(xml, 'Message'))
  }
  try {
    const body = JSON.parse(text) as { __type?: string; message?: string; Message?: string }
    return new ServerError(response.status, body.__type ?? 'Error', body.message ?? body.Message ?? '')
  } catch {
    return new ServerError(response.status, `HTTP ${response.status}`, text || response.statusText)
  }
}

export function textOf(parent: Document | Element, name: string): string {
  return parent.getElementsByTagName(name)[0]?.textContent ?? ''
}

export async function getJson<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  return (await (await send(path, {}, query)).json()) as T
}

/** Calls an operation of Kinesis, Firehose or CloudWatch Logs. */
export async function aws<T = unknown>(service: 'kinesis' | 'firehose' | 'logs', operation: string, input: object): Promise<T> {
  const response = await send(`${service}/${operation}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  return (text ? JSON.parse(text) : {}) as T
}

/** Where an object, a bucket or the list of buckets is, as S3 has it. */
export function s3Path(bucket = '', key = ''): string {
  return 's3/' + encodeURIComponent(bucket) + (key ? '/' + key.split('/').map(encodeURIComponent).join('/') : '')
}

export function s3(method: string, path: string, init: RequestInit = {}, query: Record<string, string> = {}): Promise<Response> {
  return send(path, { ...init, method }, query)
}

export async function signIn(accessKeyId: string, secretAccessKey: string): Promise<void> {
  await send('session', { method: 'POST', body: JSON.stringify({ accessKeyId, secretAccessKey }) })
}

export async function signOut(): Promise<void> {
  await send('session', { method: 'DELETE' })
}
