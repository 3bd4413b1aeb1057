"""Puts one record into a stream; its session_id is the partition key."""

import argparse
import json

import lab


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", required=True, help="the stream's name")
    parser.add_argument("--json_string", required=True, help="the record, a JSON object")
    arguments = parser.parse_args()

    try:
        session = json.loads(arguments.json_string)
        key = session["session_id"]
    except (json.JSONDecodeError, TypeError, KeyError) as reason:
        parser.error(f"--json_string must be a JSON object with a session_id: {reason}")
    answer = lab.client("kinesis").put_record(
        StreamName=arguments.stream, Data=json.dumps(session).encode(), PartitionKey=key
    )
    print(f"{answer['ShardId']} {answer['SequenceNumber']}")


if __name__ == "__main__":
    lab.run(main)
