using System.Globalization;
using System.Net;

namespace Headrace.Cli.Values;

/// <summary>Addresses to listen on: <c>127.0.0.1:4566</c>, <c>localhost:0</c>, <c>[::1]:4566</c>, a host alone, or a port alone.</summary>
internal static class ListenAddress
{
    public const int DefaultPort = 4566;

    public static bool TryParse(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, DefaultPort);
        var (host, port) = Split(text);
        if (port is not null && !TryParsePort(port, endpoint))
            return false;
        if (host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return port is not null || host.Length > 0;
        if (!IPAddress.TryParse(host, out var address) || (!host.Contains('.') && !host.Contains(':')))
            return false;
        endpoint.Address = address;
        return true;
    }

    private static (string Host, string? Port) Split(string text)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return ("", text);
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end < 0 ? (text, null) : (text[1..end], end + 1 < text.Length ? text[(end + 1)..].TrimStart(':') : null);
        }
        var colon = text.IndexOf(':');
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool TryParsePort(string text, IPEndPoint endpoint)
    {
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        endpoint.Port = port;
        return true;
    }
}
