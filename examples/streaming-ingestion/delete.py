"""Deletes what create.py created, with everything in the buckets. What is gone already is no mistake."""

import time
from contextlib import suppress

from botocore.client import BaseClient

import lab


def delete_delivery_stream(firehose: BaseClient, name: str) -> None:
    """Deletes it and waits until it is gone: until then it may still write to its bucket."""
    with suppress(firehose.exceptions.ResourceNotFoundException):
        firehose.delete_delivery_stream(DeliveryStreamName=name)
        while True:
            firehose.describe_delivery_stream(DeliveryStreamName=name)
            time.sleep(1)
    print(f"no delivery stream  {name}")


def delete_stream(kinesis: BaseClient, name: str) -> None:
    with suppress(kinesis.exceptions.ResourceNotFoundException):
        kinesis.delete_stream(StreamName=name)
        kinesis.get_waiter("stream_not_exists").wait(StreamName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    print(f"no stream           {name}")


def delete_bucket(s3: BaseClient, name: str) -> None:
    with suppress(s3.exceptions.NoSuchBucket):
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
            keys = [{"Key": found["Key"]} for found in page.get("Contents", [])]
            if keys:
                s3.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
        s3.delete_bucket(Bucket=name)
    print(f"no bucket           {name}")


def main() -> None:
    kinesis, s3, firehose = lab.client("kinesis"), lab.client("s3"), lab.client("firehose")
    sides = lab.sides(lab.account_id()).values()
    for side in sides:
        delete_delivery_stream(firehose, side.delivery_stream)
        delete_bucket(s3, side.bucket)
    for stream in (lab.CLI_STREAM, lab.SOURCE_STREAM, *(side.stream for side in sides)):
        delete_stream(kinesis, stream)


if __name__ == "__main__":
    lab.run(main)
