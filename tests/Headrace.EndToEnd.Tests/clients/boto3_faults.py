"""What boto3 and its retries make of a server that rehearses failures: nothing is lost, and nothing is there twice."""

import os
import time
import unittest
import uuid

import boto3
from botocore.config import Config


class Faults(unittest.TestCase):
    def setUp(self):
        self.kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=Config(retries={"mode": "standard", "max_attempts": 12}))
        self.stream = f"f-{uuid.uuid4().hex}"
        self.kinesis.create_stream(StreamName=self.stream, ShardCount=2)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.stream, WaiterConfig={"Delay": 1})

    def stored(self):
        found = []
        for shard in self.kinesis.list_shards(StreamName=self.stream)["Shards"]:
            iterator = self.kinesis.get_shard_iterator(StreamName=self.stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            while True:
                answer = self.kinesis.get_records(ShardIterator=iterator)
                found += [record["Data"] for record in answer["Records"]]
                iterator = answer["NextShardIterator"]
                if answer["MillisBehindLatest"] == 0:
                    break
        return found

    def test_records_put_in_batches(self):
        sent = [f"record {number}".encode() for number in range(2000)]
        failed = 0
        for start in range(0, len(sent), 250):
            entries = [{"Data": data, "PartitionKey": data.decode()} for data in sent[start : start + 250]]
            deadline = time.monotonic() + 60
            while entries:
                self.assertLess(time.monotonic(), deadline)
                results = self.kinesis.put_records(StreamName=self.stream, Records=entries)["Records"]
                entries = [entry for entry, result in zip(entries, results) if "ErrorCode" in result]
                failed += len(entries)
        self.assertGreater(failed, 0)
        self.assertEqual(sorted(self.stored()), sorted(sent))

    def test_records_put_one_by_one(self):
        sent = [f"record {number}".encode() for number in range(60)]
        attempts = 0
        for data in sent:
            answer = self.kinesis.put_record(StreamName=self.stream, Data=data, PartitionKey=data.decode())
            attempts += answer["ResponseMetadata"]["RetryAttempts"]
        self.assertGreater(attempts, 0)
        self.assertEqual(sorted(self.stored()), sorted(sent))


if __name__ == "__main__":
    unittest.main()
