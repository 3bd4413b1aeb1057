"""Prints every record of a stream, from the oldest on, until Ctrl-C."""

import argparse

import lab
from polling import poll


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", required=True, help="the stream's name")
    parser.add_argument("--count", type=int, help="end after so many records")
    arguments = parser.parse_args()

    left = arguments.count
    for shard, records in poll(lab.client("kinesis"), arguments.stream):
        for record in records:
            print(f"{shard} {record['SequenceNumber']} {record['Data'].decode().rstrip()}", flush=True)
            if left is not None:
                left -= 1
                if left == 0:
                    return


if __name__ == "__main__":
    lab.run(main)
