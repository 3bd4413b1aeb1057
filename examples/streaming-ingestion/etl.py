"""The lab's ETL: reads user sessions, adds their totals, and sends each to the stream of its country's side."""

import argparse
import json
from datetime import datetime, timezone
from typing import Any

from botocore.client import BaseClient

import lab
from polling import poll


def transform(session: dict[str, Any]) -> dict[str, Any]:
    products = session["browse_history"]
    return {
        **session,
        "processing_timestamp": datetime.now(timezone.utc).isoformat(),
        "overall_product_quantity": sum(int(product["quantity"]) for product in products),
        "overall_in_shopping_cart": sum(int(product["quantity"]) for product in products if product["in_shopping_cart"]),
        "total_different_products": len(products),
    }


def side_of(session: dict[str, Any]) -> str:
    return "USA" if session["country"] == "USA" else "International"


def send(kinesis: BaseClient, data: bytes, streams: dict[str, str]) -> None:
    session = transform(json.loads(data))
    kinesis.put_record(
        StreamName=streams[side_of(session)],
        # A line for each record: delivery puts them one behind the other into an object.
        Data=(json.dumps(session) + "\n").encode(),
        PartitionKey=session["session_id"],
    )


def destinations(text: str) -> dict[str, str]:
    try:
        streams = json.loads(text)
        return {side: streams[side] for side in ("USA", "International")}
    except (json.JSONDecodeError, TypeError, KeyError) as reason:
        raise argparse.ArgumentTypeError(f"""must be like '{{"USA": "a stream", "International": "a stream"}}': {reason}""") from reason


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source_stream", required=True, help="the stream to read")
    parser.add_argument("--dest_streams", required=True, type=destinations, help='{"USA": "a stream", "International": "a stream"}')
    parser.add_argument("--count", type=int, help="end after so many records")
    arguments = parser.parse_args()

    kinesis = lab.client("kinesis")
    done = 0
    for _, records in poll(kinesis, arguments.source_stream):
        for record in records:
            send(kinesis, record["Data"], arguments.dest_streams)
        done += len(records)
        if records:
            print(f"{done} sessions processed", flush=True)
        if arguments.count is not None and done >= arguments.count:
            return


if __name__ == "__main__":
    lab.run(main)
