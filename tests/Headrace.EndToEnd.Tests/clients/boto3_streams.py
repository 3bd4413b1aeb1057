"""What boto3 does with streams and delivery streams, each case against the server at AWS_ENDPOINT_URL."""

import gzip
import os
import time
import unittest
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::000000000000:role/firehose"


def client(service, **options):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], **options)


class Streams(unittest.TestCase):
    def setUp(self):
        self.kinesis = client("kinesis")
        self.stream = f"s-{uuid.uuid4().hex}"

    def create(self, shards):
        self.kinesis.create_stream(StreamName=self.stream, ShardCount=shards)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.stream, WaiterConfig={"Delay": 1})

    def assert_error(self, code, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def iterator(self, shard, kind, **more):
        return self.kinesis.get_shard_iterator(StreamName=self.stream, ShardId=shard, ShardIteratorType=kind, **more)["ShardIterator"]

    def data(self, iterator):
        return [record["Data"] for record in self.kinesis.get_records(ShardIterator=iterator)["Records"]]

    def test_every_record_comes_out_of_its_shard_in_order(self):
        self.create(3)
        sent = {}
        for batch in range(4):
            entries = [{"Data": f"{batch}-{number}".encode(), "PartitionKey": f"key {number % 17}"} for number in range(500)]
            answer = self.kinesis.put_records(StreamName=self.stream, Records=entries)
            self.assertEqual(answer["FailedRecordCount"], 0)
            for entry, result in zip(entries, answer["Records"]):
                sent.setdefault(result["ShardId"], []).append((result["SequenceNumber"], entry["Data"]))
        for shard, expected in sent.items():
            found, iterator = [], self.iterator(shard, "TRIM_HORIZON")
            while len(found) < len(expected):
                answer = self.kinesis.get_records(ShardIterator=iterator, Limit=700)
                found += [(record["SequenceNumber"], record["Data"]) for record in answer["Records"]]
                iterator = answer["NextShardIterator"]
            self.assertEqual(found, expected)
            self.assertEqual(answer["MillisBehindLatest"], 0)

    def test_iterators_of_all_kinds(self):
        self.create(1)
        shard = "shardId-000000000000"
        latest = self.iterator(shard, "LATEST")
        before = time.time()
        numbers = [self.kinesis.put_record(StreamName=self.stream, Data=str(n).encode(), PartitionKey="k")["SequenceNumber"] for n in range(3)]
        self.assertEqual(self.data(latest), [b"0", b"1", b"2"])
        self.assertEqual(self.data(self.iterator(shard, "AT_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[1])), [b"1", b"2"])
        self.assertEqual(self.data(self.iterator(shard, "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[1])), [b"2"])
        self.assertEqual(self.data(self.iterator(shard, "AT_TIMESTAMP", Timestamp=before - 1)), [b"0", b"1", b"2"])
        with self.assertRaises(self.kinesis.exceptions.InvalidArgumentException):
            self.iterator(shard, "AT_TIMESTAMP", Timestamp=before + 3600)

    def test_pages(self):
        self.create(5)
        answer = self.kinesis.list_shards(StreamName=self.stream, MaxResults=2)
        shards = answer["Shards"]
        while "NextToken" in answer:
            answer = self.kinesis.list_shards(NextToken=answer["NextToken"], MaxResults=2)
            shards += answer["Shards"]
        self.assertEqual(len(shards), 5)
        described = [shard for page in self.kinesis.get_paginator("describe_stream").paginate(StreamName=self.stream, PaginationConfig={"PageSize": 2}) for shard in page["StreamDescription"]["Shards"]]
        self.assertEqual(described, shards)
        names = [name for page in self.kinesis.get_paginator("list_streams").paginate(PaginationConfig={"PageSize": 1}) for name in page["StreamNames"]]
        self.assertIn(self.stream, names)

    def test_errors(self):
        self.assert_error("ResourceNotFoundException", self.kinesis.describe_stream, StreamName="none")
        self.create(1)
        self.assert_error("ResourceInUseException", self.kinesis.create_stream, StreamName=self.stream, ShardCount=1)
        self.assert_error("InvalidArgumentException", self.kinesis.get_records, ShardIterator="AAAA")
        self.assert_error(
            "ResourceNotFoundException", self.kinesis.get_shard_iterator, StreamName=self.stream, ShardId="shardId-000000000009", ShardIteratorType="LATEST"
        )
        self.assert_error("ValidationException", self.kinesis.put_record, StreamName=self.stream, Data=b"x", PartitionKey="k" * 257)
        self.assert_error("InvalidArgumentException", self.kinesis.put_record, StreamName=self.stream, Data=b"x" * (1 << 20 | 1), PartitionKey="k")

    def test_accounts_and_regions_do_not_see_each_other(self):
        self.create(1)
        self.assert_error("ResourceNotFoundException", client("kinesis", region_name="eu-west-1").describe_stream, StreamName=self.stream)
        other = client("kinesis", aws_access_key_id="111122223333", aws_secret_access_key="x")
        self.assert_error("ResourceNotFoundException", other.describe_stream, StreamName=self.stream)
        identity = client("sts", aws_access_key_id="111122223333", aws_secret_access_key="x").get_caller_identity()
        self.assertEqual(identity["Account"], "111122223333")

    def test_waiters(self):
        self.create(1)
        self.kinesis.delete_stream(StreamName=self.stream)
        self.kinesis.get_waiter("stream_not_exists").wait(StreamName=self.stream, WaiterConfig={"Delay": 1})
        self.assert_error("ResourceNotFoundException", self.kinesis.delete_stream, StreamName=self.stream)

    def test_a_delivery_stream_packs_a_data_stream_into_a_bucket(self):
        self.create(2)
        # Buffering for less than 60 seconds is newer than boto3 1.26, which would not send it.
        firehose, s3 = client("firehose", config=Config(parameter_validation=False)), client("s3")
        bucket = name = self.stream
        s3.create_bucket(Bucket=bucket)
        source = self.kinesis.describe_stream_summary(StreamName=self.stream)["StreamDescriptionSummary"]["StreamARN"]
        request = {
            "DeliveryStreamName": name,
            "DeliveryStreamType": "KinesisStreamAsSource",
            "KinesisStreamSourceConfiguration": {"KinesisStreamARN": source, "RoleARN": ROLE},
            "ExtendedS3DestinationConfiguration": {
                "BucketARN": f"arn:aws:s3:::{bucket}",
                "RoleARN": ROLE,
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                "CompressionFormat": "GZIP",
            },
        }
        firehose.create_delivery_stream(**request)
        self.assert_error("ResourceInUseException", firehose.create_delivery_stream, **request)
        self.wait(lambda: firehose.describe_delivery_stream(DeliveryStreamName=name)["DeliveryStreamDescription"]["DeliveryStreamStatus"] == "ACTIVE")
        # Such a delivery stream reads; nobody writes to it.
        self.assert_error("InvalidArgumentException", firehose.put_record, DeliveryStreamName=name, Record={"Data": b"x"})

        sent = [f"record {number}\n".encode() for number in range(400)]
        self.kinesis.put_records(StreamName=self.stream, Records=[{"Data": data, "PartitionKey": data.decode()} for data in sent])
        self.wait(lambda: len(self.delivered(s3, bucket)) >= len(sent))
        self.assertEqual(sorted(self.delivered(s3, bucket)), sorted(sent))

        firehose.delete_delivery_stream(DeliveryStreamName=name)
        self.wait(lambda: name not in firehose.list_delivery_streams(Limit=1000)["DeliveryStreamNames"])
        self.assert_error("ResourceNotFoundException", firehose.describe_delivery_stream, DeliveryStreamName=name)

    def delivered(self, s3, bucket):
        lines = []
        for found in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            self.assertRegex(found["Key"], r"^\d{4}/\d\d/\d\d/\d\d/.*\.gz$")
            lines += gzip.decompress(s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()).splitlines(keepends=True)
        return lines

    def wait(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()
