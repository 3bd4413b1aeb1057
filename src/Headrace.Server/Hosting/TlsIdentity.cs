using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Headrace.Server.Hosting;

/// <summary>The certificate that the server shows, its private key, and the certificates that lead from it to a root.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        Chain = chain;
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Chain { get; }

    /// <summary>Reads PEM files: the certificate, with those that lead to its root behind it, and its key.</summary>
    /// <exception cref="ArgumentException">They can't be read, or don't belong together; the message names them.</exception>
    public static TlsIdentity Load(string certificateFile, string keyFile)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            return new TlsIdentity(certificate, chain);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The TLS certificate {certificateFile} or its key {keyFile} cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{certificateFile} and {keyFile} are no TLS certificate and its key in PEM: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var certificate in Chain)
            certificate.Dispose();
    }
}
