using System.Text.Json;

namespace Headrace.Client;

/// <summary>Reads PutRecords' answer straight off its bytes.</summary>
internal static class PutRecordsAnswer
{
    /// <summary>Adds the fates of all records, in their order.</summary>
    /// <param name="answer">The service's.</param>
    /// <param name="fates">Where they are added.</param>
    /// <param name="shardIds">The shard ids met so far.</param>
    /// <param name="keepsNumbers">Whether somebody wants the sequence numbers; otherwise an empty text stands for each.</param>
    public static void Read(ReadOnlySpan<byte> answer, List<PutRecordsFate> fates, ShardIdTable shardIds, bool keepsNumbers)
    {
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRecords = reader.ValueTextEquals("Records"u8);
            reader.Read();
            if (!isRecords)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                fates.Add(Fate(ref reader, shardIds, keepsNumbers));
        }
    }

    private static PutRecordsFate Fate(ref Utf8JsonReader reader, ShardIdTable shardIds, bool keepsNumbers)
    {
        string? shardId = null, sequenceNumber = null, errorCode = null, errorMessage = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("SequenceNumber"u8))
            {
                reader.Read();
                sequenceNumber = keepsNumbers || reader.TokenType != JsonTokenType.String ? reader.GetString() : "";
            }
            else if (reader.ValueTextEquals("ShardId"u8))
            {
                reader.Read();
                shardId = shardIds.Read(ref reader);
            }
            else if (reader.ValueTextEquals("ErrorCode"u8))
            {
                reader.Read();
                errorCode = reader.GetString();
            }
            else if (reader.ValueTextEquals("ErrorMessage"u8))
            {
                reader.Read();
                errorMessage = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
        return new PutRecordsFate(shardId, sequenceNumber, errorCode, errorMessage);
    }
}
