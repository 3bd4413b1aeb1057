"""What boto3 does with buckets and objects, each case against the server at AWS_ENDPOINT_URL."""

import io
import os
import subprocess
import unittest
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

BODY = b"the quick brown fox" * 1000


def client(**options):
    return boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], **options)


class S3(unittest.TestCase):
    def setUp(self):
        self.s3 = client()
        self.bucket = f"b{uuid.uuid4().hex}"
        self.s3.create_bucket(Bucket=self.bucket)

    def assert_error(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)

    def test_checksums(self):
        for algorithm in ("CRC32", "SHA1", "SHA256"):
            with self.subTest(algorithm):
                put = self.s3.put_object(Bucket=self.bucket, Key="k", Body=BODY, ChecksumAlgorithm=algorithm)
                got = self.s3.get_object(Bucket=self.bucket, Key="k", ChecksumMode="ENABLED")
                self.assertEqual(got["Body"].read(), BODY)
                self.assertEqual(got[f"Checksum{algorithm}"], put[f"Checksum{algorithm}"])
        self.assert_error(
            "BadDigest", 400, self.s3.put_object, Bucket=self.bucket, Key="k", Body=b"other", ContentMD5="XrY7u+Ae7tCTyyK7j1rNww=="
        )

    def test_an_upload_in_parts(self):
        body = os.urandom(20_000_000)
        self.s3.upload_fileobj(io.BytesIO(body), self.bucket, "large", ExtraArgs={"Metadata": {"a": "b"}})
        down = io.BytesIO()
        self.s3.download_fileobj(self.bucket, "large", down)
        self.assertEqual(down.getvalue(), body)
        head = self.s3.head_object(Bucket=self.bucket, Key="large")
        self.assertRegex(head["ETag"], '^"[0-9a-f]{32}-3"$')
        self.assertEqual(head["Metadata"], {"a": "b"})
        second = self.s3.get_object(Bucket=self.bucket, Key="large", PartNumber=2)
        self.assertEqual(second["Body"].read(), body[8 << 20 : 16 << 20])
        self.assertEqual(second["PartsCount"], 3)

    def test_an_upload_that_is_given_up(self):
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key="k")["UploadId"]
        self.s3.upload_part(Bucket=self.bucket, Key="k", UploadId=upload, PartNumber=1, Body=b"x")
        self.assertEqual(len(self.s3.list_parts(Bucket=self.bucket, Key="k", UploadId=upload)["Parts"]), 1)
        self.assertEqual(self.s3.list_multipart_uploads(Bucket=self.bucket)["Uploads"][0]["UploadId"], upload)
        self.s3.abort_multipart_upload(Bucket=self.bucket, Key="k", UploadId=upload)
        self.assert_error("NoSuchUpload", 404, self.s3.list_parts, Bucket=self.bucket, Key="k", UploadId=upload)
        self.assertNotIn("Uploads", self.s3.list_multipart_uploads(Bucket=self.bucket))

    def test_presigned_addresses_work_for_anybody(self):
        signer = client(config=Config(signature_version="s3v4"))
        put = signer.generate_presigned_url("put_object", {"Bucket": self.bucket, "Key": "a b/ü"})
        get = signer.generate_presigned_url("get_object", {"Bucket": self.bucket, "Key": "a b/ü"})
        subprocess.run(["curl", "-sf", "-X", "PUT", "--data-binary", "from curl", put], check=True)
        self.assertEqual(subprocess.run(["curl", "-sf", get], check=True, capture_output=True).stdout, b"from curl")

    def test_pages(self):
        keys = [f"{number:03}/é" for number in range(25)]
        for key in keys:
            self.s3.put_object(Bucket=self.bucket, Key=key)
        pages = list(self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, PaginationConfig={"PageSize": 10}))
        self.assertEqual([len(page["Contents"]) for page in pages], [10, 10, 5])
        self.assertEqual([found["Key"] for page in pages for found in page["Contents"]], keys)
        rolled = list(self.s3.get_paginator("list_objects").paginate(Bucket=self.bucket, Delimiter="/", PaginationConfig={"PageSize": 10}))
        self.assertEqual([entry["Prefix"] for page in rolled for entry in page["CommonPrefixes"]], [key[:4] for key in keys])

    def test_conditions(self):
        etag = self.s3.put_object(Bucket=self.bucket, Key="k", Body=BODY)["ETag"]
        self.assert_error("304", 304, self.s3.get_object, Bucket=self.bucket, Key="k", IfNoneMatch=etag)
        self.assert_error("PreconditionFailed", 412, self.s3.get_object, Bucket=self.bucket, Key="k", IfMatch='"other"')
        self.assert_error("InvalidRange", 416, self.s3.get_object, Bucket=self.bucket, Key="k", Range="bytes=99999999-")
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="k", Range="bytes=-3")["Body"].read(), BODY[-3:])

    def test_waiters(self):
        quick = {"Delay": 1}
        self.s3.get_waiter("bucket_exists").wait(Bucket=self.bucket, WaiterConfig=quick)
        self.s3.put_object(Bucket=self.bucket, Key="k")
        self.s3.get_waiter("object_exists").wait(Bucket=self.bucket, Key="k", WaiterConfig=quick)
        self.s3.delete_object(Bucket=self.bucket, Key="k")
        self.s3.get_waiter("object_not_exists").wait(Bucket=self.bucket, Key="k", WaiterConfig=quick)
        self.s3.delete_bucket(Bucket=self.bucket)
        self.s3.get_waiter("bucket_not_exists").wait(Bucket=self.bucket, WaiterConfig=quick)

    def test_tags(self):
        self.s3.put_object(Bucket=self.bucket, Key="k", Tagging="a=1&b=2")
        self.assertEqual(len(self.s3.get_object_tagging(Bucket=self.bucket, Key="k")["TagSet"]), 2)
        self.s3.put_object_tagging(Bucket=self.bucket, Key="k", Tagging={"TagSet": [{"Key": "c", "Value": "3"}]})
        self.assertEqual(self.s3.get_object_tagging(Bucket=self.bucket, Key="k")["TagSet"], [{"Key": "c", "Value": "3"}])

    def test_errors(self):
        self.assert_error("NoSuchBucket", 404, self.s3.list_objects_v2, Bucket="there-is-no-such-bucket")
        self.assert_error("NoSuchKey", 404, self.s3.get_object, Bucket=self.bucket, Key="none")
        self.assert_error("404", 404, self.s3.head_object, Bucket=self.bucket, Key="none")
        self.assert_error("InvalidBucketName", 400, self.s3.create_bucket, Bucket="Not_A_Name")
        self.s3.put_object(Bucket=self.bucket, Key="k")
        self.assert_error("BucketNotEmpty", 409, self.s3.delete_bucket, Bucket=self.bucket)
        self.assert_error("NoSuchCORSConfiguration", 404, self.s3.get_bucket_cors, Bucket=self.bucket)

    def test_buckets_belong_to_accounts(self):
        stranger = client(aws_access_key_id="111122223333", aws_secret_access_key="x")
        self.assert_error("AccessDenied", 403, stranger.list_objects_v2, Bucket=self.bucket)
        self.assertNotIn(self.bucket, [bucket["Name"] for bucket in stranger.list_buckets()["Buckets"]])
        self.assert_error("BucketAlreadyExists", 409, stranger.create_bucket, Bucket=self.bucket)

    def test_virtual_host_style(self):
        # As a browser or a proxy would ask for it: the bucket is in the host's name.
        host = f"{self.bucket}.localhost"
        self.s3.put_object(Bucket=self.bucket, Key="k", Body=b"here")
        got = subprocess.run(["curl", "-sf", "-H", f"Host: {host}", f"{os.environ['AWS_ENDPOINT_URL']}/k"], check=True, capture_output=True)
        self.assertEqual(got.stdout, b"here")


if __name__ == "__main__":
    unittest.main()
