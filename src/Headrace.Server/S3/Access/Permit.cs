using Headrace.Buckets.Access;

namespace Headrace.Server.S3.Access;

/// <summary>What an operation needs.</summary>
/// <param name="Action">As policies name it.</param>
/// <param name="BucketGrant">The grant on the bucket that is enough; null for none.</param>
/// <param name="ObjectGrant">The grant on the object that is enough; null for none.</param>
internal sealed record Permit(string Action, AccessPermission? BucketGrant = null, AccessPermission? ObjectGrant = null);
