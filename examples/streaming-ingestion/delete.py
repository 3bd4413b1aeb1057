"""Deletes what create.py created, with everything in the buckets."""

from botocore.client import BaseClient

import lab


def empty_bucket(s3: BaseClient, bucket: str) -> None:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        keys = [{"Key": found["Key"]} for found in page.get("Contents", [])]
        if keys:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})


def main() -> None:
    kinesis, s3, firehose = lab.client("kinesis"), lab.client("s3"), lab.client("firehose")
    for side in lab.sides(lab.account_id()).values():
        firehose.delete_delivery_stream(DeliveryStreamName=side.delivery_stream)
        kinesis.delete_stream(StreamName=side.stream)
        empty_bucket(s3, side.bucket)
        s3.delete_bucket(Bucket=side.bucket)
    for stream in (lab.SOURCE_STREAM, lab.CLI_STREAM):
        kinesis.delete_stream(StreamName=stream)


if __name__ == "__main__":
    main()
