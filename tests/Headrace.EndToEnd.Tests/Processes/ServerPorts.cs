using System.Net;
using System.Net.Sockets;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>
/// Ports for servers that come back on the same one. They lie below the range from which the system takes the ports of outgoing
/// connections: otherwise some other test's client could take a server's port while it is down.
/// </summary>
internal static class ServerPorts
{
    private const int First = 15_000;
    private const int Last = 31_999;

    /// <summary>A port that nobody had a moment ago.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
