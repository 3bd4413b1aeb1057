namespace Headrace.Server.Faults;

/// <summary>
/// A failure to rehearse: a share of the calls of an operation, or of the records of a put of many, ends with an error. Immutable;
/// <see cref="Create"/> makes valid ones.
/// </summary>
/// <param name="Service">The service: Kinesis or Firehose.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Error">AWS's error, <see cref="OnlyDelay"/> or <see cref="LostAnswer"/>.</param>
/// <param name="Share">How many of the calls or records, from 0 to 1.</param>
/// <param name="Delay">How long those calls wait first.</param>
public sealed record FaultRule(string Service, string Operation, string Error, double Share, TimeSpan Delay)
{
    /// <summary>Instead of an error: the call waits and is then carried out.</summary>
    public const string OnlyDelay = "Delay";

    /// <summary>Instead of an error: the call is carried out, and the connection closed without an answer.</summary>
    public const string LostAnswer = "LostAnswer";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <summary>Whether each record of the put is drawn for by itself, and only it is refused.</summary>
    public bool IsByRecord => RehearsableService.Named(Service)!.IsByRecord(Operation, Error);

    /// <param name="service">The service; null to find it by the operation and the error.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="error">AWS's error, <see cref="OnlyDelay"/> or <see cref="LostAnswer"/>.</param>
    /// <param name="share">How many of the calls or records, from 0 to 1.</param>
    /// <param name="delay">How long those calls wait first.</param>
    /// <exception cref="ArgumentException">There is no such failure; the message says why.</exception>
    public static FaultRule Create(string? service, string operation, string error, double share, TimeSpan delay)
    {
        if (share is not (> 0 and <= 1))
            throw new ArgumentException("the share must be more than 0% and at most 100%");
        if (delay < TimeSpan.Zero || delay > LongestDelay)
            throw new ArgumentException("the delay must lie between 0 and 10 minutes");
        if (error == OnlyDelay && delay == TimeSpan.Zero)
            throw new ArgumentException($"{OnlyDelay} needs to say how long, such as {operation}={OnlyDelay}:10%:200ms");
        var rule = new FaultRule(FindService(service, operation, error).Name, operation, error, share, delay);
        return rule is { IsByRecord: true } && delay > TimeSpan.Zero
            ? throw new ArgumentException($"{error} is drawn for each record of {operation}, which can't wait by itself; add a rule {operation}={OnlyDelay}")
            : rule;
    }

    private static RehearsableService FindService(string? service, string operation, string error)
    {
        var known = RehearsableService.All;
        if (service is not null)
            known = [RehearsableService.Named(service) ?? throw new ArgumentException($"failures can be rehearsed of Kinesis and Firehose, not of '{service}'")];
        var having = known.Where(candidate => candidate.Operations.Contains(operation)).ToList();
        if (having.Count == 0)
            throw new ArgumentException($"there is no operation '{operation}'{Nearest(operation, known.SelectMany(candidate => candidate.Operations))}");
        var fitting = having.Where(candidate => candidate.Knows(error)).ToList();
        return fitting.Count switch
        {
            0 => throw new ArgumentException($"{operation} has no error '{error}'; it has {string.Join(", ", having.SelectMany(candidate => candidate.Errors.Keys).Distinct())}, {OnlyDelay} and {LostAnswer}"),
            1 => fitting[0],
            _ => throw new ArgumentException($"{operation} is an operation of both Kinesis and Firehose: say Kinesis.{operation} or Firehose.{operation}"),
        };
    }

    /// <summary>What was meant, if only the case is wrong or a part was left out.</summary>
    private static string Nearest(string operation, IEnumerable<string> known) =>
        operation.Length > 0 && known.FirstOrDefault(name => name.Contains(operation, StringComparison.OrdinalIgnoreCase)) is { } meant ? $"; did you mean {meant}?" : "";
}
