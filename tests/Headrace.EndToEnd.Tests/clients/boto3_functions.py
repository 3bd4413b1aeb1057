"""Lambda, Jq and Exec processors through boto3; the server at AWS_ENDPOINT_URL invokes functions at LAMBDA_PORT of this machine and knows the program clean."""

import base64
import http.server
import json
import os
import threading
import time
import unittest
import uuid

import boto3
from botocore.config import Config

ROLE = "arn:aws:iam::000000000000:role/firehose"
FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:transform"


def client(service, **options):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], **options)


class Functions(http.server.BaseHTTPRequestHandler):
    """A Lambda endpoint with one function: it makes words upper case, drops comments and fails on what begins with an exclamation mark."""

    calls = []

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append((self.path, self.headers["Authorization"], event))
        answer = json.dumps({"records": [self.transform(record) for record in event["records"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    @staticmethod
    def transform(record):
        text = base64.b64decode(record["data"])
        result = "Dropped" if text.startswith(b"#") else "ProcessingFailed" if text.startswith(b"!") else "Ok"
        return {"recordId": record["recordId"], "result": result, "data": base64.b64encode(text.upper()).decode()}

    def log_message(self, *_):
        pass


class Processors(unittest.TestCase):
    def setUp(self):
        self.firehose, self.s3 = client("firehose", config=Config(parameter_validation=False)), client("s3")
        self.name = f"f-{uuid.uuid4().hex}"
        self.s3.create_bucket(Bucket=self.name)

    def create(self, *processors):
        self.firehose.create_delivery_stream(DeliveryStreamName=self.name, ExtendedS3DestinationConfiguration={
            "RoleARN": ROLE, "BucketARN": f"arn:aws:s3:::{self.name}", "Prefix": "made/", "ErrorOutputPrefix": "failed/",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
            "ProcessingConfiguration": {"Enabled": True, "Processors": [
                {"Type": kind, "Parameters": [{"ParameterName": name, "ParameterValue": value} for name, value in parameters.items()]} for kind, parameters in processors]}})
        self.wait(lambda: self.describe()["DeliveryStreamStatus"] == "ACTIVE")

    def describe(self):
        return self.firehose.describe_delivery_stream(DeliveryStreamName=self.name)["DeliveryStreamDescription"]

    def put(self, *records):
        answer = self.firehose.put_record_batch(DeliveryStreamName=self.name, Records=[{"Data": record} for record in records])
        self.assertEqual(answer["FailedPutCount"], 0)

    def text(self, prefix):
        found = self.s3.list_objects_v2(Bucket=self.name, Prefix=prefix).get("Contents", [])
        return b"".join(self.s3.get_object(Bucket=self.name, Key=item["Key"])["Body"].read() for item in found)

    def wait(self, condition):
        until = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), until, "not in time")
            time.sleep(0.05)

    def failures(self):
        return [(base64.b64decode(line["rawData"]), line["errorCode"]) for line in map(json.loads, self.text("failed/processing-failed/").splitlines())]

    def test_a_function(self):
        service = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["LAMBDA_PORT"])), Functions)
        threading.Thread(target=service.serve_forever, daemon=True).start()
        self.addCleanup(service.server_close)
        self.addCleanup(service.shutdown)
        self.create(("Lambda", {"LambdaArn": FUNCTION, "BufferSizeInMBs": "1", "BufferIntervalInSeconds": "0"}))
        self.assertEqual(self.describe()["Destinations"][0]["ExtendedS3DestinationDescription"]["ProcessingConfiguration"]["Processors"], [{"Type": "Lambda", "Parameters": [
            {"ParameterName": "LambdaArn", "ParameterValue": FUNCTION}, {"ParameterName": "NumberOfRetries", "ParameterValue": "3"},
            {"ParameterName": "RoleArn", "ParameterValue": ROLE}, {"ParameterName": "BufferSizeInMBs", "ParameterValue": "1"},
            {"ParameterName": "BufferIntervalInSeconds", "ParameterValue": "0"}]}])
        self.put(b"one ", b"# two", b"!three", b"four")
        self.wait(lambda: self.text("made/") == b"ONE FOUR" and self.failures())
        self.assertEqual(self.failures(), [(b"!three", "Lambda.ProcessingFailedStatus")])
        path, signature, event = Functions.calls[0]
        self.assertEqual(path, "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Atransform/invocations")
        self.assertRegex(signature, r"^AWS4-HMAC-SHA256 Credential=test/\d{8}/eu-west-1/lambda/aws4_request, ")
        self.assertEqual(event["deliveryStreamArn"], f"arn:aws:firehose:us-east-1:000000000000:deliverystream/{self.name}")

    def test_a_filter_and_a_program(self):
        self.create(("Jq", {"JqFilter": "if .n == 0 then empty else .n += 1 end"}), ("Exec", {"ProgramName": "clean"}), ("AppendDelimiterToRecord", {}))
        self.put(b'{"n":1}', b'{"n":0}', b'{"n":"x"}', b'{"n":8}')
        self.wait(lambda: self.text("made/") == b'{"n":2,"clean":true}\n' and len(self.failures()) == 2)
        self.assertEqual(sorted(self.failures()), [(b'{"n":"x"}', "Jq.ProcessingFailed"), (b'{"n":8}', "Exec.ProcessingFailed")])


if __name__ == "__main__":
    unittest.main()
