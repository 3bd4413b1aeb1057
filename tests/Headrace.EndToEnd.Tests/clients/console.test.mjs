// Drives the console's pages in a browser, against the server at AWS_ENDPOINT_URL on whose data the demo ran.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { open } from "./console-browser.mjs";
import { call, fillLake } from "./console-lake.mjs";

const name = `console-${process.pid}`;

test("a stream is created, fed, watched, split and deleted", async (t) => {
  const { page, go, look, complaints, close } = await open(t);
  await go("streams");
  await page.getByRole("button", { name: "Create a stream" }).click();
  await page.getByLabel("Name").fill(name);
  await look("create-stream");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("row", { name }).getByText("ACTIVE").waitFor();
  await look("streams");

  // The same name again is refused in the server's words.
  await page.getByRole("button", { name: "Create a stream" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("alert").getByText(`Stream ${name} under account 000000000000 already exists.`).waitFor();
  // The browser itself notes the refusal.
  assert.equal(complaints.splice(0).length, 1);
  await page.keyboard.press("Escape");

  // One page follows the stream, the other puts a record.
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Records" }).click();
  await page.getByRole("button", { name: "Follow live" }).click();
  await page.getByText("Waiting for records").waitFor();
  const producer = await page.context().newPage();
  await producer.goto(page.url().replace(/records$/, "put"));
  await producer.getByLabel("Data").fill('{"session_id":"b7","nested":{"list":[1,2]}}');
  await producer.getByLabel("Partition key").fill("b7");
  await producer.getByRole("button", { name: "Put the record" }).click();
  await producer.getByText("It is in shardId-000000000000").waitFor();
  const record = page.getByRole("listitem").filter({ hasText: "b7" });
  await record.locator("summary").first().click();
  await record.getByText("session_id:").waitFor();
  await look("live-record");
  await page.getByLabel("Search in what is shown").fill("nowhere");
  await record.waitFor({ state: "detached" });
  await page.getByLabel("Search in what is shown").fill("");

  // From each of the five positions.
  await producer.close();
  await page.getByRole("button", { name: "Stop following" }).click();
  const read = async (position, fields = {}) => {
    await page.getByLabel("From").selectOption(position);
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    const answer = page.waitForResponse((each) => each.url().includes("/records?"));
    await page.getByRole("button", { name: "Read", exact: true }).click();
    return (await (await answer).json()).records;
  };
  const [first] = await read("trim-horizon");
  assert.equal(first.partitionKey, "b7");
  assert.equal(Buffer.from(first.data, "base64").toString(), '{"session_id":"b7","nested":{"list":[1,2]}}');
  assert.deepEqual(await read("latest"), []);
  assert.equal((await read("at-timestamp", { "Time (UTC)": "2020-01-01T00:00:00" })).length, 1);
  assert.equal((await read("at-sequence-number", { "Sequence number": first.sequenceNumber })).length, 1);
  assert.deepEqual(await read("after-sequence-number", { "Sequence number": first.sequenceNumber }), []);

  // A split shows on the map, with the lineage.
  await page.getByRole("link", { name: "Shards" }).click();
  await page.getByRole("button", { name: "Split" }).click();
  await page.getByRole("button", { name: "Split the shard" }).click();
  await page.getByRole("button", { name: "shardId-000000000002, open" }).waitFor();
  await page.getByRole("button", { name: "shardId-000000000000, closed" }).press("Enter");
  await page.getByRole("heading", { name: "shardId-000000000000 closed" }).waitFor();
  assert.equal(await page.locator(".descent").count(), 2);
  await look("shard-map");
  await page.getByRole("button", { name: "shardId-000000000001, open" }).click();
  await page.getByRole("button", { name: "Merge with its right neighbor" }).click();
  await page.getByRole("button", { name: "Merge the shards" }).click();
  await page.getByRole("button", { name: "shardId-000000000003, open" }).waitFor();
  await page.getByRole("button", { name: "Scale" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Scale", exact: true }).click();
  await page.getByRole("button", { name: "shardId-000000000005, open" }).waitFor();

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Its 1 records go with it").waitFor();
  await page.getByRole("button", { name: "Delete the stream" }).click();
  await page.getByRole("heading", { name: "Streams", exact: true }).waitFor();
  await page.getByRole("row", { name }).waitFor({ state: "detached" });
  await close();
});

test("the lab's data is followed to the bucket", async (t) => {
  const { page, go, look, close } = await open(t, { colorScheme: "dark" });
  await go("");
  await page.locator("a.place.stream", { hasText: "de-c2w2lab1-usa-data-stream" }).waitFor();
  await look("flow-dark");
  await page.locator("a.place.stream", { hasText: "de-c2w2lab1-usa-data-stream" }).click();
  await page.getByRole("heading", { name: "de-c2w2lab1-usa-data-stream" }).waitFor();
  await page.getByRole("link", { name: "Flow" }).click();
  await page.locator("a.place.delivery", { hasText: "de-c2w2lab1-firehose-usa" }).click();
  await page.getByRole("heading", { name: "Configuration" }).waitFor();
  await page.getByText("DeliveryStreamARN:").waitFor();
  await look("delivery");
  await page.getByRole("link", { name: /-usa\/firehose\/$/ }).click();
  // Year, month, day and hour.
  for (let step = 0; step < 4; step++) {
    await page.getByRole("rowheader").getByRole("link", { name: /^\d+\/$/ }).last().click();
    await page.locator(".path span").nth(step + 1).waitFor();
  }
  await page.getByRole("rowheader").getByRole("button").first().click();
  const preview = page.getByRole("region", { name: /^Preview of firehose/ });
  await preview.getByRole("listitem").first().locator("summary").first().click();
  await preview.getByText("overall_product_quantity:").first().waitFor();
  await preview.getByText('"USA"').first().waitFor();
  await look("object");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).first().click()]);
  assert.match(download.suggestedFilename(), /^de-c2w2lab1-firehose-usa-1-/);
  await go("delivery");
  await page.getByRole("row", { name: /^de-c2w2lab1-firehose-usa/ }).waitFor();
  await look("deliveries");
  await close();
});

test("the ETL's group shows its lag, routes and dead letters, and stands between its streams", async (t) => {
  const source = "de-c2w2lab1-kinesis-data-stream";
  const put = (data, key) => call("Kinesis_20131202.PutRecord", { StreamName: source, PartitionKey: key, Data: Buffer.from(data).toString("base64") });
  const session = (id, country) => JSON.stringify({ session_id: id, customer_number: 1, city: "X", country, credit_limit: 1, browse_history: [{ product_code: "P", quantity: 2, in_shopping_cart: true }] });
  const { page, go, look, close } = await open(t);
  await go("");
  await page.locator("a.place.etl", { hasText: "behind" }).waitFor();
  assert.ok((await page.locator(".way").count()) >= 8, "ways into and out of the ETL are drawn");
  await put("no session", "bad");
  await put(session("e2e-1", "USA"), "e2e-1");
  await put(session("e2e-2", "France"), "e2e-2");
  await page.locator("a.place.etl", { hasText: "1 dead" }).waitFor();
  await look("flow");
  await page.locator("a.place.etl").click();
  await page.getByText("RUNNING", { exact: true }).waitFor();
  await page.getByRole("region", { name: "Routes" }).getByRole("row", { name: /^USA de-c2w2lab1-usa-data-stream/ }).waitFor();
  await page.getByRole("region", { name: "Workers" }).getByRole("rowheader").waitFor();
  const behind = page.locator(".figure", { hasText: "Behind the newest record" });
  await behind.getByText(/^\d/).first().waitFor();
  await look("etl-group");
  await page.getByRole("link", { name: "Look at them in console-dead-letters" }).click();
  await page.getByRole("button", { name: "Read", exact: true }).click();
  const letter = page.getByRole("listitem").filter({ hasText: "bad" });
  await letter.locator("summary").first().click();
  await letter.getByText("reason:").waitFor();
  await go("etl");
  await page.getByRole("row", { name: /^sessions etl de-c2w2lab1-kinesis-data-stream/ }).waitFor();
  await look("etl");
  await close();
});

test("Parquet is previewed as a table, and what failed is shown with its record", async (t) => {
  const lake = `lake-${process.pid}`;
  await fillLake(lake);
  const { page, go, look, close } = await open(t);
  await go(`delivery/${lake}`);
  const failures = page.getByRole("region", { name: "Records that failed" });
  await failures.getByText("in 1 object").waitFor();
  await failures.locator("summary").click();
  await failures.getByText('"no number"', { exact: true }).waitFor();
  await look("delivery-failures");
  await page.getByText("Small objects stay as they are.").waitFor();
  await call("Firehose_20150804.TagDeliveryStream", { DeliveryStreamName: lake, Tags: [{ Key: "headrace:compaction", Value: "128MB" }, { Key: "headrace:compaction-after", Value: "15m" }] });
  await page.getByText("Small objects become larger ones of up to 128 MiB, after 15 min at most.").waitFor();
  await page.getByRole("link", { name: `${lake}/rows/` }).click();
  for (let step = 0; step < 4; step++) {
    await page.getByRole("rowheader").getByRole("link", { name: /^\d+\/$/ }).last().click();
    await page.locator(".path span").nth(step + 1).waitFor();
  }
  await page.getByRole("rowheader").getByRole("button").first().click();
  await page.getByText("2 rows. 4 columns.").waitFor();
  const cells = page.getByRole("region", { name: "Rows" });
  // Beyond what a JavaScript number holds exactly.
  await cells.getByText("9007199254740993").waitFor();
  await cells.getByText('{"name":"Ann","tags":["new","vip"]}').waitFor();
  await cells.getByText("2026-03-04 05:06:07Z").waitFor();
  await cells.getByText("second").waitFor();
  await look("parquet");
  await close();
});

test("a channel is created, followed to its dead letter, changed and deleted", async (t) => {
  const [stream, bucket, channel] = [`on-demand-${process.pid}`, `channeled-${process.pid}`, `channel-${process.pid}`];
  await fetch(`${process.env.AWS_ENDPOINT_URL}/${bucket}`, { method: "PUT" });
  await call("Kinesis_20131202.CreateStream", { StreamName: stream, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  const { page, go, look, close } = await open(t);
  await go("streams");
  await page.getByRole("row", { name: stream }).getByText("ACTIVE").waitFor();
  await page.getByRole("link", { name: "Channels" }).click();
  await page.getByRole("button", { name: "Create a channel" }).click();
  const form = page.getByRole("dialog");
  for (const [field, value] of [["Name", channel], ["Freshness", "1"], ["Key template", "rows/!{yyyy}!{extension:.json.gz}"]]) await form.getByLabel(field).fill(value);
  for (const [field, value] of [["Stream", stream], ["Bucket", bucket], ["Records", "JSON"], ["Compression", "GZIP"]]) await form.getByRole("combobox", { name: field }).selectOption(value);
  await look("create-channel");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("row", { name: channel }).getByText("ACTIVE").waitFor();
  await look("channels");
  await call("Kinesis_20131202.PutRecords", { StreamName: stream, Records: ['{"n":1}', "no json"].map((text) => ({ PartitionKey: "k", Data: Buffer.from(text).toString("base64") })) });
  await page.getByRole("link", { name: channel, exact: true }).click();
  await page.getByText("rows/!{yyyy}!{extension:.json.gz}", { exact: true }).first().waitFor();
  const failures = page.getByRole("region", { name: "Records that failed" });
  await failures.locator("summary").click();
  await failures.getByText("The record is not valid JSON").waitFor();
  await page.getByText("ChannelARN:").waitFor();
  await look("channel");

  // Both members of UpdateChannel, of which only what was changed is sent.
  const change = page.getByRole("button", { name: "Change", exact: true });
  const updated = async () => {
    const [request] = await Promise.all([page.waitForRequest((each) => each.url().includes("/kinesis/UpdateChannel")), form.getByRole("button", { name: "Change the channel" }).click()]);
    await form.waitFor({ state: "detached" });
    const { ChannelARN: arn, ...sent } = request.postDataJSON();
    const { ChannelDescription: channel } = await call("Kinesis_20131202.DescribeChannel", { ChannelARN: arn });
    return { sent, freshness: channel.S3DestinationConfiguration.DataFreshnessInSeconds, logs: channel.LoggingConfiguration.CloudWatchLogs };
  };
  await change.click();
  assert.equal(await form.getByLabel("Freshness").inputValue(), "1");
  await form.getByLabel("Freshness").fill("2");
  assert.deepEqual(await updated(), { sent: { S3DestinationConfiguration: { DataFreshnessInSeconds: 2 } }, freshness: 2, logs: { Enabled: false } });
  await page.getByText("of 2 s that a record may wait").waitFor();
  await change.click();
  assert.equal(await form.getByLabel("Freshness").inputValue(), "2");
  await form.getByRole("combobox", { name: "CloudWatch Logs" }).selectOption("on");
  await form.getByLabel("Log group").fill("/e2e/channels");
  await look("change-channel");
  const logs = { Enabled: true, LogGroupName: "/e2e/channels", LogStreamName: "DestinationDelivery" };
  assert.deepEqual(await updated(), { sent: { LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: "/e2e/channels" } } }, freshness: 2, logs });
  await page.getByText("/e2e/channels, DestinationDelivery", { exact: true }).waitFor();
  await change.click();
  await form.getByRole("combobox", { name: "CloudWatch Logs" }).selectOption("off");
  assert.deepEqual((await updated()).logs, { Enabled: false });
  await page.getByRole("link", { name: `${bucket}/rows/` }).click();
  await page.getByRole("rowheader").getByRole("button").first().waitFor();
  await go("");
  await page.locator("a.place.delivery", { hasText: "channel ·" }).click();
  await page.getByRole("heading", { name: channel }).waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the channel" }).click();
  await page.getByRole("heading", { name: "Channels", exact: true }).waitFor();
  await page.getByRole("row", { name: channel }).waitFor({ state: "detached" });
  await close();
});

test("a bucket is made, filled, looked into and deleted", async (t) => {
  const { page, go, look, close } = await open(t);
  await go("buckets");
  await page.getByRole("button", { name: "Create a bucket" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByText("Nothing is here.").waitFor();
  await page.getByLabel("Upload").setInputFiles([
    { name: "a note + more.txt", mimeType: "text/plain", buffer: Buffer.from("plain <b>words</b>") },
    { name: "packed.json.gz", mimeType: "application/gzip", buffer: gzipSync('{"packed":true}') },
    { name: "table.csv", mimeType: "text/csv", buffer: Buffer.from('id,said\r\n1,"a ""word"", and\nmore"\r\n2,plain\r\n') },
    { name: "lines.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from('{"n":1}\n{"n":2}\n') },
    { name: "bytes.bin", mimeType: "application/octet-stream", buffer: Buffer.from([0, 1, 2, 255]) },
  ]);
  const show = async (file) => page.getByRole("button", { name: file, exact: true }).click();
  await show("a note + more.txt");
  await page.getByText("plain <b>words</b>").waitFor();
  await show("packed.json.gz");
  await page.getByText("Unpacked from gzip.").waitFor();
  await page.getByText("packed:").waitFor();
  await show("table.csv");
  await page.getByText("2 rows. 2 columns.").waitFor();
  await page.getByRole("cell", { name: 'a "word", and more' }).waitFor();
  await show("lines.ndjson");
  await page.getByRole("region", { name: "Preview of lines.ndjson" }).getByRole("listitem").nth(1).waitFor();
  await show("bytes.bin");
  await page.getByText("000000  00 01 02 ff").waitFor();
  await look("bucket");

  // Nothing is replaced unasked.
  await page.getByLabel("Upload").setInputFiles([{ name: "bytes.bin", mimeType: "text/plain", buffer: Buffer.from("new words") }]);
  await page.getByRole("heading", { name: "Replace bytes.bin?" }).waitFor();
  await page.getByRole("button", { name: "Replace" }).click();
  await page.getByRole("row", { name: /^bytes.bin 9 B/ }).waitFor();
  await show("bytes.bin");
  await page.getByText("new words").waitFor();

  for (const file of ["a note + more.txt", "packed.json.gz", "table.csv", "lines.ndjson", "bytes.bin"]) {
    const row = page.getByRole("row", { name: file });
    await row.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete the object" }).click();
    await row.waitFor({ state: "detached" });
  }
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the bucket" }).click();
  await page.getByRole("row", { name }).waitFor({ state: "detached" });
  await look("buckets");
  await close();
});

test("a phone's width holds every page, and so does a zoom of 400 %", async (t) => {
  const { page, go, look, close } = await open(t, { viewport: { width: 320, height: 640 } });
  for (const path of ["", "streams", "streams/de-c2w2lab1-usa-data-stream", "streams/de-c2w2lab1-usa-data-stream/records", "etl", "etl/sessions/etl/de-c2w2lab1-kinesis-data-stream", "delivery", "delivery/de-c2w2lab1-firehose-usa", "channels", "buckets"]) {
    await go(path);
    await page.locator("h1").first().waitFor({ state: "attached" });
    const { clientWidth, scrollWidth } = await page.evaluate(() => ({ clientWidth: document.documentElement.clientWidth, scrollWidth: document.documentElement.scrollWidth }));
    assert.ok(scrollWidth <= clientWidth, `${path} is ${scrollWidth} wide`);
  }
  await go("");
  await page.getByRole("link", { name: /^de-c2w2lab1-kinesis-data-stream/ }).waitFor();
  await look("phone");
  await close();
});

test("the first load stays below 150 kB", async (t) => {
  const { page, go, close } = await open(t);
  let bytes = 0;
  page.on("response", async (response) => {
    if (/\/console\/(assets\/.*)?$/.test(new URL(response.url()).pathname)) bytes += Number(response.headers()["content-length"]);
  });
  await go("");
  await page.getByText("Coming in").waitFor();
  assert.ok(bytes > 20_000 && bytes < 150_000, `${bytes} bytes`);
  await close();
});
