// What the JavaScript SDK does with streams, over HTTP/2, against the server at AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  CreateStreamCommand, DescribeStreamSummaryCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand,
  PutRecordCommand, PutRecordsCommand, ResourceNotFoundException, waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { FirehoseClient, ListDeliveryStreamsCommand, ResourceNotFoundException as NoDeliveryStream, PutRecordCommand as PutToFirehose } from "@aws-sdk/client-firehose";

const kinesis = new KinesisClient({});

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

test("errors are the SDK's own classes", async () => {
  await assert.rejects(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "none" })), ResourceNotFoundException);
  const firehose = new FirehoseClient({});
  assert.ok(Array.isArray((await firehose.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames));
  await assert.rejects(firehose.send(new PutToFirehose({ DeliveryStreamName: "none", Record: { Data: Buffer.from("x") } })), NoDeliveryStream);
});
