using Headrace.Server.S3.Access;

namespace Headrace.Server.S3;

/// <summary>An operation with what it needs to be allowed.</summary>
internal sealed record S3Route(IS3Operation Operation, Permit Permit);
