using System.Net;
using System.Net.Sockets;
using Headrace.Cli.CommandLine;
using Headrace.Server;
using Headrace.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Headrace.Cli.Serve;

/// <summary>Starts a server in this process and says clearly what keeps it from starting.</summary>
internal static class ServerStart
{
    /// <exception cref="CommandFailedException">The address is taken or not this machine's.</exception>
    /// <exception cref="IOException">The data directory is in use or unusable.</exception>
    public static async Task<HeadraceServer> StartAsync(ServerOptions options, TextWriter log, LogLevel level, CancellationToken cancellation)
    {
        try
        {
            return await HeadraceServer.StartAsync(
                options,
                logging => logging.SetMinimumLevel(level).AddProvider(new StandardErrorLog(log, level)),
                cancellation);
        }
        catch (Exception failure) when (IsAddressInUse(failure))
        {
            throw new CommandFailedException(
                $"cannot listen on {options.Listen}: the port is in use; stop the program that has it, or choose another with --listen {AnyPortBeside(options.Listen)}",
                failure);
        }
        catch (SocketException failure)
        {
            throw new CommandFailedException($"cannot listen on {options.Listen}: {failure.Message}; choose an address of this machine with --listen", failure);
        }
        catch (IOException failure) when (failure.InnerException is SocketException socket)
        {
            throw new CommandFailedException($"cannot listen on {options.Listen}: {socket.Message}; choose an address of this machine with --listen", failure);
        }
    }

    private static bool IsAddressInUse(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return true;
        }
        return false;
    }

    private static IPEndPoint AnyPortBeside(IPEndPoint taken) => new(taken.Address, taken.Port == 4567 ? 4568 : 4567);
}
