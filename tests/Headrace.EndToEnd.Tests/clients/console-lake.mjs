// A delivery stream that makes Parquet of what fits its table and puts aside what doesn't.
export const server = process.env.AWS_ENDPOINT_URL;

/** Calls an operation of the server as AWS's clients do. */
export async function call(target, members) {
  const response = await fetch(server, { method: "POST", headers: { "X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1" }, body: JSON.stringify(members) });
  if (!response.ok) throw new Error(`${target}: ${await response.text()}`);
  return response.json().catch(() => ({}));
}

/** Two rows, one of them with a nested value and a time, and a record that is none. */
export async function fillLake(name) {
  await fetch(`${server}/${name}`, { method: "PUT" });
  await call("AWSGlue.CreateDatabase", { DatabaseInput: { Name: name } });
  await call("AWSGlue.CreateTable", {
    DatabaseName: name,
    TableInput: {
      Name: "orders",
      StorageDescriptor: { Columns: [{ Name: "id", Type: "bigint" }, { Name: "who", Type: "struct<name:string,tags:array<string>>" }, { Name: "at", Type: "timestamp" }, { Name: "note", Type: "string" }] },
    },
  });
  await call("Firehose_20150804.CreateDeliveryStream", {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: {
      RoleARN: "arn:aws:iam::000000000000:role/r",
      BucketARN: `arn:aws:s3:::${name}`,
      Prefix: "rows/",
      ErrorOutputPrefix: "failed/!{firehose:error-output-type}/",
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 },
      DataFormatConversionConfiguration: {
        SchemaConfiguration: { RoleARN: "arn:aws:iam::000000000000:role/r", DatabaseName: name, TableName: "orders" },
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: "GZIP" } } },
      },
    },
  });
  const data = (text) => ({ Data: Buffer.from(text).toString("base64") });
  const records = [
    data('{"id":9007199254740993,"who":{"name":"Ann","tags":["new","vip"]},"at":"2026-03-04T05:06:07Z","note":"first"}'),
    data('{"id":2,"note":"second"}'),
    data('{"id":"no number"}'),
  ];
  // One that is still being created is not there yet.
  for (let attempt = 0; ; attempt++) {
    try {
      await call("Firehose_20150804.PutRecordBatch", { DeliveryStreamName: name, Records: records });
      return;
    } catch (failure) {
      if (attempt > 600) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
