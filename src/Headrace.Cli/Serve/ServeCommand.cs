using System.CommandLine;
using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve.Programs;
using Headrace.Cli.Serve.Stores;
using Microsoft.Extensions.Logging;

namespace Headrace.Cli.Serve;

/// <summary><c>headrace serve</c>: runs the server until it is told to stop.</summary>
internal sealed class ServeCommand : ExampleCommand
{
    private readonly CommandConsole _console;
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = $"Where everything durable lives; created when missing [default: {ServeSettings.DefaultData}]" };
    private readonly Option<string?> _listen = new("--listen") { HelpName = "ADDR", Description = "Address and port; port 0 takes a free one. Beyond loopback access keys are needed (--config) [default: 127.0.0.1:4566]" };
    private readonly Option<string?> _durability = new("--durability") { HelpName = "fsync|os", Description = "When a record counts as stored: flushed to the disk, or handed to the operating system [default: fsync]" };
    private readonly Option<string?> _config = new("--config") { HelpName = "FILE", Description = "JSON file with the same settings, plus \"accessKeys\": {\"id\": \"secret\"}; the command line wins" };
    private readonly Option<string?> _limits = new("--limits") { HelpName = "none|aws", Description = "Whether shards, calls and quotas are held to AWS's limits [default: none]" };
    private readonly Option<string?> _shardLimit = new("--shard-limit") { HelpName = "N", Description = "Open shards an account may have [default: 10000]" };
    private readonly Option<string?> _stateDelay = new("--state-delay") { HelpName = "T", Description = "How long CREATING, UPDATING and DELETING last [default: 50ms]" };
    private readonly Option<string?> _account = new("--account") { HelpName = "ID", Description = "The 12-digit account of callers [default: 000000000000]" };

    private readonly Option<string?> _tlsCertificate = new("--tls-certificate") { HelpName = "FILE", Description = "PEM file of the certificate that TLS shows; the port then speaks TLS too" };
    private readonly Option<string?> _tlsKey = new("--tls-key") { HelpName = "FILE", Description = "PEM file of the certificate's private key" };
    private readonly Option<string?> _lambdaEndpoint = new("--lambda-endpoint") { HelpName = "URL", Description = "Where Firehose's Lambda processors invoke their functions, such as SAM local [default: AWS_ENDPOINT_URL_LAMBDA, else they are refused]" };
    private readonly Option<string[]> _stores = new("--store") { HelpName = "NAME=URL", Description = "Another S3 service that arn:NAME:s3:::BUCKET delivers to; NAME alone is Amazon S3, aws takes the place of this server's buckets; repeatable" };
    private readonly Option<string[]> _programs = new("--program") { HelpName = "NAME=COMMAND", Description = "A program that Firehose's Exec processors may name, such as clean=/usr/bin/python3 clean.py; repeatable" };
    private readonly Option<string[]> _faults = new("--fault") { HelpName = "RULE", Description = "Rehearse a failure, such as PutRecords=ProvisionedThroughputExceededException:10%, GetRecords=InternalFailure:5%:200ms, PutRecord=Delay:1%:2s; repeatable" };
    private readonly Option<string?> _faultSeed = new("--fault-seed") { HelpName = "N", Description = "Makes the failures of another run the same [default: another one each time]" };

    public ServeCommand(CommandConsole console)
        : base("serve", "Run the server: Kinesis, Firehose, S3 and STS on one port.", "headrace serve --data ./headrace-data --listen 127.0.0.1:4566")
    {
        _console = console;
        foreach (var option in new Option[] { _data, _listen, _durability, _config, _limits, _shardLimit, _stateDelay, _account, _tlsCertificate, _tlsKey, _lambdaEndpoint, _stores, _programs, _faults, _faultSeed })
            Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var typed = new ServeSettings
        {
            Data = parsed.GetValue(_data),
            Listen = parsed.GetValue(_listen),
            Durability = parsed.GetValue(_durability),
            Limits = parsed.GetValue(_limits),
            ShardLimit = parsed.GetValue(_shardLimit),
            StateDelay = parsed.GetValue(_stateDelay),
            Account = parsed.GetValue(_account),
            TlsCertificate = parsed.GetValue(_tlsCertificate),
            TlsKey = parsed.GetValue(_tlsKey),
            LambdaEndpoint = parsed.GetValue(_lambdaEndpoint),
            Stores = (parsed.GetValue(_stores) ?? []).Select(StoreValue.Parse).DistinctBy(store => store.Key).ToDictionary(StringComparer.Ordinal),
            Programs = (parsed.GetValue(_programs) ?? []).Select(ProgramValue.Parse).DistinctBy(program => program.Key).ToDictionary(StringComparer.Ordinal),
            Faults = parsed.GetValue(_faults) ?? [],
            FaultSeed = parsed.GetValue(_faultSeed),
        };
        var config = parsed.GetValue(_config);
        var settings = config is null ? typed : typed.Over(ServeConfigFile.Read(config));
        settings = settings.Over(new ServeSettings { LambdaEndpoint = _console.Variable("AWS_ENDPOINT_URL_LAMBDA") });
        using var stores = OpenStores.Of(settings.Stores);
        var options = settings.ToServerOptions() with { Stores = stores.ByName };
        await using (var server = await ServerStart.StartAsync(options, _console.Error, LogLevel.Information, cancellation))
        {
            _console.Say($"serving Kinesis, Firehose and S3 at {server.Endpoint.GetLeftPart(UriPartial.Authority)} (data in {Path.GetFullPath(options.DataDirectory)})");
            if (options.Faults.Count > 0)
                _console.Say(string.Create(CultureInfo.InvariantCulture, $"rehearsing failures by {options.Faults.Count} rules; --fault-seed {options.FaultSeed} repeats them"));
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        _console.Say("stopped");
        return _console.Interruption.IsTermination ? ExitCodes.Done : ExitCodes.Interrupted;
    }
}
