"""What boto3 does with every operation and option of Firehose, against the server at AWS_ENDPOINT_URL."""

import base64
import gzip
import http.server
import io
import json
import os
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import uuid

import boto3
import snappy
from botocore.config import Config
from botocore.exceptions import ClientError
from snappy import hadoop_snappy

ROLE = "arn:aws:iam::000000000000:role/firehose"
DESTINATION = "destinationId-000000000001"


def client(service, **options):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], **options)


def unpack_snappy_java(data):
    """snappy-java's stream: a header of 16 bytes, then blocks with their lengths before them."""
    assert data[:8] == b"\x82SNAPPY\x00" and struct.unpack(">ii", data[8:16]) == (1, 1)
    plain, at = b"", 16
    while at < len(data):
        (length,) = struct.unpack(">i", data[at:at + 4])
        plain += snappy.decompress(data[at + 4:at + 4 + length])
        at += 4 + length
    return plain


def unpack_hadoop_snappy(data):
    plain = io.BytesIO()
    hadoop_snappy.stream_decompress(io.BytesIO(data), plain)
    return plain.getvalue()


def unpack_zip(data):
    with tempfile.NamedTemporaryFile(suffix=".zip") as archive:
        archive.write(data)
        archive.flush()
        subprocess.run(["unzip", "-tq", archive.name], check=True, stdout=subprocess.DEVNULL)
        return subprocess.run(["unzip", "-p", archive.name], check=True, stdout=subprocess.PIPE).stdout


READERS = {
    "UNCOMPRESSED": (None, lambda data: data, ""),
    "GZIP": ("gzip", gzip.decompress, ".gz"),
    "ZIP": ("zip", unpack_zip, ".zip"),
    "Snappy": ("snappy-java", unpack_snappy_java, ".snappy"),
    "HADOOP_SNAPPY": ("hadoop-snappy", unpack_hadoop_snappy, ".snappy"),
}


