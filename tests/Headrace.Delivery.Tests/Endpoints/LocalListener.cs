using System.Net;
using System.Net.Sockets;

namespace Headrace.Delivery.Tests.Endpoints;

/// <summary>Listens for HTTP on a free port.</summary>
internal static class LocalListener
{
    public static (HttpListener Listener, string Url) Start(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = $"http://127.0.0.1:{FreePort()}/{path}";
            var listener = new HttpListener();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
