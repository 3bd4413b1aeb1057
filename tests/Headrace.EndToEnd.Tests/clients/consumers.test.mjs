// What the JavaScript SDK does with registered consumers, over HTTP/2, against the server at AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import {
  CreateStreamCommand, DeleteResourcePolicyCommand, DeregisterStreamConsumerCommand, DescribeStreamConsumerCommand, GetResourcePolicyCommand,
  InvalidArgumentException, KinesisClient, ListStreamConsumersCommand, ListTagsForResourceCommand, PutRecordCommand, PutResourcePolicyCommand,
  RegisterStreamConsumerCommand, ResourceInUseException, ResourceNotFoundException, SplitShardCommand, SubscribeToShardCommand, TagResourceCommand,
  UntagResourceCommand, waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";

const kinesis = new KinesisClient({});
const ShardId = "shardId-000000000000";

async function streamWithConsumer() {
  const StreamName = `js-${randomUUID()}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 20, minDelay: 1 }, { StreamName });
  const StreamARN = `arn:aws:kinesis:${await kinesis.config.region()}:000000000000:stream/${StreamName}`;
  const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "one", Tags: { team: "x" } }));
  const { ConsumerARN } = Consumer;
  while ((await kinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN }))).ConsumerDescription.ConsumerStatus !== "ACTIVE") await setTimeout(20);
  const put = (text) => kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(text), PartitionKey: "k" }));
  const subscribe = async (StartingPosition) => (await kinesis.send(new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition }))).EventStream;
  return { StreamName, StreamARN, ConsumerARN, put, subscribe };
}

test("records are pushed as they come, until the shard ends", async () => {
  const { StreamName, put, subscribe } = await streamWithConsumer();
  await put("before");
  const found = [];
  let last;
  for await (const { SubscribeToShardEvent: event } of await subscribe({ Type: "TRIM_HORIZON" })) {
    found.push(...event.Records.map((record) => Buffer.from(record.Data).toString()));
    if (found.length === 1 && event.Records.length) await put("after");
    if (found.length === 2 && event.Records.length)
      await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: String(1n << 127n) }));
    last = event;
  }
  assert.deepEqual(found, ["before", "after"]);
  assert.deepEqual(last.ChildShards.map((child) => child.ShardId), ["shardId-000000000001", "shardId-000000000002"]);
});

test("an idle subscription hears heartbeats until its consumer goes", async () => {
  const { StreamARN, ConsumerARN, subscribe } = await streamWithConsumer();
  const events = await subscribe({ Type: "LATEST" });
  await assert.rejects(subscribe({ Type: "LATEST" }), ResourceInUseException);
  let heartbeats = 0;
  await assert.rejects(async () => {
    for await (const { SubscribeToShardEvent: event } of events) {
      assert.equal(event.Records.length, 0);
      assert.match(event.ContinuationSequenceNumber, /^\d{56}$/);
      assert.equal(event.MillisBehindLatest, 0);
      heartbeats++;
      await kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
    }
  }, ResourceNotFoundException);
  assert.equal(heartbeats, 1);
  while ((await kinesis.send(new ListStreamConsumersCommand({ StreamARN }))).Consumers.length > 0) await setTimeout(20);
});

test("streams and consumers have tags and policies", async () => {
  const { StreamARN, ConsumerARN } = await streamWithConsumer();
  for (const ResourceARN of [StreamARN, ConsumerARN]) {
    await kinesis.send(new TagResourceCommand({ ResourceARN, Tags: { cost: "7", "größe": "" } }));
    await kinesis.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["team", "größe"] }));
    assert.deepEqual((await kinesis.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags, [{ Key: "cost", Value: "7" }]);

    await assert.rejects(kinesis.send(new PutResourcePolicyCommand({ ResourceARN, Policy: "{}" })), InvalidArgumentException);
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "kinesis:SubscribeToShard", Resource: ResourceARN },
    });
    await kinesis.send(new PutResourcePolicyCommand({ ResourceARN, Policy }));
    assert.equal((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN }))).Policy, Policy);
    await kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN }));
    assert.equal((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN }))).Policy, undefined);
  }
});
