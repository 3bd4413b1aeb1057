// What the JavaScript SDK does with channels, at AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import * as sdk from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

const kinesis = new sdk.KinesisClient({});
const s3 = new S3Client({ forcePathStyle: true });
const call = (operation, input) => kinesis.send(new sdk[`${operation}Command`](input));

async function until(condition) {
  for (const deadline = Date.now() + 60_000; ;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < deadline, "in time");
    await setTimeout(50);
  }
}

const describe = async (ChannelARN) => (await call("DescribeChannel", { ChannelARN })).ChannelDescription;
const active = (ChannelARN) => until(async () => (await describe(ChannelARN)).ChannelStatus === "ACTIVE");

test("a channel delivers, is changed and goes", async () => {
  const id = randomUUID();
  const [StreamName, Bucket] = [`s-${id}`, `b-${id}`];
  await s3.send(new CreateBucketCommand({ Bucket }));
  await call("CreateStream", { StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  await sdk.waitUntilStreamExists({ client: kinesis, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.1 }, { StreamName });
  const { StreamDescriptionSummary: { StreamARN, StreamCreationTimestamp } } = await call("DescribeStreamSummary", { StreamName });

  const { ChannelDescription: created } = await call("CreateChannel", {
    ChannelName: "to-lake",
    ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/channel",
    StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: "JSON" } }],
    S3DestinationConfiguration: {
      DataFreshnessInSeconds: 1,
      StorageConfiguration: {
        BucketARN: `arn:aws:s3:::${Bucket}`, ExpectedBucketOwner: "000000000000", CompressionType: "GZIP",
        OutputKeyTemplate: "data/!{stream-name}/!{yyyy}!{extension:.json.gz}",
      },
    },
  });
  assert.equal(created.ChannelStatus, "CREATING");
  const { ChannelARN } = created;
  await active(ChannelARN);
  await call("PutRecords", { StreamARN, Records: ['{"n":1}\n', "no json", '{"n":2}\n'].map((text) => ({ Data: Buffer.from(text), PartitionKey: "k" })) });

  const list = async (Prefix) => (await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? [];
  const [{ Key }] = await until(async () => { const found = await list("data/"); return found.length > 0 && found; });
  assert.match(Key, new RegExp(`^data/${StreamName}/20\\d\\d-[0-9a-f-]{36}\\.json\\.gz$`));
  const { Body, ContentEncoding } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.equal(ContentEncoding, "gzip");
  assert.equal(gunzipSync(await Body.transformToByteArray()).toString(), '{"n":1}\n{"n":2}\n');
  const [letter] = await until(async () => { const found = await list(`kinesis-channel/errors/to-lake/${created.ChannelId}/`); return found.length > 0 && found; });
  const text = await (await s3.send(new GetObjectCommand({ Bucket, Key: letter.Key }))).Body.transformToString();
  assert.equal(Buffer.from(JSON.parse(text).rawData, "base64").toString(), "no json");

  await call("UpdateChannel", { ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 900 } });
  await active(ChannelARN);
  assert.equal((await describe(ChannelARN)).S3DestinationConfiguration.DataFreshnessInSeconds, 900);
  const { ChannelSummaries: [summary] } = await call("ListChannels", { StreamFilter: [{ StreamARN, StreamCreationTimestamp }] });
  assert.deepEqual([summary.ChannelARN, summary.ChannelDestinationType], [ChannelARN, "S3"]);

  await assert.rejects(call("DeleteStream", { StreamARN }), { name: "ResourceInUseException" });
  await call("DeleteChannel", { ChannelARN });
  await until(() => describe(ChannelARN).then(() => false, ({ name }) => name === "ResourceNotFoundException"));
  await call("DeleteStream", { StreamARN });
});
