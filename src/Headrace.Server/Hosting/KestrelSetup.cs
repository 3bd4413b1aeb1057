using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Headrace.Server.Hosting;

/// <summary>Kestrel as this server needs it: HTTP/1.1 and HTTP/2 on one port, in cleartext and, where there is a certificate, over TLS.</summary>
internal static class KestrelSetup
{
    /// <summary>The largest body of any API: one S3 PutObject of 5 GiB, with room for its chunk framing. Each API has a lower one of its own.</summary>
    private const long MaxBodyBytes = (5L << 30) + (64 << 20);

    /// <param name="host">What to set up.</param>
    /// <param name="options">The server's options.</param>
    /// <param name="tls">What TLS shows; null: there is none.</param>
    public static void Apply(IWebHostBuilder host, ServerOptions options, TlsIdentity? tls)
    {
        host.UseKestrelCore();
        host.ConfigureServices(services => services.AddSingleton<IMemoryPoolFactory<byte>>(new ConnectionMemory.Factory()));
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowAlternateSchemes = true;
            // An object's metadata goes back as it came, which may be more than ASCII.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
            kestrel.Listen(options.Listen, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1AndHttp2;
                if (tls is null)
                    endpoint.Use(next => new Http2PrefaceDetector(next).OnConnectionAsync);
                else
                    UseTlsToo(endpoint, tls);
            });
        });
    }

    /// <summary>The chain is built from its end: when its first link is made, the one that cleartext goes to is there.</summary>
    private static void UseTlsToo(ListenOptions endpoint, TlsIdentity tls)
    {
        ConnectionDelegate? cleartext = null;
        endpoint.Use(next => new TlsDetector(next, cleartext!).OnConnectionAsync);
        endpoint.UseHttps(https =>
        {
            https.ServerCertificate = tls.Certificate;
            https.ServerCertificateChain = tls.Chain;
        });
        endpoint.Use(next =>
        {
            cleartext = new Http2PrefaceDetector(next).OnConnectionAsync;
            return next;
        });
    }
}
