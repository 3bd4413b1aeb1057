using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Headrace.Server.Hosting;

/// <summary>What a connection begins with, for those who look at it before Kestrel does.</summary>
internal static class FirstBytes
{
    /// <summary>
    /// Reads what is there, or comes. Null where nothing will: the client has gone, or the server stops, which need not wait for one who has
    /// not said what he wants. The connection is to be left alone then.
    /// </summary>
    public static async ValueTask<ReadResult?> ReadAsync(ConnectionContext connection)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, stopping);
        try
        {
            return await connection.Transport.Input.ReadAsync(end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
