"""What two accounts may do with each other's buckets, each case against the server at AWS_ENDPOINT_URL."""

import json
import os
import unittest
import uuid

import boto3
from botocore.exceptions import ClientError

OWNER = "000000000000".rjust(64, "0")
OTHER = "123456789012".rjust(64, "0")


class Accounts(unittest.TestCase):
    def setUp(self):
        self.own = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        self.other = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], aws_access_key_id="123456789012", aws_secret_access_key="s")
        self.bucket = self.create()

    def create(self, **more):
        name = f"b{uuid.uuid4().hex}"
        self.own.create_bucket(Bucket=name, **more)
        return name

    def assert_error(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        # A HEAD's answer has no body to tell the code.
        self.assertIn(caught.exception.response["Error"]["Code"], (code, str(status)))
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)

    def assert_denied(self, call, **arguments):
        self.assert_error("AccessDenied", 403, call, **arguments)

    def allow(self, action, resource="/*", bucket=None, effect="Allow", **more):
        bucket = bucket or self.bucket
        statement = {"Effect": effect, "Principal": {"AWS": "*"}, "Action": action, "Resource": f"arn:aws:s3:::{bucket}{resource}", **more}
        self.own.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    def grants(self, client, bucket, key):
        return [(grant["Grantee"]["ID"], grant["Permission"]) for grant in client.get_object_acl(Bucket=bucket, Key=key)["Grants"]]

    def test_an_object_belongs_to_its_writer(self):
        bucket = self.create(ACL="public-read-write")
        where = {"Bucket": bucket, "Key": "k"}
        self.other.put_object(Body=b"bar", **where)
        self.assert_denied(self.own.get_object, **where)
        self.assert_denied(self.own.head_object, **where)
        self.assert_denied(self.own.get_object_acl, **where)
        self.assertEqual(self.other.get_object_acl(**where)["Owner"]["ID"], OTHER)
        self.assertEqual([found["Owner"]["ID"] for found in self.own.list_objects(Bucket=bucket)["Contents"]], [OTHER])
        self.other.put_object(Body=b"bar", ACL="bucket-owner-read", **where)
        self.assertEqual(self.grants(self.other, bucket, "k"), [(OTHER, "FULL_CONTROL"), (OWNER, "READ")])
        self.own.get_object(**where)
        self.other.put_object_acl(ACL="bucket-owner-full-control", **where)
        self.assertEqual(self.grants(self.own, bucket, "k"), [(OTHER, "FULL_CONTROL"), (OWNER, "FULL_CONTROL")])
        self.own.delete_object(**where)

    def test_the_bucket_may_own_all_that_is_in_it(self):
        bucket = self.create(ACL="public-read-write", ObjectOwnership="BucketOwnerPreferred")
        self.other.put_object(Bucket=bucket, Key="given", Body=b"x", ACL="bucket-owner-full-control")
        self.other.put_object(Bucket=bucket, Key="kept", Body=b"x")
        self.assertEqual(self.own.get_object_acl(Bucket=bucket, Key="given")["Owner"]["ID"], OWNER)
        self.assert_denied(self.own.get_object, Bucket=bucket, Key="kept")
        self.own.put_bucket_acl(Bucket=bucket, ACL="private")
        self.own.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
        self.own.get_object(Bucket=bucket, Key="kept")
        self.assert_denied(self.other.get_object, Bucket=bucket, Key="kept")
        self.assert_error(
            "InvalidBucketAclWithObjectOwnership", 400, self.own.create_bucket, Bucket=bucket + "x", ACL="public-read", ObjectOwnership="BucketOwnerEnforced")

    def test_uploads_belong_to_who_began_them(self):
        self.own.put_bucket_acl(Bucket=self.bucket, ACL="public-read-write")
        ids = [client.create_multipart_upload(Bucket=self.bucket, Key=key)["UploadId"] for client, key in ((self.own, "1"), (self.other, "2"))]
        for client in (self.own, self.other):
            uploads = client.list_multipart_uploads(Bucket=self.bucket)["Uploads"]
            self.assertEqual([(u["UploadId"], u["Initiator"]["ID"], u["Owner"]["ID"]) for u in uploads], [(ids[0], OWNER, OWNER), (ids[1], OTHER, OTHER)])
        part = self.other.upload_part(Bucket=self.bucket, Key="2", UploadId=ids[1], PartNumber=1, Body=b"x")
        self.assertEqual(len(self.other.list_parts(Bucket=self.bucket, Key="2", UploadId=ids[1])["Parts"]), 1)
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        self.other.complete_multipart_upload(Bucket=self.bucket, Key="2", UploadId=ids[1], MultipartUpload=parts)
        self.assert_denied(self.own.get_object, Bucket=self.bucket, Key="2")

    def test_each_grant_is_for_what_it_says(self):
        for permission, allowed in (("FULL_CONTROL", "rRwW"), ("READ", "r"), ("READ_ACP", "R"), ("WRITE", "w"), ("WRITE_ACP", "W")):
            bucket = self.create()
            policy = self.own.get_bucket_acl(Bucket=bucket)
            grants = [*policy["Grants"], {"Grantee": {"ID": OTHER, "Type": "CanonicalUser"}, "Permission": permission}]
            self.own.put_bucket_acl(Bucket=bucket, AccessControlPolicy={"Grants": grants, "Owner": policy["Owner"]})
            for letter, call, more in (
                ("r", self.other.head_bucket, {}), ("R", self.other.get_bucket_acl, {}),
                ("w", self.other.put_object, {"Key": "k", "Body": b"x"}), ("W", self.other.put_bucket_acl, {"ACL": "public-read"}),
            ):
                with self.subTest(permission=permission, letter=letter):
                    if letter in allowed:
                        call(Bucket=bucket, **more)
                    else:
                        self.assert_denied(call, Bucket=bucket, **more)

    def test_each_key_is_deleted_by_its_own_permission(self):
        for key in "abc":
            self.own.put_object(Bucket=self.bucket, Key=key, Body=b"x")
        self.allow("s3:DeleteObject", "/a")
        done = self.other.delete_objects(Bucket=self.bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]})
        self.assertEqual([entry["Key"] for entry in done["Deleted"]], ["a"])
        self.assertEqual([(entry["Key"], entry["Code"]) for entry in done["Errors"]], [("b", "AccessDenied")])
        self.allow("s3:DeleteObject", "/c", effect="Deny")
        done = self.own.delete_objects(Bucket=self.bucket, Delete={"Objects": [{"Key": "b"}, {"Key": "c"}]})
        self.assertEqual(([entry["Key"] for entry in done["Deleted"]], [entry["Key"] for entry in done["Errors"]]), (["b"], ["c"]))

    def test_versions_have_actions_of_their_own(self):
        self.own.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        version = self.own.put_object(Bucket=self.bucket, Key="k", Body=b"x")["VersionId"]
        self.allow("s3:GetObject")
        self.other.get_object(Bucket=self.bucket, Key="k")
        self.assert_denied(self.other.get_object, Bucket=self.bucket, Key="k", VersionId=version)
        self.allow("s3:GetObjectVersion")
        self.other.get_object(Bucket=self.bucket, Key="k", VersionId=version)

    def test_conditions_on_what_is_copied_and_granted(self):
        for key in ("public/a", "private/a"):
            self.own.put_object(Bucket=self.bucket, Key=key, Body=key.encode())
        self.allow("s3:GetObject")
        target = self.create()
        self.allow("s3:PutObject", bucket=target, Condition={"StringLike": {"s3:x-amz-copy-source": f"{self.bucket}/public/*"}})
        self.other.copy_object(Bucket=target, Key="k", CopySource={"Bucket": self.bucket, "Key": "public/a"})
        self.assertEqual(self.other.get_object(Bucket=target, Key="k")["Body"].read(), b"public/a")
        self.assert_denied(self.other.copy_object, Bucket=target, Key="k", CopySource={"Bucket": self.bucket, "Key": "private/a"})
        self.allow("s3:PutObject", bucket=target, Condition={"StringEquals": {"s3:x-amz-grant-full-control": f"id={OWNER}"}})
        self.other.put_object(Bucket=target, Key="g", Body=b"x", GrantFullControl=f"id={OWNER}")
        self.assertEqual(self.grants(self.own, target, "g"), [(OWNER, "FULL_CONTROL")])

    def test_whether_a_bucket_is_public(self):
        def is_public():
            return self.own.get_bucket_policy_status(Bucket=self.bucket)["PolicyStatus"]["IsPublic"]

        self.assertFalse(is_public())
        self.own.put_bucket_acl(Bucket=self.bucket, ACL="authenticated-read")
        self.assertTrue(is_public())
        self.own.put_bucket_acl(Bucket=self.bucket, ACL="private")
        self.allow("s3:ListBucket", "", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/32"}})
        self.assertFalse(is_public())
        self.allow("s3:ListBucket", "", Condition={"StringLike": {"aws:Referer": "http://example.com/*"}})
        self.assertTrue(is_public())

    def test_public_access_is_blocked(self):
        def block(**flags):
            self.own.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration=flags)

        block(BlockPublicAcls=True)
        for acl in ("public-read", "public-read-write", "authenticated-read"):
            self.assert_denied(self.own.put_bucket_acl, Bucket=self.bucket, ACL=acl)
            self.assert_denied(self.own.put_object, Bucket=self.bucket, Key="k", Body=b"", ACL=acl)
        block(BlockPublicPolicy=True)
        self.assert_denied(self.allow, action="s3:GetObject")
        block(RestrictPublicBuckets=False)
        self.own.put_object(Bucket=self.bucket, Key="k", Body=b"x")
        self.allow("s3:GetObject")
        self.other.get_object(Bucket=self.bucket, Key="k")
        block(RestrictPublicBuckets=True)
        self.assert_denied(self.other.get_object, Bucket=self.bucket, Key="k")
        self.own.get_object(Bucket=self.bucket, Key="k")


if __name__ == "__main__":
    unittest.main()
