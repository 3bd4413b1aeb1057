namespace Headrace.Server.S3.Access;

/// <summary>What a policy is asked: may this account do this to that?</summary>
/// <param name="Account">Null for nobody known.</param>
/// <param name="Action">Such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">The ARN of the bucket or object.</param>
/// <param name="ValueOf">The value of a condition key such as <c>s3:prefix</c>: null where the request has none.</param>
internal sealed record PolicyQuestion(string? Account, string Action, string Resource, Func<string, ConditionValue> ValueOf);

/// <summary>The value of a condition key.</summary>
/// <param name="IsKnown">False for a key that this server does not know.</param>
/// <param name="Text">Null where the request has no such value.</param>
internal readonly record struct ConditionValue(bool IsKnown, string? Text)
{
    public static readonly ConditionValue Unknown = new(IsKnown: false, null);

    public static ConditionValue Of(string? text) => new(IsKnown: true, text);
}
