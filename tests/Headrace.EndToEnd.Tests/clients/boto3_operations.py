"""Calls every operation of Kinesis that this boto3 knows, at AWS_ENDPOINT_URL, and holds each answer to botocore's own model of it."""

import os
import time
import unittest
import uuid

import boto3
from botocore.validate import ParamValidator

SHARD = "shardId-000000000000"


class Operations(unittest.TestCase):
    def setUp(self):
        self.kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        self.called = set()
        self.kinesis.meta.events.register("after-call.kinesis", self.check)
        self.stream = f"o-{uuid.uuid4().hex}"

    def check(self, http_response, parsed, model, **_):
        """Required members and types of an answer; members that the model doesn't have never come so far."""
        if http_response.status_code != 200:
            return
        self.called.add(model.name)
        if model.output_shape is not None and not model.has_event_stream_output:
            answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
            faults = ParamValidator().validate(answer, model.output_shape).generate_report().splitlines()
            # AWS breaks the model's lengths and ranges itself: a stream without metrics has an empty list of them, a put without failures 0 of them.
            self.assertEqual([], [fault for fault in faults if not fault.startswith(("Invalid length", "Invalid value"))], model.name)

    def active(self):
        deadline = time.monotonic() + 60
        while self.summary()["StreamStatus"] != "ACTIVE":
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    def summary(self):
        return self.kinesis.describe_stream_summary(StreamName=self.stream)["StreamDescriptionSummary"]

    def test_every_operation(self):
        kinesis, stream = self.kinesis, {"StreamName": self.stream}
        kinesis.create_stream(ShardCount=1, **stream)
        self.active()
        arn = self.summary()["StreamARN"]

        kinesis.put_record(Data=b"one", PartitionKey="k", **stream)
        kinesis.put_records(Records=[{"Data": b"two", "PartitionKey": "k"}], **stream)
        iterator = kinesis.get_shard_iterator(ShardId=SHARD, ShardIteratorType="TRIM_HORIZON", **stream)["ShardIterator"]
        answer = kinesis.get_records(ShardIterator=iterator)
        self.assertEqual([record["Data"] for record in answer["Records"]], [b"one", b"two"])
        self.assertNotIn("EncryptionType", answer["Records"][0])

        consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="c")["Consumer"]["ConsumerARN"]
        while kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] != "ACTIVE":
            time.sleep(0.02)
        self.assertEqual([found["ConsumerARN"] for found in kinesis.list_stream_consumers(StreamARN=arn)["Consumers"]], [consumer])
        events = kinesis.subscribe_to_shard(ConsumerARN=consumer, ShardId=SHARD, StartingPosition={"Type": "TRIM_HORIZON"})["EventStream"]
        event = next(iter(events))["SubscribeToShardEvent"]
        self.assertEqual(event["Records"][0]["Data"], b"one")
        events.close()
        kinesis.deregister_stream_consumer(ConsumerARN=consumer)

        kinesis.add_tags_to_stream(Tags={"a": "b", "c": "d"}, **stream)
        kinesis.remove_tags_from_stream(TagKeys=["a"], **stream)
        self.assertEqual(kinesis.list_tags_for_stream(**stream)["Tags"], [{"Key": "c", "Value": "d"}])
        kinesis.increase_stream_retention_period(RetentionPeriodHours=48, **stream)
        self.active()
        kinesis.decrease_stream_retention_period(RetentionPeriodHours=24, **stream)
        self.active()
        kinesis.enable_enhanced_monitoring(ShardLevelMetrics=["ALL"], **stream)
        self.active()
        self.assertEqual(len(kinesis.disable_enhanced_monitoring(ShardLevelMetrics=["IncomingBytes"], **stream)["DesiredShardLevelMetrics"]), 6)
        self.active()
        kinesis.start_stream_encryption(EncryptionType="KMS", KeyId="alias/aws/kinesis", **stream)
        self.active()
        self.assertEqual(self.summary()["EncryptionType"], "KMS")
        kinesis.stop_stream_encryption(EncryptionType="KMS", KeyId="alias/aws/kinesis", **stream)
        self.active()

        kinesis.split_shard(ShardToSplit=SHARD, NewStartingHashKey=str(1 << 127), **stream)
        self.active()
        kinesis.merge_shards(ShardToMerge="shardId-000000000001", AdjacentShardToMerge="shardId-000000000002", **stream)
        self.active()
        scaled = kinesis.update_shard_count(TargetShardCount=2, ScalingType="UNIFORM_SCALING", **stream)
        self.assertEqual((scaled["CurrentShardCount"], scaled["TargetShardCount"]), (1, 2))
        self.active()
        self.assertEqual(len(kinesis.list_shards(**stream)["Shards"]), 6)
        description = kinesis.describe_stream(**stream)["StreamDescription"]
        self.assertEqual((len(description["Shards"]), description["HasMoreShards"]), (6, False))
        kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails={"StreamMode": "ON_DEMAND"})
        self.active()
        self.assertIn(self.stream, kinesis.list_streams(Limit=10000)["StreamNames"])
        self.assertGreater(kinesis.describe_limits()["OpenShardCount"], 0)
        kinesis.delete_stream(EnforceConsumerDeletion=True, **stream)

        self.assertEqual(self.called, set(kinesis.meta.service_model.operation_names))
        print("called:", *sorted(self.called))


if __name__ == "__main__":
    unittest.main()
