using System.CommandLine;
using System.Runtime.InteropServices;
using Headrace.Bench.Buckets;
using Headrace.Bench.Client;
using Headrace.Bench.Delivery;
using Headrace.Bench.Egress;
using Headrace.Bench.Etl;
using Headrace.Bench.Ingest;
using Headrace.Bench.Latency;
using Headrace.Bench.Recovery;
using Headrace.Bench.Shards;
using Headrace.Bench.Startup;

using var interruption = new CancellationTokenSource();
void Interrupt(PosixSignalContext context)
{
    // The servers are ended and the data removed on the way out.
    context.Cancel = true;
    interruption.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
var root = new RootCommand("Headrace's benchmarks.")
{
    new BucketsCommand(),
    new ClientCommand(),
    new DeliveryCommand(),
    new EgressCommand(),
    new EtlCommand(),
    new IngestCommand(),
    new LatencyCommand(),
    new RecoveryCommand(),
    new ShardsCommand(),
    new StartupCommand(),
};
try
{
    return await root.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        interruption.Token);
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync($"bench: {failure.Message}");
    return 1;
}
