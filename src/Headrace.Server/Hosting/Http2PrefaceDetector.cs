using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Headrace.Server.Hosting;

/// <summary>
/// Lets HTTP/2 clients with prior knowledge share the cleartext port with HTTP/1.1 ones. Kestrel picks HTTP/2 only where
/// TLS negotiated it; so a connection that opens with HTTP/2's preface is presented to it as one that did.
/// </summary>
internal sealed class Http2PrefaceDetector(ConnectionDelegate next)
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0"u8;

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        if (await StartsWithPrefaceAsync(connection) is not { } isHttp2)
            return;
        if (isHttp2)
        {
            var feature = new NegotiatedHttp2();
            connection.Features.Set<ITlsConnectionFeature>(feature);
            connection.Features.Set<ITlsApplicationProtocolFeature>(feature);
        }
        await next(connection);
    }

    private static async Task<bool?> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        while (await FirstBytes.ReadAsync(connection) is { } read)
        {
            var decided = TryDecide(read.Buffer, out var isPreface) || read.IsCompleted;
            connection.Transport.Input.AdvanceTo(read.Buffer.Start, decided ? read.Buffer.Start : read.Buffer.End);
            if (decided)
                return isPreface;
        }
        return null;
    }

    private static bool TryDecide(in ReadOnlySequence<byte> buffer, out bool isPreface)
    {
        Span<byte> head = stackalloc byte[14];
        var length = (int)Math.Min(buffer.Length, head.Length);
        buffer.Slice(0, length).CopyTo(head);
        var matches = Preface.StartsWith(head[..length]);
        isPreface = matches && length == Preface.Length;
        return !matches || isPreface;
    }

    private sealed class NegotiatedHttp2 : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol => SslApplicationProtocol.Http2.Protocol;

        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
