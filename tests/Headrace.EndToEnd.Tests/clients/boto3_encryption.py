"""Server-side encryption as boto3 asks for it, each case against the server at AWS_ENDPOINT_URL."""

import base64
import hashlib
import os
import unittest
import uuid

import boto3
from botocore.exceptions import ClientError

KEY, OTHER = os.urandom(32), os.urandom(32)
CUSTOMER = "x-amz-server-side-encryption-customer-"


def keyed(key=KEY):
    return {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": key}


def source(key=KEY):
    return {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": key}


def text(value):
    return base64.b64encode(value).decode()


class Encryption(unittest.TestCase):
    def setUp(self):
        self.s3 = self.client()
        self.bucket = f"b{uuid.uuid4().hex}"
        self.s3.create_bucket(Bucket=self.bucket)

    def client(self):
        return boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])

    def assert_error(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertIn(caught.exception.response["Error"]["Code"], (code, str(status)))
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)

    def put(self, key, body=b"x", **more):
        return self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, **more)

    def read(self, key, **more):
        return self.s3.get_object(Bucket=self.bucket, Key=key, **more)["Body"].read()

    def test_a_clients_own_key(self):
        for length in (0, 1, 1000, 300_007):
            body = os.urandom(length)
            put = self.put("k", body, **keyed())
            self.assertEqual((put["SSECustomerAlgorithm"], put["SSECustomerKeyMD5"]), ("AES256", text(hashlib.md5(KEY).digest())))
            self.assertNotIn("ServerSideEncryption", put)
            self.assertEqual(self.read("k", **keyed()), body)
        self.assertEqual(self.read("k", Range="bytes=100001-200002", **keyed()), body[100001:200003])
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="k", **keyed())["ContentLength"], 300_007)
        self.assert_error("InvalidRequest", 400, self.read, key="k")
        self.assert_error("InvalidRequest", 400, self.s3.head_object, Bucket=self.bucket, Key="k")
        self.assert_error("InvalidRequest", 400, self.s3.get_object_attributes, Bucket=self.bucket, Key="k", ObjectAttributes=["ETag"])
        self.assert_error("InvalidRequest", 400, self.read, key="k", **keyed(OTHER))
        self.put("plain")
        self.assert_error("InvalidRequest", 400, self.read, key="plain", **keyed())

    def test_keys_that_are_not_whole(self):
        whole = {"algorithm": "AES256", "key": text(KEY), "key-md5": text(hashlib.md5(KEY).digest())}
        short = b"0123456789"
        for change, code in (
            ({"algorithm": None}, "InvalidArgument"), ({"key": None}, "InvalidArgument"), ({"key-md5": None}, "InvalidArgument"),
            ({"algorithm": "AES128"}, "InvalidEncryptionAlgorithmError"), ({"key-md5": text(bytes(16))}, "InvalidArgument"),
            ({"key": text(short), "key-md5": text(hashlib.md5(short).digest())}, "InvalidArgument"),
        ):
            with self.subTest(change):
                self.assert_refused({CUSTOMER + name: value for name, value in {**whole, **change}.items() if value}, code)
        self.assert_refused({"x-amz-server-side-encryption": "AES256", **{CUSTOMER + name: value for name, value in whole.items()}}, "InvalidArgument")

    def test_encryptions_that_there_are_not(self):
        for headers in (
            {"x-amz-server-side-encryption": "aes:kms"}, {"x-amz-server-side-encryption": ""},
            {"x-amz-server-side-encryption-aws-kms-key-id": "k"},
            {"x-amz-server-side-encryption": "AES256", "x-amz-server-side-encryption-aws-kms-key-id": "k"},
        ):
            with self.subTest(headers):
                self.assert_refused(headers, "InvalidArgument")

    def assert_refused(self, headers, code):
        client = self.client()
        client.meta.events.register("before-call.s3.PutObject", lambda params, **_: params["headers"].update(headers))
        self.assert_error(code, 400, client.put_object, Bucket=self.bucket, Key="k", Body=b"x")

    def test_copies_change_keys(self):
        body = os.urandom(70_000)
        self.put("s", body, **keyed())
        copy = {"Bucket": self.bucket, "CopySource": f"{self.bucket}/s"}
        self.s3.copy_object(Key="plain", **copy, **source())
        self.assertEqual(self.read("plain"), body)
        self.s3.copy_object(Key="other", **copy, **source(), **keyed(OTHER))
        self.assertEqual(self.read("other", **keyed(OTHER)), body)
        self.assert_error("InvalidRequest", 400, self.s3.copy_object, Key="no", **copy)
        self.assert_error("InvalidRequest", 400, self.s3.copy_object, Key="no", **copy, **source(OTHER))

    def test_uploads_in_parts(self):
        upload = {"Bucket": self.bucket, "Key": "k", "UploadId": self.s3.create_multipart_upload(Bucket=self.bucket, Key="k", **keyed())["UploadId"]}
        self.assert_error("InvalidRequest", 400, self.s3.upload_part, PartNumber=1, Body=b"x", **upload)
        self.assert_error("InvalidRequest", 400, self.s3.upload_part, PartNumber=1, Body=b"x", **upload, **keyed(OTHER))
        bodies = [os.urandom((5 << 20) + 1), os.urandom(1000)]
        parts = [{"PartNumber": n, "ETag": self.s3.upload_part(PartNumber=n, Body=body, **upload, **keyed())["ETag"]} for n, body in enumerate(bodies, 1)]
        self.s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **upload)
        self.assertEqual(self.read("k", **keyed()), b"".join(bodies))
        self.assertEqual(self.read("k", PartNumber=2, **keyed()), bodies[1])

    def test_a_buckets_default(self):
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "kid"}}
        self.s3.put_bucket_encryption(Bucket=self.bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
        put = self.put("k")
        head = self.s3.head_object(Bucket=self.bucket, Key="k")
        copied = self.s3.copy_object(Bucket=self.bucket, Key="c", CopySource=f"{self.bucket}/k")
        begun = self.s3.create_multipart_upload(Bucket=self.bucket, Key="u")
        for answer in (put, head, copied, begun):
            self.assertEqual((answer["ServerSideEncryption"], answer["SSEKMSKeyId"]), ("aws:kms", "kid"))
        self.assertEqual(self.put("k", ServerSideEncryption="AES256")["ServerSideEncryption"], "AES256")
        self.s3.delete_bucket_encryption(Bucket=self.bucket)
        self.assertEqual(self.put("k")["ServerSideEncryption"], "AES256")


if __name__ == "__main__":
    unittest.main()
