"""The lab's names, and clients for its services.

With AWS_ENDPOINT_URL set, every client talks to that address (Headrace); without it, to AWS.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import boto3
from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError

PREFIX = "de-c2w2lab1"
CLI_STREAM = f"{PREFIX}-kinesis-data-stream-cli"
SOURCE_STREAM = f"{PREFIX}-kinesis-data-stream"
ROLE = f"{PREFIX}-firehose-role"


@dataclass(frozen=True)
class Side:
    """Where the sessions of one group of countries go: a stream, the delivery stream that empties it, a bucket."""

    stream: str
    delivery_stream: str
    bucket: str


def client(service: str) -> BaseClient:
    """A client for "kinesis", "firehose", "s3" or "sts"."""
    return boto3.client(service, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))


def run(main: Callable[[], None]) -> None:
    """Runs a script: what AWS refuses ends it with one line, Ctrl-C without any."""
    try:
        main()
    except (BotoCoreError, ClientError) as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


def account_id() -> str:
    return client("sts").get_caller_identity()["Account"]


def sides(account: str) -> dict[str, Side]:
    """Both destinations, by what the ETL calls them."""
    return {
        "USA": Side(f"{PREFIX}-usa-data-stream", f"{PREFIX}-firehose-usa", f"{PREFIX}-{account}-usa"),
        "International": Side(f"{PREFIX}-international-data-stream", f"{PREFIX}-firehose-international", f"{PREFIX}-{account}-int"),
    }
