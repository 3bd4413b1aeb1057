using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Settings;

/// <summary>The sub-resources that are documents, with what S3 checks of them and answers where they were never put.</summary>
internal static class SettingKinds
{
    public static readonly SettingKind Accelerate = new(
        BucketSetting.Accelerate, "AccelerateConfiguration", document => OneOf(document.TextOf("Status"), "Enabled", "Suspended"));

    public static readonly SettingKind Cors = new(BucketSetting.Cors, "CORSConfiguration", document => CorsRule.AllOf(document))
    {
        Missing = ("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    };

    public static readonly SettingKind Encryption = new(BucketSetting.Encryption, "ServerSideEncryptionConfiguration", ValidateEncryption)
    {
        Missing = ("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found"),
    };

    public static readonly SettingKind Logging = new(BucketSetting.Logging, "BucketLoggingStatus", ValidateLogging) { Compare = CheckLogTarget };

    public static readonly SettingKind Notification = new(BucketSetting.Notification, "NotificationConfiguration", document => OnlyEmpty(document, "event notifications"));

    public static readonly SettingKind OwnershipControls = new(BucketSetting.OwnershipControls, "OwnershipControls", ValidateOwnership)
    {
        Missing = ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        Compare = (request, store, document) => AclRules.CheckOwnership(request, store, document.Children("Rule").Single().TextOf("ObjectOwnership")),
    };

    public static readonly SettingKind PublicAccessBlock = new(BucketSetting.PublicAccessBlock, "PublicAccessBlockConfiguration", ValidateAccessBlock)
    {
        Missing = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
    };

    public static readonly SettingKind Replication = new(BucketSetting.Replication, "ReplicationConfiguration", _ => throw S3Exception.NotImplemented("replication"))
    {
        Missing = ("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
    };

    public static readonly SettingKind RequestPayment = new(
        BucketSetting.RequestPayment, "RequestPaymentConfiguration", document => OneOf(document.TextOf("Payer"), "BucketOwner", "Requester"))
    {
        Default = [new XElement("Payer", "BucketOwner")],
    };

    public static readonly SettingKind Website = new(BucketSetting.Website, "WebsiteConfiguration", ValidateWebsite)
    {
        Missing = ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
    };

    private static void OneOf(string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is null || !allowed.Contains(value))
            throw S3Exception.MalformedXml();
    }

    private static void OnlyEmpty(XElement document, string what)
    {
        if (document.HasElements)
            throw S3Exception.NotImplemented(what);
    }

    private static void ValidateEncryption(XElement document)
    {
        var rules = document.Children("Rule").ToList();
        if (rules.Count != 1)
            throw S3Exception.MalformedXml();
        var applied = rules[0].Children("ApplyServerSideEncryptionByDefault").FirstOrDefault();
        OneOf(applied?.TextOf("SSEAlgorithm"), "AES256", "aws:kms", "aws:kms:dsse");
        if (applied!.TextOf("SSEAlgorithm") == "AES256" && applied!.TextOf("KMSMasterKeyID") is not null)
            throw S3Exception.InvalidArgument("KMSMasterKeyID", applied!.TextOf("KMSMasterKeyID")!, "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse");
    }

    private static void ValidateLogging(XElement document)
    {
        foreach (var enabled in document.Children("LoggingEnabled"))
        {
            enabled.RequiredTextOf("TargetBucket");
            enabled.RequiredTextOf("TargetPrefix");
            var partitioned = enabled.Children("TargetObjectKeyFormat").SelectMany(format => format.Children("PartitionedPrefix")).FirstOrDefault();
            if (partitioned?.TextOf("PartitionDateSource") is { } source)
                OneOf(source, "EventTime", "DeliveryTime");
        }
    }

    private static void CheckLogTarget(S3Request request, BucketStore store, XElement document)
    {
        if (document.Children("LoggingEnabled").FirstOrDefault()?.TextOf("TargetBucket") is not { } target)
            return;
        if (!store.BucketExists(target))
            throw Refused("The target bucket for logging does not exist");
        var owner = store.GetBucket(target).Owner;
        if (owner.AccountId != request.Target.Owner.AccountId)
            throw Refused("The owner for the bucket to be logged and the target bucket must be the same.");
        if (owner.Region != request.Target.Owner.Region)
            throw Refused("The bucket to be logged and the target bucket must be in the same region.");

        S3Exception Refused(string why) => new(400, "InvalidTargetBucketForLogging", why) { Details = [("TargetBucket", target)] };
    }

    private static void ValidateOwnership(XElement document)
    {
        if (document.Children("Rule").ToList() is not [var rule])
            throw S3Exception.MalformedXml();
        OneOf(rule.TextOf("ObjectOwnership"), ObjectOwnership.Rules);
    }

    private static void ValidateAccessBlock(XElement document)
    {
        var flags = document.Elements().ToList();
        if (flags.Count == 0 || flags.Exists(flag => flag.Name.LocalName is not ("BlockPublicAcls" or "IgnorePublicAcls" or "BlockPublicPolicy" or "RestrictPublicBuckets")))
            throw S3Exception.MalformedXml();
        foreach (var flag in flags)
            OneOf(flag.Value.ToLowerInvariant(), "true", "false");
        foreach (var name in new[] { "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets" })
        {
            if (document.TextOf(name) is null)
                document.Add(new XElement(name, "false"));
        }
    }

    private static void ValidateWebsite(XElement document)
    {
        if (document.Children("RedirectAllRequestsTo").FirstOrDefault() is { } redirect)
        {
            redirect.RequiredTextOf("HostName");
            return;
        }
        if (document.Children("IndexDocument").FirstOrDefault() is not { } index)
            throw S3Exception.InvalidArgument("IndexDocument", "null", "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty");
        if (index.RequiredTextOf("Suffix") is var suffix && (suffix.Length == 0 || suffix.Contains('/', StringComparison.Ordinal)))
            throw S3Exception.InvalidArgument("IndexDocument", suffix, "The IndexDocument Suffix is not well formed");
    }
}
