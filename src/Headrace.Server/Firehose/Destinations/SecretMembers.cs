using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads SecretsManagerConfiguration; there is no service of secrets, so that its faults are all that it is read for.</summary>
internal static class SecretMembers
{
    /// <summary>Whether it is given.</summary>
    public static bool Read(MemberReader destination)
    {
        if (destination.Structure("SecretsManagerConfiguration") is not { } secret)
            return false;
        secret.String("SecretARN", min: 1, max: 2048, pattern: FirehosePatterns.SecretArn);
        secret.String("RoleARN", min: 1, max: 512, pattern: FirehosePatterns.RoleArn);
        secret.Boolean("Enabled", required: true);
        return true;
    }
}
