using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Headrace.Client;

/// <summary>Whom a client believes to be who they say, over TLS.</summary>
public static class TrustedRoots
{
    private const string Variable = "AWS_CA_BUNDLE";

    /// <summary>
    /// How to check a server's certificate: against the bundle of the options or of <c>AWS_CA_BUNDLE</c>, and against nothing else
    /// then; otherwise against the system's roots.
    /// </summary>
    /// <exception cref="InvalidOperationException">The bundle can't be read or has no certificate.</exception>
    public static SslClientAuthenticationOptions Of(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ssl = new SslClientAuthenticationOptions();
        if ((options.CaBundle ?? AwsProfile.Variable(Variable)) is not { } file)
            return ssl;
        var roots = Read(file, options.CaBundle is null ? Variable : "the CA bundle");
        ssl.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        ssl.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        return ssl;
    }

    private static X509Certificate2Collection Read(string file, string which)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"{which} {file} cannot be read: {failure.Message}", failure);
        }
        return roots.Count > 0 ? roots : throw new InvalidOperationException($"{which} {file} holds no certificate in PEM");
    }
}
