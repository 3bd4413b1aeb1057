// Calls every operation of Kinesis that the JavaScript SDK knows, at AWS_ENDPOINT_URL; those on channels are in channels.test.mjs.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import * as sdk from "@aws-sdk/client-kinesis";

const kinesis = new sdk.KinesisClient({});
const ShardId = "shardId-000000000000";
const called = new Set();

async function call(operation, input = {}) {
  const answer = await kinesis.send(new sdk[`${operation}Command`](input));
  called.add(operation);
  assert.match(answer.$metadata.requestId, /^[0-9a-f-]{36}$/);
  assert.equal(Buffer.from(answer.$metadata.extendedRequestId, "base64").length, 72);
  return answer;
}

async function active(StreamName) {
  let summary;
  do {
    await setTimeout(20);
    summary = (await call("DescribeStreamSummary", { StreamName })).StreamDescriptionSummary;
  } while (summary.StreamStatus !== "ACTIVE");
  return summary;
}

// Everything that is required of a dry run is there; so it ends in its own exception.
async function dryRun(operation, input) {
  await assert.rejects(kinesis.send(new sdk[`${operation}Command`]({ ...input, DryRun: true })), { name: "DryRunOperationException" });
}

test("every operation answers", async () => {
  const StreamName = `o-${randomUUID()}`;
  await call("CreateStream", { StreamName, ShardCount: 1, MaxRecordSizeInKiB: 2048 });
  const { StreamARN, StreamCreationTimestamp } = await active(StreamName);
  assert.ok(Math.abs(Date.now() - StreamCreationTimestamp.getTime()) < 60_000);

  const record = { Data: Buffer.from("one"), PartitionKey: "k" };
  await dryRun("PutRecord", { StreamARN, ...record });
  await call("PutRecord", { StreamARN, ...record });
  await dryRun("PutRecords", { StreamARN, Records: [record] });
  assert.equal((await call("PutRecords", { StreamARN, Records: [record] })).FailedRecordCount, 0);
  const start = { StreamARN, ShardId, ShardIteratorType: "TRIM_HORIZON" };
  await dryRun("GetShardIterator", start);
  const { ShardIterator } = await call("GetShardIterator", start);
  await dryRun("GetRecords", { ShardIterator });
  const { Records, MillisBehindLatest, ChildShards } = await call("GetRecords", { ShardIterator });
  assert.equal(Records.length, 2);
  assert.equal(Records[0].EncryptionType, undefined);
  assert.ok(Math.abs(Date.now() - Records[0].ApproximateArrivalTimestamp.getTime()) < 60_000);
  assert.equal(MillisBehindLatest, 0);
  assert.equal(ChildShards, undefined);

  const { Consumer: { ConsumerARN } } = await call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
  while ((await call("DescribeStreamConsumer", { ConsumerARN })).ConsumerDescription.ConsumerStatus !== "ACTIVE") await setTimeout(20);
  assert.equal((await call("ListStreamConsumers", { StreamARN })).Consumers.length, 1);
  const subscription = { ConsumerARN, ShardId, StartingPosition: { Type: "TRIM_HORIZON" } };
  await dryRun("SubscribeToShard", subscription);
  for await (const { SubscribeToShardEvent } of (await call("SubscribeToShard", subscription)).EventStream) {
    assert.equal(Buffer.from(SubscribeToShardEvent.Records[0].Data).toString(), "one");
    break;
  }

  await call("AddTagsToStream", { StreamARN, Tags: { a: "b", c: "d" } });
  await call("RemoveTagsFromStream", { StreamARN, TagKeys: ["a"] });
  assert.deepEqual((await call("ListTagsForStream", { StreamARN })).Tags, [{ Key: "c", Value: "d" }]);
  for (const ResourceARN of [StreamARN, ConsumerARN]) {
    await call("TagResource", { ResourceARN, Tags: { e: "f", c: "d" } });
    await call("UntagResource", { ResourceARN, TagKeys: ["e"] });
    assert.deepEqual((await call("ListTagsForResource", { ResourceARN })).Tags, [{ Key: "c", Value: "d" }]);
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "kinesis:DescribeStreamConsumer", Resource: ResourceARN },
    });
    await call("PutResourcePolicy", { ResourceARN, Policy });
    assert.equal((await call("GetResourcePolicy", { ResourceARN })).Policy, Policy);
    await call("DeleteResourcePolicy", { ResourceARN });
  }
  await call("DeregisterStreamConsumer", { ConsumerARN });

  await call("IncreaseStreamRetentionPeriod", { StreamARN, RetentionPeriodHours: 48 });
  await active(StreamName);
  await call("DecreaseStreamRetentionPeriod", { StreamARN, RetentionPeriodHours: 24 });
  await active(StreamName);
  await call("EnableEnhancedMonitoring", { StreamARN, ShardLevelMetrics: ["ALL"] });
  await active(StreamName);
  assert.equal((await call("DisableEnhancedMonitoring", { StreamARN, ShardLevelMetrics: ["IncomingBytes"] })).DesiredShardLevelMetrics.length, 6);
  await active(StreamName);
  const encryption = { StreamARN, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" };
  await call("StartStreamEncryption", encryption);
  assert.equal((await active(StreamName)).EncryptionType, "KMS");
  await call("StopStreamEncryption", encryption);
  await active(StreamName);
  await call("UpdateMaxRecordSize", { StreamARN, MaxRecordSizeInKiB: 1024 });
  assert.equal((await active(StreamName)).MaxRecordSizeInKiB, 1024);

  await call("SplitShard", { StreamARN, ShardToSplit: ShardId, NewStartingHashKey: String(1n << 127n) });
  await active(StreamName);
  await call("MergeShards", { StreamARN, ShardToMerge: "shardId-000000000001", AdjacentShardToMerge: "shardId-000000000002" });
  await active(StreamName);
  const { CurrentShardCount, TargetShardCount } = await call("UpdateShardCount", { StreamARN, TargetShardCount: 2, ScalingType: "UNIFORM_SCALING" });
  assert.deepEqual([CurrentShardCount, TargetShardCount], [1, 2]);
  assert.equal((await active(StreamName)).OpenShardCount, 2);
  assert.equal((await call("ListShards", { StreamARN, ShardFilter: { Type: "AT_LATEST" } })).Shards.length, 2);
  assert.equal((await call("DescribeStream", { StreamARN })).StreamDescription.Shards.length, 6);

  await call("UpdateStreamMode", { StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  await active(StreamName);
  await call("UpdateStreamRecordDistributionStrategy", { StreamARN, RecordDistributionStrategy: "AUTO" });
  await active(StreamName);
  assert.equal((await call("UpdateStreamWarmThroughput", { StreamARN, WarmThroughputMiBps: 5 })).WarmThroughput.TargetMiBps, 5);
  await active(StreamName);

  assert.ok((await call("ListStreams", { Limit: 10_000 })).StreamSummaries.some((summary) => summary.StreamName === StreamName));
  assert.ok((await call("DescribeLimits")).OpenShardCount > 0);
  await call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
  assert.equal((await call("DescribeAccountSettings")).MinimumThroughputBillingCommitment.Status, "ENABLED");
  await call("DeleteStream", { StreamARN, EnforceConsumerDeletion: true });

  const known = Object.keys(sdk).filter((name) => /^[A-Z]\w+Command$/.test(name)).map((name) => name.slice(0, -"Command".length));
  assert.deepEqual(known.filter((name) => !called.has(name) && !/Channels?$/.test(name)), []);
  console.log("called:", ...called);
});