class Firehose(unittest.TestCase):
    def setUp(self):
        # Buffering for less than 60 seconds is newer than boto3 1.26, which would not send it.
        self.firehose, self.s3 = client("firehose", config=Config(parameter_validation=False)), client("s3")
        self.name = f"f-{uuid.uuid4().hex}"
        self.s3.create_bucket(Bucket=self.name)

    def create(self, tags=None, **options):
        destination = {"RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}", "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}, **options}
        request = {"DeliveryStreamName": self.name, "ExtendedS3DestinationConfiguration": destination}
        if tags:
            request["Tags"] = tags
        self.firehose.create_delivery_stream(**request)
        self.wait(lambda: self.describe()["DeliveryStreamStatus"] == "ACTIVE")

    def describe(self):
        return self.firehose.describe_delivery_stream(DeliveryStreamName=self.name)["DeliveryStreamDescription"]

    def extended(self):
        return self.describe()["Destinations"][0]["ExtendedS3DestinationDescription"]

    def put(self, *records):
        answer = self.firehose.put_record_batch(DeliveryStreamName=self.name, Records=[{"Data": record} for record in records])
        self.assertEqual(answer["FailedPutCount"], 0)

    def objects(self, prefix=""):
        found = self.s3.list_objects_v2(Bucket=self.name, Prefix=prefix).get("Contents", [])
        return {item["Key"]: self.s3.get_object(Bucket=self.name, Key=item["Key"]) for item in found}

    def wait(self, condition):
        until = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), until, "not in time")
            time.sleep(0.05)

    def assert_error(self, code, message, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        self.assertIn(message, caught.exception.response["Error"]["Message"])

    def test_every_compression_is_read_by_other_tools(self):
        # More than one block of each format, and not all of it compressible.
        records = [os.urandom(50_000) + b"a" * 50_000 for _ in range(7)]
        self.create(BufferingHints={"SizeInMBs": 5, "IntervalInSeconds": 1})
        for version, (compression, (encoding, unpack, extension)) in enumerate(READERS.items(), start=1):
            self.firehose.update_destination(
                DeliveryStreamName=self.name, CurrentDeliveryStreamVersionId=str(version), DestinationId=DESTINATION,
                ExtendedS3DestinationUpdate={"CompressionFormat": compression, "Prefix": f"{compression}/"})
            self.put(*records)
            self.wait(lambda: len(self.objects(f"{compression}/")) == 1)
            ((key, found),) = self.objects(f"{compression}/").items()
            self.assertRegex(key, rf"^{compression}/\d{{4}}/\d\d/\d\d/\d\d/{self.name}-{version + 1}-[0-9-]{{19}}-[0-9a-f-]{{36}}{extension}$")
            self.assertEqual(found.get("ContentEncoding"), encoding)
            self.assertEqual(found["ContentType"], "application/octet-stream")
            self.assertEqual(unpack(found["Body"].read()), b"".join(records))

    def test_records_are_partitioned_and_failed_ones_kept(self):
        self.create(
            BufferingHints={"SizeInMBs": 64, "IntervalInSeconds": 1},
            Prefix="data/country=!{partitionKeyFromQuery:country}/!{timestamp:yyyy}/",
            ErrorOutputPrefix="errors/!{firehose:error-output-type}/",
            DynamicPartitioningConfiguration={"Enabled": True},
            ProcessingConfiguration={"Enabled": True, "Processors": [
                {"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
                {"Type": "MetadataExtraction", "Parameters": [
                    {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{country: .country}"},
                    {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
                {"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "Delimiter", "ParameterValue": "\\n"}]}]})
        self.put(b'{"country":"CH","n":1}{"country":"DE","n":2}', b'{"country":"CH","n":3}', b"broken")
        self.wait(lambda: len(self.objects()) == 3)
        swiss = b"".join(found["Body"].read() for found in self.objects("data/country=CH/2").values())
        self.assertEqual(swiss, b'{"country":"CH","n":1}\n{"country":"CH","n":3}\n')
        ((_, failed),) = self.objects("errors/processing-failed/").items()
        line = json.loads(failed["Body"].read())
        self.assertEqual(base64.b64decode(line["rawData"]), b"broken")
        self.assertEqual(line["attemptsMade"], 1)

    def test_records_become_parquet_by_a_table_of_glue(self):
        glue = client("glue")
        glue.create_database(DatabaseInput={"Name": self.name})
        glue.create_table(DatabaseName=self.name, TableInput={"Name": "users", "StorageDescriptor": {"Columns": [
            {"Name": "id", "Type": "int"}, {"Name": "tags", "Type": "map<string,array<double>>"}]}})
        self.assertEqual(glue.get_table(DatabaseName=self.name, Name="users")["Table"]["VersionId"], "0")
        self.create(
            BufferingHints={"SizeInMBs": 64, "IntervalInSeconds": 0}, Prefix="rows/", ErrorOutputPrefix="errors/",
            DataFormatConversionConfiguration={
                "Enabled": True,
                "SchemaConfiguration": {"RoleARN": ROLE, "DatabaseName": self.name, "TableName": "users", "VersionId": "LATEST"},
                "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
                "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"Compression": "GZIP"}}}})
        self.put(b'{"id":1,"tags":{"a":[1.5]}}', b'{"id":"x"}')
        self.wait(lambda: len(self.objects()) == 2)
        ((key, rows),) = self.objects("rows/").items()
        self.assertTrue(key.endswith(".parquet"))
        file = rows["Body"].read()
        self.assertEqual((file[:4], file[-4:]), (b"PAR1", b"PAR1"))
        ((_, failed),) = self.objects("errors/").items()
        line = json.loads(failed["Body"].read())
        self.assertEqual(line["lastErrorCode"], "DataFormatConversion.MalformedData")
        self.assertEqual(line["dataCatalogTable"]["tableName"], "users")

    def test_errors_are_in_the_logs(self):
        logs, group = client("logs"), f"/errors/{self.name}"
        self.create(CloudWatchLoggingOptions={"Enabled": True, "LogGroupName": group, "LogStreamName": "s"}, BucketARN="arn:aws:s3:::no-such-bucket-at-all")
        self.put(b"one")
        self.wait(lambda: logs.filter_log_events(logGroupName=group)["events"])
        (event, *_) = logs.get_log_events(logGroupName=group, logStreamName="s", startFromHead=True)["events"]
        self.assertEqual(json.loads(event["message"])["errorCode"], "S3.NoSuchBucket")
        self.assertEqual([found["logGroupName"] for found in logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]], [group])
        self.assertEqual([found["logStreamName"] for found in logs.describe_log_streams(logGroupName=group)["logStreams"]], ["s"])

    def test_records_are_sent_to_a_web_service(self):
        taken = []

        class Service(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                request = json.loads(gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))))
                taken.append((self.headers["X-Amz-Firehose-Access-Key"], [base64.b64decode(record["data"]) for record in request["records"]]))
                answer = json.dumps({"requestId": self.headers["X-Amz-Firehose-Request-Id"], "timestamp": 1}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=service.serve_forever, daemon=True).start()
        self.addCleanup(service.server_close)
        self.addCleanup(service.shutdown)
        self.firehose.create_delivery_stream(DeliveryStreamName=self.name, HttpEndpointDestinationConfiguration={
            "EndpointConfiguration": {"Url": f"http://127.0.0.1:{service.server_port}/", "AccessKey": "key"},
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
            "RequestConfiguration": {"ContentEncoding": "GZIP"},
            "S3Configuration": {"RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}"}})
        self.wait(lambda: self.describe()["DeliveryStreamStatus"] == "ACTIVE")
        self.put(b"one", b"two")
        self.wait(lambda: taken)
        self.assertEqual(taken, [("key", [b"one", b"two"])])
        described = self.describe()["Destinations"][0]["HttpEndpointDestinationDescription"]
        self.assertNotIn("AccessKey", described["EndpointConfiguration"])
        self.assertEqual(described["S3BackupMode"], "FailedDataOnly")

    def test_what_came_is_backed_up(self):
        self.create(
            Prefix="made/",
            ProcessingConfiguration={"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
            S3BackupMode="Enabled",
            S3BackupConfiguration={"RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}", "Prefix": "raw/", "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}})
        self.put(b"one")
        self.wait(lambda: len(self.objects()) == 2)
        self.assertEqual([found["Body"].read() for found in self.objects("raw/").values()], [b"one"])
        self.assertEqual([found["Body"].read() for found in self.objects("made/").values()], [b"one\n"])

    def test_descriptions_show_the_defaults(self):
        self.create(BufferingHints={})
        described = self.describe()
        self.assertEqual(described["DeliveryStreamEncryptionConfiguration"], {"Status": "DISABLED"})
        self.assertNotIn("LastUpdateTimestamp", described)
        common = {
            "RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}", "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300},
            "CompressionFormat": "UNCOMPRESSED", "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"}, "CloudWatchLoggingOptions": {"Enabled": False}}
        self.assertEqual(described["Destinations"][0]["S3DestinationDescription"], common)
        self.assertEqual(described["Destinations"][0]["ExtendedS3DestinationDescription"], {
            **common, "ProcessingConfiguration": {"Enabled": False, "Processors": []}, "S3BackupMode": "Disabled",
            "DataFormatConversionConfiguration": {"Enabled": False}})

    def test_updates_have_versions(self):
        self.create()
        update = dict(DeliveryStreamName=self.name, DestinationId=DESTINATION, ExtendedS3DestinationUpdate={"Prefix": "p/"})
        self.assert_error("ConcurrentModificationException", "do not match", self.firehose.update_destination, CurrentDeliveryStreamVersionId="7", **update)
        self.firehose.update_destination(CurrentDeliveryStreamVersionId="1", **update)
        self.assertEqual(self.extended()["Prefix"], "p/")
        self.assertEqual(self.describe()["VersionId"], "2")
        self.assertIn("LastUpdateTimestamp", self.describe())
        self.assert_error(
            "InvalidArgumentException", "ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
            self.firehose.update_destination, CurrentDeliveryStreamVersionId="2", **{**update, "ExtendedS3DestinationUpdate": {"Prefix": "!{timestamp:yyyy}/"}})

    def test_encryption_starts_and_stops(self):
        self.create()
        self.firehose.start_delivery_stream_encryption(DeliveryStreamName=self.name, DeliveryStreamEncryptionConfigurationInput={"KeyType": "AWS_OWNED_CMK"})
        self.wait(lambda: self.describe()["DeliveryStreamEncryptionConfiguration"] == {"KeyType": "AWS_OWNED_CMK", "Status": "ENABLED"})
        self.assertTrue(self.firehose.put_record(DeliveryStreamName=self.name, Record={"Data": b"x"})["Encrypted"])
        self.firehose.stop_delivery_stream_encryption(DeliveryStreamName=self.name)
        self.wait(lambda: self.describe()["DeliveryStreamEncryptionConfiguration"] == {"Status": "DISABLED"})

    def test_tags_come_in_their_order_and_in_pages(self):
        tags = [{"Key": f"{n}_k", "Value": f"{n}_v"} for n in range(1, 51)]
        self.create(tags=tags)
        listed = self.firehose.list_tags_for_delivery_stream
        self.assertEqual(listed(DeliveryStreamName=self.name)["Tags"], tags)
        page = listed(DeliveryStreamName=self.name, ExclusiveStartTagKey="30_k", Limit=10)
        self.assertEqual((page["Tags"], page["HasMoreTags"]), (tags[30:40], True))
        self.assertEqual(listed(DeliveryStreamName=self.name, ExclusiveStartTagKey="foo")["Tags"], tags)
        self.assert_error("LimitExceededException", "", self.firehose.tag_delivery_stream, DeliveryStreamName=self.name, Tags=[{"Key": "more"}])
        self.firehose.untag_delivery_stream(DeliveryStreamName=self.name, TagKeys=[tag["Key"] for tag in tags])
        self.assertEqual(listed(DeliveryStreamName=self.name)["Tags"], [])

    def test_constraints_are_told_as_the_service_tells_them(self):
        self.assert_error(
            "ValidationException",
            "4 validation errors detected: Value at 'splunkDestinationConfiguration.s3Configuration' failed to satisfy constraint: Member must not be null; "
            "Value at 'splunkDestinationConfiguration.hECEndpoint' failed to satisfy constraint: Member must not be null; "
            "Value at 'splunkDestinationConfiguration.hECEndpointType' failed to satisfy constraint: Member must satisfy enum value set: [Raw, Event]; "
            "Value 'a b' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
            self.firehose.create_delivery_stream, DeliveryStreamName="a b", SplunkDestinationConfiguration={"HECEndpointType": "Other"})
        self.create()
        self.assert_error(
            "ValidationException", "Value at 'splunkDestinationUpdate.hECAcknowledgmentTimeoutInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 180",
            self.firehose.update_destination, DeliveryStreamName=self.name, CurrentDeliveryStreamVersionId="1", DestinationId=DESTINATION,
            SplunkDestinationUpdate={"HECAcknowledgmentTimeoutInSeconds": 1})
        self.assert_error(
            "InvalidArgumentException", "SplunkDestinationUpdate is not supported", self.firehose.update_destination,
            DeliveryStreamName=self.name, CurrentDeliveryStreamVersionId="1", DestinationId=DESTINATION, SplunkDestinationUpdate={"HECToken": "t"})

    def test_small_objects_become_large_ones_where_a_tag_asks_for_it(self):
        size = 60_000
        self.create(tags=[{"Key": "headrace:compaction", "Value": "1MB"}, {"Key": "headrace:compaction-after", "Value": "1s"}])
        for version, (compression, (encoding, unpack, extension)) in enumerate(READERS.items(), start=1):
            self.firehose.update_destination(
                DeliveryStreamName=self.name, CurrentDeliveryStreamVersionId=str(version), DestinationId=DESTINATION,
                ExtendedS3DestinationUpdate={"CompressionFormat": compression, "Prefix": f"{compression}/"})
            for n in range(6):
                self.put(bytes([n]) + os.urandom(size // 2) + b"a" * (size // 2 - 1))

            def merged():
                try:
                    found = self.objects(f"{compression}/")
                except self.s3.exceptions.NoSuchKey:
                    return False
                plain = [unpack(item["Body"].read()) for item in found.values()]
                numbers = [list(each[::size]) for each in plain]
                self.assertTrue(all(each == sorted(set(each)) for each in numbers))
                self.assertTrue(all(item.get("ContentEncoding") == encoding and key.endswith(extension) for key, item in found.items()))
                return sorted(sum(numbers, [])) == list(range(6)) and any(len(each) > 1 for each in numbers)

            self.wait(merged)

    def test_a_compaction_that_there_can_t_be_is_refused(self):
        self.create()
        tag, wanted = self.firehose.tag_delivery_stream, "The tag headrace:compaction must be a size from 1KB to 1GB, such as 128MB"
        self.assert_error("InvalidArgumentException", wanted, tag, DeliveryStreamName=self.name, Tags=[{"Key": "headrace:compaction", "Value": "big"}])
        self.assertEqual(self.firehose.list_tags_for_delivery_stream(DeliveryStreamName=self.name)["Tags"], [])

    def test_other_destinations_are_refused_by_name(self):
        backup = {"RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}"}
        self.assert_error(
            "InvalidArgumentException", "SplunkDestinationConfiguration is not supported", self.firehose.create_delivery_stream,
            DeliveryStreamName=self.name,
            SplunkDestinationConfiguration={"HECEndpoint": "https://splunk:8088", "HECEndpointType": "Raw", "HECToken": "t", "S3Configuration": backup})
        self.assert_error("InvalidArgumentException", "Exactly one destination", self.firehose.create_delivery_stream, DeliveryStreamName=self.name)


if __name__ == "__main__":
    unittest.main()
