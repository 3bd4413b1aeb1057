"""Creates the lab's streams, buckets and delivery streams, and waits until all are active. What is there already stays."""

import time
from contextlib import suppress

from botocore.client import BaseClient

import lab


def create_stream(kinesis: BaseClient, name: str, shards: int) -> None:
    with suppress(kinesis.exceptions.ResourceInUseException):
        kinesis.create_stream(StreamName=name, ShardCount=shards)
    kinesis.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    print(f"stream           {name}")


def create_bucket(s3: BaseClient, name: str) -> None:
    region = s3.meta.region_name
    # The first region is the default, and must not be named.
    options = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=name, **options)
    print(f"bucket           {name}")


def create_delivery_stream(firehose: BaseClient, side: lab.Side, account: str) -> None:
    """Delivers a data stream into a bucket: an object for every 1 MiB or 60 s, whichever comes first."""
    role = f"arn:aws:iam::{account}:role/{lab.ROLE}"
    region = firehose.meta.region_name
    with suppress(firehose.exceptions.ResourceInUseException):
        firehose.create_delivery_stream(
            DeliveryStreamName=side.delivery_stream,
            DeliveryStreamType="KinesisStreamAsSource",
            KinesisStreamSourceConfiguration={
                "KinesisStreamARN": f"arn:aws:kinesis:{region}:{account}:stream/{side.stream}",
                "RoleARN": role,
            },
            ExtendedS3DestinationConfiguration={
                "BucketARN": f"arn:aws:s3:::{side.bucket}",
                "RoleARN": role,
                "Prefix": "firehose/",
                "ErrorOutputPrefix": "errors/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
                "CompressionFormat": "UNCOMPRESSED",
            },
        )
    while delivery_status(firehose, side) != "ACTIVE":
        time.sleep(1)
    print(f"delivery stream  {side.delivery_stream}")


def delivery_status(firehose: BaseClient, side: lab.Side) -> str:
    answer = firehose.describe_delivery_stream(DeliveryStreamName=side.delivery_stream)
    return answer["DeliveryStreamDescription"]["DeliveryStreamStatus"]


def main() -> None:
    account = lab.account_id()
    kinesis, s3, firehose = lab.client("kinesis"), lab.client("s3"), lab.client("firehose")
    create_stream(kinesis, lab.CLI_STREAM, 1)
    create_stream(kinesis, lab.SOURCE_STREAM, 2)
    for side in lab.sides(account).values():
        create_stream(kinesis, side.stream, 2)
        create_bucket(s3, side.bucket)
        create_delivery_stream(firehose, side, account)


if __name__ == "__main__":
    lab.run(main)
