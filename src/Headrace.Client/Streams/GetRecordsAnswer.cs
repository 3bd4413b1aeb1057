namespace Headrace.Client;

/// <summary>Reads GetRecords' answer.</summary>
internal static class GetRecordsAnswer
{
    public static GetRecordsResult Read(ReadOnlySpan<byte> answer)
    {
        var page = RecordsPage.Read(answer, "NextShardIterator"u8);
        return new GetRecordsResult(page.Records, page.Next, page.MillisBehindLatest, page.Children);
    }
}
