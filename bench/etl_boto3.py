"""The lab's way: one loop over the shards, and for each record json, the transform and a PutRecord."""

import argparse
import json
from datetime import datetime, timezone

import boto3


def transform(session):
    products = session["browse_history"]
    return {
        **session,
        "processing_timestamp": datetime.now(timezone.utc).isoformat(),
        "overall_product_quantity": sum(int(product["quantity"]) for product in products),
        "overall_in_shopping_cart": sum(int(product["quantity"]) for product in products if product["in_shopping_cart"]),
        "total_different_products": len(products),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--endpoint-url", "--source", "--usa", "--international"):
        parser.add_argument(name, required=True)
    parser.add_argument("--count", type=int, required=True)
    arguments = parser.parse_args()
    kinesis = boto3.client(
        "kinesis", endpoint_url=arguments.endpoint_url, region_name="us-east-1", aws_access_key_id="bench", aws_secret_access_key="bench")
    shards = kinesis.list_shards(StreamName=arguments.source)["Shards"]
    iterators = [
        kinesis.get_shard_iterator(StreamName=arguments.source, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        for shard in shards
    ]
    left = arguments.count
    while left > 0:
        for index, iterator in enumerate(iterators):
            page = kinesis.get_records(ShardIterator=iterator, Limit=min(1000, left) or 1)
            iterators[index] = page["NextShardIterator"]
            for record in page["Records"][:left]:
                session = transform(json.loads(record["Data"]))
                kinesis.put_record(
                    StreamName=arguments.usa if session["country"] == "USA" else arguments.international,
                    Data=json.dumps(session).encode(),
                    PartitionKey=session["session_id"],
                )
                left -= 1


if __name__ == "__main__":
    main()
