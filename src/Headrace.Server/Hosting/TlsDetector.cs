using Microsoft.AspNetCore.Connections;

namespace Headrace.Server.Hosting;

/// <summary>Lets TLS and cleartext share the port: a connection whose first byte is that of a TLS handshake is one.</summary>
/// <param name="tls">Takes connections over TLS.</param>
/// <param name="cleartext">Takes the others.</param>
internal sealed class TlsDetector(ConnectionDelegate tls, ConnectionDelegate cleartext)
{
    /// <summary>The content type of a TLS record that holds a handshake. No method of HTTP begins with it.</summary>
    private const byte Handshake = 0x16;

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        if (await FirstBytes.ReadAsync(connection) is not { } read)
            return;
        var next = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == Handshake ? tls : cleartext;
        // Nothing of it is taken, nor looked at: who reads next sees it at once.
        connection.Transport.Input.AdvanceTo(read.Buffer.Start);
        await next(connection);
    }
}
