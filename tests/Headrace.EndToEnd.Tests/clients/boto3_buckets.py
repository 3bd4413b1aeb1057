"""What boto3 sets and asks of buckets, each case against the server at AWS_ENDPOINT_URL."""

import base64
import datetime
import hashlib
import json
import os
import time
import unittest
import urllib.error
import urllib.request
import uuid

import boto3
from botocore.exceptions import ClientError

BOUNDARY = "form-boundary"


class Buckets(unittest.TestCase):
    def setUp(self):
        self.s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        self.bucket = f"b{uuid.uuid4().hex}"
        self.s3.create_bucket(Bucket=self.bucket)

    def assert_error(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)
        return caught.exception.response["ResponseMetadata"]["HTTPHeaders"]

    def put(self, key, body=b"x", **more):
        return self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, **more)

    def read(self, key, **more):
        return self.s3.get_object(Bucket=self.bucket, Key=key, **more)["Body"].read()

    def versioning(self, status):
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": status})

    def request(self, method, path="", headers=None, body=None):
        url = f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}{path}"
        request = urllib.request.Request(url, method=method, headers=headers or {}, data=body)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as failure:
            with failure:
                return failure.code, failure.headers, failure.read().decode()

    def test_what_was_never_set(self):
        missing = {
            "get_bucket_lifecycle_configuration": "NoSuchLifecycleConfiguration",
            "get_bucket_cors": "NoSuchCORSConfiguration",
            "get_bucket_tagging": "NoSuchTagSet",
            "get_bucket_policy": "NoSuchBucketPolicy",
            "get_bucket_website": "NoSuchWebsiteConfiguration",
            "get_bucket_replication": "ReplicationConfigurationNotFoundError",
            "get_object_lock_configuration": "ObjectLockConfigurationNotFoundError",
            "get_public_access_block": "NoSuchPublicAccessBlockConfiguration",
            "get_bucket_ownership_controls": "OwnershipControlsNotFoundError",
            "get_bucket_encryption": "ServerSideEncryptionConfigurationNotFoundError",
        }
        for call, code in missing.items():
            with self.subTest(call):
                self.assert_error(code, 404, getattr(self.s3, call), Bucket=self.bucket)
        self.assertFalse(self.s3.get_bucket_policy_status(Bucket=self.bucket)["PolicyStatus"]["IsPublic"])
        self.assertEqual(self.s3.get_bucket_request_payment(Bucket=self.bucket)["Payer"], "BucketOwner")
        self.assertNotIn("LoggingEnabled", self.s3.get_bucket_logging(Bucket=self.bucket))
        self.assertNotIn("Status", self.s3.get_bucket_accelerate_configuration(Bucket=self.bucket))
        self.assertNotIn("Status", self.s3.get_bucket_versioning(Bucket=self.bucket))
        self.assertEqual(len(self.s3.get_bucket_acl(Bucket=self.bucket)["Grants"]), 1)
        self.assert_error("NoSuchConfiguration", 404, self.s3.get_bucket_analytics_configuration, Bucket=self.bucket, Id="a")
        self.assertNotIn("InventoryConfigurationList", self.s3.list_bucket_inventory_configurations(Bucket=self.bucket))
        self.assert_error("NotImplemented", 501, self.s3.put_bucket_metrics_configuration, Bucket=self.bucket, Id="a", MetricsConfiguration={"Id": "a"})

    def test_versions(self):
        self.versioning("Enabled")
        first = self.put("k", b"1")["VersionId"]
        second = self.put("k", b"22", Tagging="a=b")["VersionId"]
        self.assertEqual(self.read("k", VersionId=first), b"1")
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="k")["VersionId"], second)
        marker = self.s3.delete_object(Bucket=self.bucket, Key="k")
        self.assertTrue(marker["DeleteMarker"])
        headers = self.assert_error("NoSuchKey", 404, self.s3.get_object, Bucket=self.bucket, Key="k")
        self.assertEqual((headers["x-amz-delete-marker"], headers["x-amz-version-id"]), ("true", marker["VersionId"]))
        self.assert_error("MethodNotAllowed", 405, self.s3.get_object, Bucket=self.bucket, Key="k", VersionId=marker["VersionId"])
        self.assert_error("NoSuchVersion", 404, self.s3.get_object, Bucket=self.bucket, Key="k", VersionId="A" * 32)
        self.assert_error("InvalidArgument", 400, self.s3.get_object, Bucket=self.bucket, Key="k", VersionId="none")
        page = self.s3.list_object_versions(Bucket=self.bucket, MaxKeys=1)
        self.assertEqual(page["DeleteMarkers"][0]["VersionId"], marker["VersionId"])
        rest = self.s3.list_object_versions(Bucket=self.bucket, KeyMarker=page["NextKeyMarker"], VersionIdMarker=page["NextVersionIdMarker"])
        self.assertEqual([(v["VersionId"], v["IsLatest"]) for v in rest["Versions"]], [(second, False), (first, False)])
        copied = self.s3.copy_object(Bucket=self.bucket, Key="copy", CopySource={"Bucket": self.bucket, "Key": "k", "VersionId": first})
        self.assertEqual(copied["CopySourceVersionId"], first)
        self.assertEqual(self.s3.get_object_tagging(Bucket=self.bucket, Key="k", VersionId=second)["TagSet"], [{"Key": "a", "Value": "b"}])
        self.assertTrue(self.s3.delete_object(Bucket=self.bucket, Key="k", VersionId=marker["VersionId"])["DeleteMarker"])
        self.assertEqual(self.read("k"), b"22")
        self.s3.delete_object(Bucket=self.bucket, Key="k", VersionId=second)
        self.assertEqual(self.read("k"), b"1")

    def test_suspended_versions(self):
        self.put("k", b"before")
        self.versioning("Enabled")
        kept = self.put("k", b"kept")["VersionId"]
        self.versioning("Suspended")
        self.assertNotIn("VersionId", self.put("k", b"null"))
        versions = self.s3.list_object_versions(Bucket=self.bucket)["Versions"]
        self.assertEqual([v["VersionId"] for v in versions], ["null", kept])
        self.assertEqual(self.s3.delete_object(Bucket=self.bucket, Key="k")["VersionId"], "null")
        listed = self.s3.list_object_versions(Bucket=self.bucket)
        self.assertEqual(([v["VersionId"] for v in listed["Versions"]], [m["VersionId"] for m in listed["DeleteMarkers"]]), ([kept], ["null"]))
        self.assert_error("BucketNotEmpty", 409, self.s3.delete_bucket, Bucket=self.bucket)
        deleted = self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": [{"Key": "k", "VersionId": v} for v in (kept, "null")]})
        self.assertNotIn("Errors", deleted)
        self.s3.delete_bucket(Bucket=self.bucket)

    def test_lifecycle(self):
        rules = [
            {"ID": "days", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Days": 1}},
            {"Filter": {"And": {"Prefix": "p", "Tags": [{"Key": "a", "Value": "b"}]}}, "Status": "Enabled", "Expiration": {"Days": 3}},
        ]
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": rules})
        got = self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)["Rules"]
        self.assertEqual(got[0], rules[0])
        self.assertTrue(got[1]["ID"])
        self.assertIn('rule-id="days"', self.put("logs/a")["Expiration"])
        self.assertNotIn("Expiration", self.put("other"))
        for wrong, code in (
            ({"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 0}}, "InvalidArgument"),
            ({"ID": "r" * 256, "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}, "InvalidArgument"),
            ({"ID": "r", "Status": "enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}, "MalformedXML"),
        ):
            self.assert_error(code, 400, self.s3.put_bucket_lifecycle_configuration, Bucket=self.bucket, LifecycleConfiguration={"Rules": [wrong]})
        past = {"ID": "past", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Date": datetime.datetime(2020, 1, 1)}}
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": [past]})
        deadline = time.monotonic() + 30
        while [o["Key"] for o in self.s3.list_objects_v2(Bucket=self.bucket)["Contents"]] != ["other"]:
            self.assertLess(time.monotonic(), deadline, "the object expires")
            time.sleep(0.05)
        self.s3.delete_bucket_lifecycle(Bucket=self.bucket)

    def test_cross_origin_rules(self):
        rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*suffix"], "AllowedHeaders": ["x-*"], "MaxAgeSeconds": 30}
        self.s3.put_bucket_cors(Bucket=self.bucket, CORSConfiguration={"CORSRules": [rule]})
        self.assertEqual(self.s3.get_bucket_cors(Bucket=self.bucket)["CORSRules"], [rule])
        asked = {"Origin": "foo.suffix", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "X-A"}
        status, headers, _ = self.request("OPTIONS", "/k", asked)
        self.assertEqual((status, headers["Access-Control-Allow-Origin"], headers["Access-Control-Allow-Headers"]), (200, "foo.suffix", "x-a"))
        self.assertEqual(self.request("OPTIONS", "/k", {**asked, "Origin": "other"})[0], 403)
        self.assertEqual(self.request("OPTIONS", "/k", {**asked, "Access-Control-Request-Method": "PUT"})[0], 403)
        self.assertEqual(self.request("OPTIONS", "/k")[0], 400)
        status, headers, _ = self.request("GET", "/k", {"Origin": "foo.suffix"})
        self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (404, "foo.suffix"))
        self.assertIsNone(self.request("GET", "/k", {"Origin": "other"})[1]["Access-Control-Allow-Origin"])

    def test_documents_come_back(self):
        self.s3.put_bucket_tagging(Bucket=self.bucket, Tagging={"TagSet": [{"Key": "x", "Value": "y"}]})
        self.assertEqual(self.s3.get_bucket_tagging(Bucket=self.bucket)["TagSet"], [{"Key": "x", "Value": "y"}])
        statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{self.bucket}/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=policy)
        self.assertEqual(self.s3.get_bucket_policy(Bucket=self.bucket)["Policy"], policy)
        self.assertTrue(self.s3.get_bucket_policy_status(Bucket=self.bucket)["PolicyStatus"]["IsPublic"])
        self.assert_error("MalformedPolicy", 400, self.s3.put_bucket_policy, Bucket=self.bucket, Policy="{}")
        self.s3.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration={"BlockPublicPolicy": True})
        self.assert_error("AccessDenied", 403, self.s3.put_bucket_policy, Bucket=self.bucket, Policy=policy)
        controls = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
        self.s3.put_bucket_acl(Bucket=self.bucket, ACL="public-read")
        self.assertEqual(len(self.s3.get_bucket_acl(Bucket=self.bucket)["Grants"]), 2)
        self.assert_error("InvalidBucketAclWithObjectOwnership", 400, self.s3.put_bucket_ownership_controls, Bucket=self.bucket, OwnershipControls=controls)
        self.s3.put_bucket_acl(Bucket=self.bucket, ACL="private")
        self.s3.put_bucket_ownership_controls(Bucket=self.bucket, OwnershipControls=controls)
        self.assertEqual(self.s3.get_bucket_ownership_controls(Bucket=self.bucket)["OwnershipControls"], controls)
        self.assert_error("AccessControlListNotSupported", 400, self.s3.put_bucket_acl, Bucket=self.bucket, ACL="public-read")
        website = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
        self.s3.put_bucket_website(Bucket=self.bucket, WebsiteConfiguration=website)
        self.assertEqual(self.s3.get_bucket_website(Bucket=self.bucket)["IndexDocument"], website["IndexDocument"])
        self.assert_error(
            "NotImplemented", 501, self.s3.put_bucket_notification_configuration, Bucket=self.bucket,
            NotificationConfiguration={"QueueConfigurations": [{"QueueArn": "arn:aws:sqs:us-east-1:000000000000:q", "Events": ["s3:ObjectCreated:*"]}]})

    def test_locked_objects(self):
        bucket = self.bucket + "-locked"
        self.s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
        retention = {"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}, "ObjectLockEnabled": "Enabled"}
        self.s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=retention)
        self.assertEqual(self.s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"], retention)
        version = self.s3.put_object(Bucket=bucket, Key="k", Body=b"x")["VersionId"]
        self.assertEqual(self.s3.head_object(Bucket=bucket, Key="k")["ObjectLockMode"], "GOVERNANCE")
        delete = {"Bucket": bucket, "Key": "k", "VersionId": version}
        self.assert_error("AccessDenied", 403, self.s3.delete_object, **delete)
        self.s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "ON"})
        self.assert_error("AccessDenied", 403, self.s3.delete_object, BypassGovernanceRetention=True, **delete)
        self.s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "OFF"})
        self.s3.delete_object(BypassGovernanceRetention=True, **delete)
        self.assert_error("InvalidBucketState", 409, self.s3.put_bucket_versioning, Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
        self.assert_error(
            "InvalidRequest", 400, self.s3.put_object_legal_hold, Bucket=self.bucket, Key="k", LegalHold={"Status": "ON"})

    def test_attributes_classes_and_copies(self):
        self.put("o", b"hello", StorageClass="STANDARD_IA")
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="o")["StorageClass"], "STANDARD_IA")
        self.assertEqual(self.s3.list_objects_v2(Bucket=self.bucket)["Contents"][0]["StorageClass"], "STANDARD_IA")
        wanted = {"Bucket": self.bucket, "Key": "o", "ObjectAttributes": ["ETag", "StorageClass", "ObjectSize"]}
        attributes = self.s3.get_object_attributes(**wanted)
        self.assertEqual((attributes["ObjectSize"], attributes["StorageClass"]), (5, "STANDARD_IA"))
        source = f"{self.bucket}/o"
        self.assert_error("InvalidRequest", 400, self.s3.copy_object, Bucket=self.bucket, Key="o", CopySource=source)
        self.s3.copy_object(Bucket=self.bucket, Key="o", CopySource=source, MetadataDirective="REPLACE", Metadata={"c": "d"})
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="o")["Metadata"], {"c": "d"})
        self.assert_error("InvalidStorageClass", 400, self.put, key="o", StorageClass="PAPER")

    def test_uploads_are_rolled_up_and_completed_twice(self):
        for key in ("foo/1", "foo/2", "bar"):
            self.s3.create_multipart_upload(Bucket=self.bucket, Key=key)
        listed = self.s3.list_multipart_uploads(Bucket=self.bucket, Delimiter="/")
        self.assertEqual(([u["Key"] for u in listed["Uploads"]], listed["CommonPrefixes"]), (["bar"], [{"Prefix": "foo/"}]))
        first = self.s3.list_multipart_uploads(Bucket=self.bucket, Delimiter="/", MaxUploads=1)
        rest = self.s3.list_multipart_uploads(
            Bucket=self.bucket, Delimiter="/", KeyMarker=first["NextKeyMarker"], UploadIdMarker=first["NextUploadIdMarker"])
        self.assertEqual(rest["CommonPrefixes"], [{"Prefix": "foo/"}])
        upload = {"Bucket": self.bucket, "Key": "bar", "UploadId": listed["Uploads"][0]["UploadId"]}
        part = self.s3.upload_part(PartNumber=1, Body=b"x", **upload)
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        once = self.s3.complete_multipart_upload(MultipartUpload=parts, **upload)
        self.assertEqual(self.s3.complete_multipart_upload(MultipartUpload=parts, **upload)["ETag"], once["ETag"])
        self.s3.delete_object(Bucket=self.bucket, Key="bar")
        self.assert_error("NoSuchUpload", 404, self.s3.complete_multipart_upload, MultipartUpload=parts, **upload)

    def test_parts_keep_their_numbers(self):
        upload = {"Bucket": self.bucket, "Key": "k", "UploadId": self.s3.create_multipart_upload(Bucket=self.bucket, Key="k")["UploadId"]}
        large = b"a" * (5 << 20)
        parts = [{"PartNumber": n, "ETag": self.s3.upload_part(PartNumber=n, Body=body, **upload)["ETag"]} for n, body in ((2, large), (7, large), (9, b"end"))]
        self.s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **upload)
        last = self.s3.get_object(Bucket=self.bucket, Key="k", PartNumber=9)
        self.assertEqual((last["Body"].read(), last["PartsCount"]), (b"end", 3))
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key="k", PartNumber=2)["ContentLength"], len(large))
        self.assert_error("InvalidPartNumber", 416, self.s3.get_object, Bucket=self.bucket, Key="k", PartNumber=3)
        # A lone part may be empty, and is one all the same.
        upload = {"Bucket": self.bucket, "Key": "e", "UploadId": self.s3.create_multipart_upload(Bucket=self.bucket, Key="e")["UploadId"]}
        part = {"PartNumber": 4, "ETag": self.s3.upload_part(PartNumber=4, Body=b"", **upload)["ETag"]}
        self.s3.complete_multipart_upload(MultipartUpload={"Parts": [part]}, **upload)
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="e", PartNumber=4)["PartsCount"], 1)

    def test_checksums_of_parts(self):
        begin = self.s3.create_multipart_upload(Bucket=self.bucket, Key="k", ChecksumAlgorithm="SHA256")
        self.assertEqual(begin["ChecksumAlgorithm"], "SHA256")
        upload = {"Bucket": self.bucket, "Key": "k", "UploadId": begin["UploadId"]}
        body = b"A" * 1024
        self.assert_error("InvalidRequest", 400, self.s3.upload_part, PartNumber=1, Body=body, **upload)
        put = self.s3.upload_part(PartNumber=1, Body=body, ChecksumAlgorithm="SHA256", **upload)
        digest = hashlib.sha256(body).digest()
        self.assertEqual(put["ChecksumSHA256"], base64.b64encode(digest).decode())
        part = {"PartNumber": 1, "ETag": put["ETag"], "ChecksumSHA256": put["ChecksumSHA256"]}
        complete = self.s3.complete_multipart_upload
        self.assert_error("BadDigest", 400, complete, ChecksumSHA256="bad", MultipartUpload={"Parts": [part]}, **upload)
        self.assert_error("BadDigest", 400, complete, ChecksumSHA256=put["ChecksumSHA256"], MultipartUpload={"Parts": [part]}, **upload)
        self.assert_error("InvalidRequest", 400, complete, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": put["ETag"]}]}, **upload)
        composite = base64.b64encode(hashlib.sha256(digest).digest()).decode()
        self.assert_error("InvalidPart", 400, complete, MultipartUpload={"Parts": [{**part, "ChecksumSHA256": composite}]}, **upload)
        self.assertEqual(complete(ChecksumSHA256=composite, MultipartUpload={"Parts": [part]}, **upload)["ChecksumSHA256"], composite + "-1")

    def test_ranges_of_part_copies_lie_within_the_source(self):
        self.put("source", b"12345")
        upload = {"Bucket": self.bucket, "Key": "k", "UploadId": self.s3.create_multipart_upload(Bucket=self.bucket, Key="k")["UploadId"]}
        copy = {"PartNumber": 1, "CopySource": f"{self.bucket}/source", **upload}
        self.assert_error("InvalidRange", 416, self.s3.upload_part_copy, CopySourceRange="bytes=0-21", **copy)
        for wrong in ("0-2", "bytes=0", "bytes=hello-world", "bytes=0-bar", "bytes=hello-", "bytes=0-2,3-5", "bytes=3-2"):
            self.assert_error("InvalidArgument", 400, self.s3.upload_part_copy, CopySourceRange=wrong, **copy)
        self.s3.upload_part_copy(CopySourceRange="bytes=4-4", **copy)

    def test_what_is_refused_by_its_form(self):
        for name in ("foo-", "foo..bar", "foo.-bar", "foo-.bar", "foo_bar", "Foobar", "192.168.5.123", "aa"):
            url = f"{os.environ['AWS_ENDPOINT_URL']}/{name}"
            with self.assertRaises(urllib.error.HTTPError) as caught, urllib.request.urlopen(urllib.request.Request(url, method="PUT")):
                pass
            with caught.exception as failure:
                self.assertIn("<Code>InvalidBucketName</Code>", failure.read().decode(), name)
        self.assert_error("InvalidArgument", 400, self.put, key="k", Metadata={"m": "h\x04w"})
        status, _, answer = self.request("GET", "/%ff%fe")
        self.assertEqual(status, 400)
        self.assertIn("<Message>Couldn't parse the specified URI.</Message>", answer)
        status, _, answer = self.request("PUT", "/k", {"Content-MD5": ""}, b"x")
        self.assertIn("<Code>InvalidDigest</Code>", answer)
        self.put("k")
        self.assertEqual(self.request("GET", "/k?response-content-type=a%0Ab")[0], 400)
        tags = {"TagSet": [{"Key": str(n), "Value": ""} for n in range(11)]}
        self.assert_error("InvalidTag", 400, self.s3.put_object_tagging, Bucket=self.bucket, Key="k", Tagging=tags)
        logging = {"LoggingEnabled": {"TargetBucket": "no-such-bucket", "TargetPrefix": "p"}}
        self.assert_error("InvalidTargetBucketForLogging", 400, self.s3.put_bucket_logging, Bucket=self.bucket, BucketLoggingStatus=logging)

    def test_forms(self):
        post = self.s3.generate_presigned_post(
            self.bucket, "in/${filename}", Fields={"success_action_status": "201"},
            Conditions=[{"success_action_status": "201"}, ["content-length-range", 1, 10]])
        status, headers, answer = self.post(post["fields"], b"data")
        self.assertEqual(status, 201, answer)
        self.assertIn("<Key>in/n.txt</Key>", answer)
        self.assertEqual(self.read("in/n.txt"), b"data")
        status, _, answer = self.post({**post["fields"], "more": "x"}, b"data")
        self.assertEqual(status, 403)
        self.assertIn("Extra input fields: more", answer)
        status, _, answer = self.post(post["fields"], b"much too long")
        self.assertEqual(status, 400)
        self.assertIn("<Code>EntityTooLarge</Code>", answer)

    def post(self, fields, body):
        lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
        lines.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="n.txt"\r\n\r\n')
        whole = "".join(lines).encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.request("POST", "", {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, whole)

    def test_keys_of_all_kinds(self):
        keys = ["a\rb\nc", "a//b", "../x", "é/😀", "a\x01b", " sp ace+%", "/lead", "\uffee", "\U00010000"]
        for key in keys:
            self.put(key, key.encode())
            self.assertEqual(self.read(key), key.encode())
        listed = [o["Key"] for o in self.s3.list_objects_v2(Bucket=self.bucket)["Contents"]]
        self.assertEqual(listed, sorted(keys, key=lambda key: key.encode()))
        self.assertIn("<Key>a&#xD;b", self.request("GET")[2])
        self.assertEqual(self.s3.list_objects_v2(Bucket=self.bucket, ContinuationToken="")["KeyCount"], len(keys))
        self.assert_error("KeyTooLongError", 400, self.put, key="k" * 1025)


if __name__ == "__main__":
    unittest.main()
