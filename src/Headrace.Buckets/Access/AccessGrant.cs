namespace Headrace.Buckets.Access;

/// <summary>Lets somebody do something with a bucket or an object.</summary>
/// <param name="IsGroup">True when the grantee is a group and not an account.</param>
/// <param name="Grantee">The account's canonical id, or the group's URI.</param>
/// <param name="Permission">What is allowed.</param>
public sealed record AccessGrant(bool IsGroup, string Grantee, AccessPermission Permission)
{
    public const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    public const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    public const string LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    /// <summary>True when the grant lets the account (null for nobody known) do what the permission says.</summary>
    public bool Allows(string? canonicalId, AccessPermission wanted)
    {
        if (Permission != wanted && Permission != AccessPermission.FullControl)
            return false;
        return IsGroup
            ? Grantee == AllUsers || (Grantee == AuthenticatedUsers && canonicalId is not null)
            : Grantee == canonicalId;
    }
}
