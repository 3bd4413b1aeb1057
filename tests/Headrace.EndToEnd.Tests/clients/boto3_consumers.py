"""What boto3 does with registered consumers, each case against the server at AWS_ENDPOINT_URL. SubscribeToShard comes over HTTP/1.1."""

import os
import time
import unittest
import uuid

import boto3
from botocore.exceptions import ClientError

SHARD = "shardId-000000000000"


class Consumers(unittest.TestCase):
    def setUp(self):
        self.kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        self.stream = f"c-{uuid.uuid4().hex}"
        self.kinesis.create_stream(StreamName=self.stream, ShardCount=1)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.stream, WaiterConfig={"Delay": 1})
        self.arn = self.kinesis.describe_stream_summary(StreamName=self.stream)["StreamDescriptionSummary"]["StreamARN"]

    def wait(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    def register(self, name):
        arn = self.kinesis.register_stream_consumer(StreamARN=self.arn, ConsumerName=name)["Consumer"]["ConsumerARN"]
        self.wait(lambda: self.kinesis.describe_stream_consumer(ConsumerARN=arn)["ConsumerDescription"]["ConsumerStatus"] == "ACTIVE")
        return arn

    def put(self, *records):
        return [self.kinesis.put_record(StreamName=self.stream, Data=record, PartitionKey="k")["SequenceNumber"] for record in records]

    def subscribe(self, arn, **position):
        return self.kinesis.subscribe_to_shard(ConsumerARN=arn, ShardId=SHARD, StartingPosition=position)["EventStream"]

    def take(self, events, count):
        """So many records, and the number of the last event."""
        found = []
        for event in events:
            event = event["SubscribeToShardEvent"]
            found += [(record["Data"], record["SequenceNumber"]) for record in event["Records"]]
            if len(found) >= count:
                return found, event["ContinuationSequenceNumber"]
        self.fail(f"the stream ended after {len(found)} records")

    def test_consumers_come_and_go(self):
        arns = {name: self.register(name) for name in ("a", "b", "c")}
        pages = list(self.kinesis.get_paginator("list_stream_consumers").paginate(StreamARN=self.arn, PaginationConfig={"PageSize": 2}))
        self.assertEqual([[found["ConsumerName"] for found in page["Consumers"]] for page in pages], [["a", "b"], ["c"]])
        with self.assertRaises(self.kinesis.exceptions.ResourceInUseException):
            self.kinesis.delete_stream(StreamName=self.stream)
        self.kinesis.deregister_stream_consumer(StreamARN=self.arn, ConsumerName="a")
        self.wait(lambda: self.kinesis.describe_stream_summary(StreamName=self.stream)["StreamDescriptionSummary"]["ConsumerCount"] == 2)
        with self.assertRaises(self.kinesis.exceptions.ResourceNotFoundException):
            self.kinesis.describe_stream_consumer(ConsumerARN=arns["a"])
        self.kinesis.delete_stream(StreamName=self.stream, EnforceConsumerDeletion=True)

    def test_records_are_pushed_and_a_subscription_goes_on_where_another_ended(self):
        first, second = self.register("first"), self.register("second")
        numbers = self.put(b"0", b"1")
        events = self.subscribe(first, Type="TRIM_HORIZON")
        found, _ = self.take(events, 2)
        self.assertEqual(found, [(b"0", numbers[0]), (b"1", numbers[1])])
        numbers += self.put(b"2", b"\x00\xff")
        found, continuation = self.take(events, 2)
        self.assertEqual(found, [(b"2", numbers[2]), (b"\x00\xff", numbers[3])])
        events.close()
        numbers += self.put(b"4")
        found, _ = self.take(self.subscribe(second, Type="AFTER_SEQUENCE_NUMBER", SequenceNumber=continuation), 1)
        self.assertEqual(found, [(b"4", numbers[4])])

    def test_positions(self):
        numbers = self.put(b"0", b"1", b"2")
        latest = self.subscribe(self.register("latest"), Type="LATEST")
        for position, expected in (
            ({"Type": "TRIM_HORIZON"}, [b"0", b"1", b"2"]),
            ({"Type": "AT_SEQUENCE_NUMBER", "SequenceNumber": numbers[1]}, [b"1", b"2"]),
            ({"Type": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": numbers[1]}, [b"2"]),
            ({"Type": "AT_TIMESTAMP", "Timestamp": time.time() - 600}, [b"0", b"1", b"2"]),
        ):
            found, _ = self.take(self.subscribe(self.register(position["Type"]), **position), len(expected))
            self.assertEqual([data for data, _ in found], expected)
        self.put(b"3")
        self.assertEqual([data for data, _ in self.take(latest, 1)[0]], [b"3"])

    def test_a_second_subscription_takes_over_after_five_seconds(self):
        arn = self.register("one")
        first = self.subscribe(arn, Type="LATEST")
        with self.assertRaises(self.kinesis.exceptions.ResourceInUseException):
            self.subscribe(arn, Type="LATEST")
        again = []

        def taken_over():
            try:
                again.append(self.subscribe(arn, Type="LATEST"))
                return True
            except self.kinesis.exceptions.ResourceInUseException:
                return False

        self.wait(taken_over)
        with self.assertRaises(ClientError) as caught:
            for event in first:
                self.assertEqual(event["SubscribeToShardEvent"]["Records"], [])
        self.assertEqual(caught.exception.response["Error"]["Code"], "ResourceInUseException")
        self.put(b"x")
        self.assertEqual(self.take(again[0], 1)[0][0][0], b"x")

    def test_the_shards_end_names_its_children(self):
        events = self.subscribe(self.register("one"), Type="TRIM_HORIZON")
        self.put(b"last")
        self.take(events, 1)
        self.kinesis.split_shard(StreamName=self.stream, ShardToSplit=SHARD, NewStartingHashKey=str(1 << 127))
        rest = [event["SubscribeToShardEvent"] for event in events]
        self.assertEqual([child["ShardId"] for child in rest[-1]["ChildShards"]], ["shardId-000000000001", "shardId-000000000002"])
        self.assertEqual(rest[-1]["ChildShards"][0]["ParentShards"], [SHARD])


if __name__ == "__main__":
    unittest.main()
