namespace Headrace.Pipelines;

/// <summary>Says where each message goes, and under which key. A worker's own: not thread-safe.</summary>
internal sealed class Router : IDisposable
{
    public const string Stage = "route";

    private const int LongestKey = 256;

    private readonly (Expression? When, Func<ReadOnlyMemory<byte>, bool>? Matches, int[] To, bool Continue)[] _routes;
    private readonly PipelineDestination[] _destinations;
    private readonly Expression?[] _keys;
    private readonly MemberScan _members = new();

    public Router(PipelinePlan plan)
    {
        _destinations = [.. plan.Destinations];
        _keys = [.. _destinations.Select(destination => destination.PartitionKey is { } key ? new Expression(key, _members) : null)];
        _routes = [.. plan.Routes.Select(route => (route.When is { } when ? new Expression(when, _members) : null, route.Matches, route.To.Select(IndexOf).ToArray(), route.Continue))];
    }

    /// <summary>Adds the outputs of all messages, in order, and fails the records that have no way.</summary>
    /// <param name="batch">What came out of the steps.</param>
    /// <param name="keyOf">The partition key that a source record came with, by its index in the page.</param>
    /// <param name="outputs">Takes the outputs; those of failed records are not among them.</param>
    public void Route(StepBatch batch, Func<int, string> keyOf, List<RoutedOutput> outputs)
    {
        foreach (var message in batch.Messages)
        {
            var before = outputs.Count;
            if (TryRoute(message, keyOf, outputs) is not { } reason)
                continue;
            outputs.RemoveRange(before, outputs.Count - before);
            batch.Fail(message, Stage, reason);
        }
        if (batch.Faults.Count > 0)
            outputs.RemoveAll(output => batch.Faults.ContainsKey(output.Origin));
    }

    public void Dispose()
    {
        foreach (var key in _keys)
            key?.Dispose();
        foreach (var (when, _, _, _) in _routes)
            when?.Dispose();
    }

    private string? TryRoute(in Message message, Func<int, string> keyOf, List<RoutedOutput> outputs)
    {
        try
        {
            _members.Load(message.Json);
            return Route(message, keyOf, outputs);
        }
        catch (TransformException e)
        {
            return e.Message;
        }
    }

    private string? Route(in Message message, Func<int, string> keyOf, List<RoutedOutput> outputs)
    {
        var isTaken = false;
        foreach (var (when, matches, to, goesOn) in _routes)
        {
            if (when is not null)
            {
                if (when.Evaluate(message.Json, out var value) is { } reason)
                    return $"{when.Text}: {reason}";
                if (!value.IsTrue)
                    continue;
            }
            if (matches?.Invoke(message.Json) == false)
                continue;
            isTaken = true;
            foreach (var destination in to)
            {
                if (Key(message, destination, keyOf, out var key) is { } reason)
                    return reason;
                outputs.Add(new RoutedOutput(destination, message.Origin, message.Json, key));
            }
            if (!goesOn)
                break;
        }
        return isTaken ? null : "no route takes it";
    }

    private string? Key(in Message message, int destination, Func<int, string> keyOf, out string key)
    {
        key = message.Origin == Message.NoOrigin ? "window" : keyOf(message.Origin);
        if (_destinations[destination].KeyOf is { } code)
        {
            key = code(message.Json);
            return key.Length is >= 1 and <= LongestKey ? null : $"a partition key must have 1 to {LongestKey} characters";
        }
        if (_keys[destination] is not { } expression)
            return null;
        if (expression.Evaluate(message.Json, out var value) is { } reason)
            return $"partition key {expression.Text}: {reason}";
        if (value.Text is not { } text)
            return value.IsMissing ? $"partition key {expression.Text} is missing" : $"partition key {expression.Text} is neither text nor number";
        key = text;
        return text.Length is >= 1 and <= LongestKey ? null : $"partition key {expression.Text} must have 1 to {LongestKey} characters";
    }

    private int IndexOf(string name) => Array.FindIndex(_destinations, destination => destination.Name == name);
}
