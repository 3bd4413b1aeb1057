using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve.Programs;
using Headrace.Cli.Serve.Stores;
using Headrace.Cli.Values;
using Headrace.Delivery.Programs;
using Headrace.Server;
using Headrace.ShardLog;

namespace Headrace.Cli.Serve;

/// <summary>
/// The settings of <c>headrace serve</c> as text, from the command line or a configuration file; null where nothing was said.
/// </summary>
internal sealed record ServeSettings
{
    public const string DefaultData = "./headrace-data";

    public string? Data { get; init; }

    public string? Listen { get; init; }

    public string? Durability { get; init; }

    public string? Limits { get; init; }

    public string? ShardLimit { get; init; }

    public string? StateDelay { get; init; }

    public string? Account { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public string? LambdaEndpoint { get; init; }

    /// <summary>Other services' buckets, by their stores' names.</summary>
    public IReadOnlyDictionary<string, StoreSettings> Stores { get; init; } = new Dictionary<string, StoreSettings>();

    /// <summary>The commands that Exec processors may name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Programs { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> Faults { get; init; } = [];

    public string? FaultSeed { get; init; }

    public IReadOnlyDictionary<string, string> AccessKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>These settings, and <paramref name="others"/> where these say nothing.</summary>
    public ServeSettings Over(ServeSettings others) => new()
    {
        Data = Data ?? others.Data,
        Listen = Listen ?? others.Listen,
        Durability = Durability ?? others.Durability,
        Limits = Limits ?? others.Limits,
        ShardLimit = ShardLimit ?? others.ShardLimit,
        StateDelay = StateDelay ?? others.StateDelay,
        Account = Account ?? others.Account,
        TlsCertificate = TlsCertificate ?? others.TlsCertificate,
        TlsKey = TlsKey ?? others.TlsKey,
        LambdaEndpoint = LambdaEndpoint ?? others.LambdaEndpoint,
        Stores = others.Stores.Concat(Stores).GroupBy(store => store.Key).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal),
        Programs = others.Programs.Concat(Programs).GroupBy(program => program.Key).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal),
        Faults = Faults.Count > 0 ? Faults : others.Faults,
        FaultSeed = FaultSeed ?? others.FaultSeed,
        AccessKeys = AccessKeys.Count > 0 ? AccessKeys : others.AccessKeys,
    };

    /// <exception cref="UsageException">A setting's value cannot be used; the message names it.</exception>
    public ServerOptions ToServerOptions()
    {
        var options = new ServerOptions
        {
            DataDirectory = Data ?? DefaultData,
            AccessKeys = AccessKeys,
            EnforceLimits = EnforcesLimits(),
            Faults = [.. Faults.Select(FaultValue.Parse)],
            TlsCertificateFile = TlsCertificate,
            TlsKeyFile = TlsKey,
            Programs = Programs.ToDictionary(program => program.Key, Func<IRecordProgram> (program) => () => new PipelineProgram(program.Key, program.Value), StringComparer.Ordinal),
        };
        if (Listen is not null)
            options = options with { Listen = ListenAddress.TryParse(Listen, out var endpoint) ? endpoint : throw Mistake("listen", Listen, "an address such as 127.0.0.1:4566") };
        if (Durability is not null)
            options = options with { Durability = DurabilityNamed(Durability) };
        if (ShardLimit is not null)
            options = options with { ShardLimit = WholeNumber("shard-limit", ShardLimit, atLeast: 1) };
        if (StateDelay is not null)
            options = options with { StateDelay = DurationValue.TryParse(StateDelay, out var delay) ? delay : throw Mistake("state-delay", StateDelay, "a duration such as 50ms or 2s") };
        if (LambdaEndpoint is not null)
            options = options with { LambdaEndpoint = AddressOf(LambdaEndpoint), SignInvocation = Signature(AddressOf(LambdaEndpoint)).SignAsync };
        if (options.Faults.Count > 0)
            options = options with { FaultSeed = FaultSeed is null ? Random.Shared.Next() : WholeNumber("fault-seed", FaultSeed, atLeast: 0) };
        if (Account is not null)
            options = options with { AccountId = Account };
        try
        {
            options.Validate();
        }
        catch (ArgumentException mistake)
        {
            throw new UsageException(mistake.Message.TrimEnd('.'));
        }
        return options;
    }

    private bool EnforcesLimits() => Limits switch
    {
        null or "none" => false,
        "aws" => true,
        _ => throw Mistake("limits", Limits, "none or aws"),
    };

    private static Durability DurabilityNamed(string name) => name switch
    {
        "fsync" => ShardLog.Durability.Fsync,
        "os" => ShardLog.Durability.Os,
        _ => throw Mistake("durability", name, "fsync or os"),
    };

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw Mistake("lambda-endpoint", text, "an address such as http://127.0.0.1:3001");

    private static InvocationSignature Signature(Uri endpoint)
    {
        try
        {
            return new InvocationSignature(endpoint);
        }
        catch (InvalidOperationException mistake)
        {
            throw new UsageException($"--lambda-endpoint {endpoint}: {mistake.Message.TrimEnd('.')}");
        }
    }

    private static int WholeNumber(string name, string text, int atLeast) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= atLeast
            ? number
            : throw Mistake(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {atLeast}"));

    private static UsageException Mistake(string name, string value, string expected) => new($"--{name} must be {expected}, not '{value}'");
}
