// What the JavaScript SDK does with objects, its own checksums and chunks included, against the server at AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { before, test } from "node:test";
import {
  CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand,
  NoSuchKey, PutObjectCommand, S3Client, UploadPartCommand, paginateListObjectsV2,
} from "@aws-sdk/client-s3";

const s3 = new S3Client({ forcePathStyle: true });
const Bucket = `js-${randomUUID()}`;

before(() => s3.send(new CreateBucketCommand({ Bucket })));

async function read(Key) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from(await Body.transformToByteArray());
}

test("a put carries the SDK's default checksum", async () => {
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: "small", Body: "hello", ContentType: "text/plain", Metadata: { city: "Köln" } }));
  assert.ok(put.ChecksumCRC32);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "small", ChecksumMode: "ENABLED" }));
  assert.equal(head.ChecksumCRC32, put.ChecksumCRC32);
  assert.equal(head.ContentType, "text/plain");
  assert.equal((await read("small")).toString(), "hello");
});

test("a stream goes out in chunks with the checksum behind", async () => {
  const body = randomBytes(300_000);
  for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]) {
    await s3.send(new PutObjectCommand({ Bucket, Key: "stream", Body: Readable.from([body.subarray(0, 1000), body.subarray(1000)]), ContentLength: body.length, ChecksumAlgorithm }));
    assert.ok((await read("stream")).equals(body), ChecksumAlgorithm);
  }
});

test("parts become one object", async () => {
  const parts = [randomBytes(5 << 20), randomBytes(1234)];
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "parts" }));
  const uploaded = [];
  for (const [index, Body] of parts.entries()) {
    const answer = await s3.send(new UploadPartCommand({ Bucket, Key: "parts", UploadId, PartNumber: index + 1, Body }));
    uploaded.push({ PartNumber: index + 1, ETag: answer.ETag, ChecksumCRC32: answer.ChecksumCRC32 });
  }
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: "parts", UploadId, MultipartUpload: { Parts: uploaded } }));
  assert.ok((await read("parts")).equals(Buffer.concat(parts)));
});

test("pages and deletions", async () => {
  for (let n = 0; n < 7; n++) await s3.send(new PutObjectCommand({ Bucket, Key: `pages/${n}`, Body: "" }));
  const keys = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 3 }, { Bucket, Prefix: "pages/" })) keys.push(...page.Contents.map((found) => found.Key));
  assert.deepEqual(keys, [0, 1, 2, 3, 4, 5, 6].map((n) => `pages/${n}`));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
  assert.equal(Deleted.length, 7);
  await assert.rejects(read("pages/0"), NoSuchKey);
});
