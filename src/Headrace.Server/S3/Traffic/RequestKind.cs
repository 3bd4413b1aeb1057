namespace Headrace.Server.S3.Traffic;

/// <summary>Requests to a bucket as CloudWatch tells them apart.</summary>
internal enum RequestKind
{
    Get,
    Put,
    Post,
    Delete,
    Head,
    List,
}
