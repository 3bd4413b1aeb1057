using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Buckets;
using Headrace.Server.S3.Forms;
using Headrace.Server.S3.Lifecycle;
using Headrace.Server.S3.Listing;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Settings;
using Headrace.Server.S3.Uploads;
using Headrace.Server.S3.Versions;

namespace Headrace.Server.S3;

/// <summary>What can be done with a bucket.</summary>
internal static class BucketRoutes
{
    public static S3RouteTable Create(BucketStore store, FormSignatures signatures, BucketAccess access) => new S3RouteTable()
        .Add("HEAD", "", new HeadBucket(), "ListBucket", AccessPermission.Read)
        .Add("DELETE", "", new DeleteBucket(store), "DeleteBucket")
        .Add("GET", "", new ListObjects(store), "ListBucket", AccessPermission.Read)
        // Who posts a form, and what the form allows, stands in its fields.
        .Add("POST", "", new PostObject(store, signatures, access), "")
        .Add("GET", "list-type", new ListObjectsV2(store), "ListBucket", AccessPermission.Read)
        .Add("GET", "location", new GetBucketLocation(), "GetBucketLocation")
        .Add("GET", "uploads", new ListMultipartUploads(store), "ListBucketMultipartUploads", AccessPermission.Read)
        // Which of its keys a caller may delete is asked for each.
        .Add("POST", "delete", new DeleteObjects(store, access), "")
        .Add("GET", "versions", new ListObjectVersions(store), "ListBucketVersions", AccessPermission.Read)
        .Add("GET", "versioning", new GetBucketVersioning(), "GetBucketVersioning")
        .Add("PUT", "versioning", new PutBucketVersioning(store), "PutBucketVersioning")
        .Add("GET", "tagging", new GetBucketTagging(store), "GetBucketTagging")
        .Add("PUT", "tagging", new PutBucketTagging(store), "PutBucketTagging")
        .Add("DELETE", "tagging", new DeleteBucketTagging(store), "PutBucketTagging")
        .Add("GET", "acl", new GetBucketAcl(store), "GetBucketAcl", AccessPermission.ReadAcp)
        .Add("PUT", "acl", new PutBucketAcl(store), "PutBucketAcl", AccessPermission.WriteAcp)
        .Add("GET", "policy", new GetBucketPolicy(store), "GetBucketPolicy")
        .Add("PUT", "policy", new PutBucketPolicy(store), "PutBucketPolicy")
        .Add("DELETE", "policy", new DeleteBucketPolicy(store), "DeleteBucketPolicy")
        .Add("GET", "policyStatus", new GetBucketPolicyStatus(store), "GetBucketPolicyStatus")
        .Add("GET", "lifecycle", new GetLifecycle(store), "GetLifecycleConfiguration")
        .Add("PUT", "lifecycle", new PutLifecycle(store), "PutLifecycleConfiguration")
        .Add("DELETE", "lifecycle", new DeleteLifecycle(store), "PutLifecycleConfiguration")
        .Add("GET", "object-lock", new GetObjectLockConfiguration(store), "GetBucketObjectLockConfiguration")
        .Add("PUT", "object-lock", new PutObjectLockConfiguration(store), "PutBucketObjectLockConfiguration")
        .AddSetting(store, "accelerate", SettingKinds.Accelerate, "AccelerateConfiguration", removable: false)
        .AddSetting(store, "cors", SettingKinds.Cors, "BucketCORS")
        .AddSetting(store, "encryption", SettingKinds.Encryption, "EncryptionConfiguration")
        .AddSetting(store, "logging", SettingKinds.Logging, "BucketLogging", removable: false)
        .AddSetting(store, "notification", SettingKinds.Notification, "BucketNotification", removable: false)
        .AddSetting(store, "ownershipControls", SettingKinds.OwnershipControls, "BucketOwnershipControls")
        .AddSetting(store, "publicAccessBlock", SettingKinds.PublicAccessBlock, "BucketPublicAccessBlock")
        .AddSetting(store, "replication", SettingKinds.Replication, "ReplicationConfiguration")
        .AddSetting(store, "requestPayment", SettingKinds.RequestPayment, "BucketRequestPayment", removable: false)
        .AddSetting(store, "website", SettingKinds.Website, "BucketWebsite")
        .AddAbsent("analytics", "ListBucketAnalyticsConfigurationResult", "AnalyticsConfiguration")
        .AddAbsent("intelligent-tiering", "ListBucketIntelligentTieringConfigurationsOutput", "IntelligentTieringConfiguration")
        .AddAbsent("inventory", "ListInventoryConfigurationsResult", "InventoryConfiguration")
        .AddAbsent("metrics", "ListMetricsConfigurationsResult", "MetricsConfiguration");

    private static S3RouteTable AddSetting(this S3RouteTable table, BucketStore store, string name, SettingKind kind, string action, bool removable = true)
    {
        table.Add("GET", name, new GetSetting(store, kind), "Get" + action).Add("PUT", name, new PutSetting(store, kind), "Put" + action);
        return removable ? table.Add("DELETE", name, new DeleteSetting(store, kind), "Put" + action) : table;
    }

    /// <summary>What tools look for and this server has none of, with the root of the list that they are told.</summary>
    private static S3RouteTable AddAbsent(this S3RouteTable table, string name, string root, string action) => table
        .Add("GET", name, new ListedConfigurations(root), "Get" + action)
        .Add("DELETE", name, new ListedConfigurations(root), "Put" + action)
        .Add("PUT", name, new UnsupportedConfiguration(name), "Put" + action);
}
