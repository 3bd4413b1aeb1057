namespace Headrace.Server.AwsCbor;

/// <summary>Members that look different in CBOR and in JSON.</summary>
internal enum MemberKind
{
    /// <summary>Looks the same in both.</summary>
    Plain,

    /// <summary>A byte string in CBOR, Base64 text in JSON.</summary>
    Blob,

    /// <summary>Milliseconds since 1970 in CBOR, seconds in JSON.</summary>
    Timestamp,

    /// <summary>A map whose keys the user chooses: they are no members' names.</summary>
    Map,
}
