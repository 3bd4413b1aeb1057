// What AWS's own aggregation library makes of a stream: `read STREAM` prints each user record's data on a line and packs the records
// again, which must give the bytes that were read; `write STREAM COUNT` puts so many records as one aggregate.
import assert from "node:assert/strict";
import {
  GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand, PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import aggregation from "aws-kinesis-agg";

const kinesis = new KinesisClient({});
const [action, StreamName, count] = process.argv.slice(2);

function unpack(data) {
  const records = [];
  aggregation.deaggregateSync({ kinesisSchemaVersion: "1.0", sequenceNumber: "0", partitionKey: "", data: Buffer.from(data).toString("base64") }, true, (error, found) => {
    if (error) throw error;
    records.push(...found);
  });
  return records;
}

function pack(records) {
  const aggregator = new aggregation.RecordAggregator();
  for (const { partitionKey, data } of records) aggregator.addUserRecord({ partitionKey, data });
  return aggregator.build();
}

async function read() {
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }));
    for (let behind = true; behind;) {
      const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      for (const { Data } of page.Records) {
        const records = unpack(Data).map((record) => ({ ...record, data: Buffer.from(record.data, "base64") }));
        for (const { data } of records) console.log(data.toString());
        if (records.length > 1) assert.deepEqual(Buffer.from(pack(records).data), Buffer.from(Data));
      }
      ShardIterator = page.NextShardIterator;
      behind = page.MillisBehindLatest > 0;
    }
  }
}

async function write() {
  const records = Array.from({ length: Number(count) }, (_, n) => ({ partitionKey: `key-${n % 7}`, data: JSON.stringify({ n }) }));
  const { partitionKey, data } = pack(records);
  await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: partitionKey, Data: data }));
}

await (action === "read" ? read() : write());
