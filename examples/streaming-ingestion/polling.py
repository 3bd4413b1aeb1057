"""Reads a stream from its oldest record on, shard by shard, and goes on for as long as it is asked to."""

import time
from collections.abc import Iterator
from typing import Any

from botocore.client import BaseClient

# A shard gives at most five reads a second.
PAUSE_SECONDS = 0.25


def poll(kinesis: BaseClient, stream: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yields each shard's id with the records that it gave, also when it gave none; ends when every shard has ended."""
    iterators = {shard: first_iterator(kinesis, stream, shard) for shard in shard_ids(kinesis, stream)}
    while iterators:
        for shard, iterator in list(iterators.items()):
            answer = kinesis.get_records(ShardIterator=iterator, Limit=1000)
            following = answer.get("NextShardIterator")
            if following is None:
                # The shard was split or merged, and this was the last of it.
                del iterators[shard]
                for child in answer.get("ChildShards", []):
                    iterators.setdefault(child["ShardId"], first_iterator(kinesis, stream, child["ShardId"]))
            else:
                iterators[shard] = following
            yield shard, answer["Records"]
        time.sleep(PAUSE_SECONDS)


def shard_ids(kinesis: BaseClient, stream: str) -> list[str]:
    # boto3's own paginator asks for the second page by name and token, which Kinesis refuses.
    answer = kinesis.list_shards(StreamName=stream)
    shards = answer["Shards"]
    while "NextToken" in answer:
        answer = kinesis.list_shards(NextToken=answer["NextToken"])
        shards += answer["Shards"]
    return [shard["ShardId"] for shard in shards]


def first_iterator(kinesis: BaseClient, stream: str, shard: str) -> str:
    answer = kinesis.get_shard_iterator(StreamName=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return answer["ShardIterator"]
