// What the JavaScript SDK does with streams, over HTTP/2, against the server at AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import {
  CreateStreamCommand, DescribeStreamSummaryCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand,
  PutRecordCommand, PutRecordsCommand, ResourceNotFoundException, waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import {
  CreateDeliveryStreamCommand, DescribeDeliveryStreamCommand, FirehoseClient, ListDeliveryStreamsCommand, PutRecordBatchCommand,
  PutRecordCommand as PutToFirehose, ResourceInUseException as DeliveryStreamInUse, ResourceNotFoundException as NoDeliveryStream,
} from "@aws-sdk/client-firehose";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

const kinesis = new KinesisClient({});
const firehose = new FirehoseClient({});

// Whoever runs this file gives it a deadline.
async function until(condition) {
  while (!(await condition())) await setTimeout(20);
}

test("records go in and come out", async () => {
  const StreamName = `js-${randomUUID()}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 20, minDelay: 1 }, { StreamName });
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  assert.equal(StreamDescriptionSummary.OpenShardCount, 2);

  const sent = Array.from({ length: 300 }, (_, n) => `record ${n}`);
  const put = await kinesis.send(new PutRecordsCommand({ StreamName, Records: sent.map((data, n) => ({ Data: Buffer.from(data), PartitionKey: `k${n}` })) }));
  assert.equal(put.FailedRecordCount, 0);
  const one = await kinesis.send(new PutRecordCommand({ StreamName, Data: new Uint8Array([0, 255, 1]), PartitionKey: "bytes" }));
  assert.match(one.SequenceNumber, /^\d{56}$/);

  const found = [];
  for (const { ShardId } of (await kinesis.send(new ListShardsCommand({ StreamName }))).Shards) {
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }));
    const { Records, MillisBehindLatest } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    assert.equal(MillisBehindLatest, 0);
    found.push(...Records.map((record) => Buffer.from(record.Data)));
  }
  assert.deepEqual(found.map(String).sort(), [...sent, Buffer.from([0, 255, 1]).toString()].sort());
  assert.ok(found.some((data) => data.equals(Buffer.from([0, 255, 1]))));
});

test("many calls share one connection", async () => {
  const StreamName = `js-${randomUUID()}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 20, minDelay: 1 }, { StreamName });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(`${n}`), PartitionKey: "k" }))));
  assert.equal(new Set(answers.map((answer) => answer.SequenceNumber)).size, 100);
});

test("a delivery stream fills a bucket", async () => {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = `js-${randomUUID()}`;
  const DeliveryStreamName = Bucket;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const request = new CreateDeliveryStreamCommand({
    DeliveryStreamName,
    ExtendedS3DestinationConfiguration: {
      RoleARN: "arn:aws:iam::000000000000:role/firehose", BucketARN: `arn:aws:s3:::${Bucket}`, Prefix: "in/", BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 },
    },
  });
  await firehose.send(request);
  await assert.rejects(firehose.send(request), DeliveryStreamInUse);
  await until(async () => {
    const { DeliveryStreamDescription } = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
    return DeliveryStreamDescription.DeliveryStreamStatus === "ACTIVE";
  });

  const lines = Array.from({ length: 101 }, (_, n) => `line ${n}\n`);
  const { RecordId } = await firehose.send(new PutToFirehose({ DeliveryStreamName, Record: { Data: Buffer.from(lines[0]) } }));
  assert.ok(RecordId);
  const batch = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: lines.slice(1).map((line) => ({ Data: Buffer.from(line) })) }));
  assert.equal(batch.FailedPutCount, 0);
  assert.equal(new Set(batch.RequestResponses.map((answer) => answer.RecordId)).size, 100);

  // Nothing orders objects of the same second.
  let delivered = [];
  await until(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "in/" }));
    const objects = await Promise.all(Contents.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket, Key }))));
    delivered = (await Promise.all(objects.map(({ Body }) => Body.transformToString()))).join("").split(/(?<=\n)/);
    return delivered.length >= lines.length;
  });
  assert.deepEqual(delivered.sort(), [...lines].sort());
});

test("errors are the SDK's own classes", async () => {
  await assert.rejects(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "none" })), ResourceNotFoundException);
  assert.ok(Array.isArray((await firehose.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames));
  await assert.rejects(firehose.send(new PutToFirehose({ DeliveryStreamName: "none", Record: { Data: Buffer.from("x") } })), NoDeliveryStream);
});
