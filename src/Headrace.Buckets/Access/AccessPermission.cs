namespace Headrace.Buckets.Access;

/// <summary>What a grant allows.</summary>
public enum AccessPermission
{
    Read,
    Write,
    ReadAcp,
    WriteAcp,
    FullControl,
}
