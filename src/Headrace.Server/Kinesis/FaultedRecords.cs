using Headrace.Server.Faults;
using Headrace.Streams.Puts;

namespace Headrace.Server.Kinesis;

/// <summary>The records of a PutRecords that fault rules have fail.</summary>
internal static class FaultedRecords
{
    /// <returns>Null when none is to fail.</returns>
    public static RefusedRecords? Draw(OperationFaults? faults, int records)
    {
        if (faults?.DrawRecords(records) is not { } errors)
            return null;
        var refused = new RefusedRecords(records);
        for (var i = 0; i < records; i++)
        {
            if (errors[i] is { } error)
                refused.Refuse(i, error == "InternalFailure" ? RecordRefusal.InternalFailure : RecordRefusal.ThroughputExceeded);
        }
        return refused;
    }
}
