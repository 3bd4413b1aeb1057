using System.Text;
using Headrace.Protocol.Cbor;

namespace Headrace.Client;

/// <summary>What <see cref="PutRecordsAnswer"/> reads, in CBOR.</summary>
internal static class PutRecordsCborAnswer
{
    /// <inheritdoc cref="PutRecordsAnswer.Read"/>
    /// <exception cref="InvalidDataException">The answer is no CBOR, or none to PutRecords.</exception>
    public static void Read(ReadOnlySpan<byte> answer, List<PutRecordsFate> fates, ShardIdTable shardIds, bool keepsNumbers)
    {
        var reader = new CborTokenReader(answer);
        if (!TryRead(ref reader, fates, shardIds, keepsNumbers))
            throw new InvalidDataException("the service's answer to PutRecords is malformed");
    }

    private static bool TryRead(ref CborTokenReader reader, List<PutRecordsFate> fates, ShardIdTable shardIds, bool keepsNumbers)
    {
        if (!reader.TryRead() || reader.Token != CborToken.Map)
            return false;
        var members = reader.Container;
        while (reader.TryReadNext(ref members, out var ended))
        {
            if (ended)
                return true;
            if (reader.Token != CborToken.Text)
                return false;
            var isRecords = reader.Content.SequenceEqual("Records"u8);
            if (!reader.TryRead())
                return false;
            if (isRecords ? !TryReadRecords(ref reader, fates, shardIds, keepsNumbers) : !reader.TrySkip())
                return false;
        }
        return false;
    }

    private static bool TryReadRecords(ref CborTokenReader reader, List<PutRecordsFate> fates, ShardIdTable shardIds, bool keepsNumbers)
    {
        if (reader.Token != CborToken.Array)
            return false;
        var records = reader.Container;
        while (reader.TryReadNext(ref records, out var ended))
        {
            if (ended)
                return true;
            if (reader.Token != CborToken.Map || !TryReadFate(ref reader, shardIds, keepsNumbers, out var fate))
                return false;
            fates.Add(fate);
        }
        return false;
    }

    private static bool TryReadFate(ref CborTokenReader reader, ShardIdTable shardIds, bool keepsNumbers, out PutRecordsFate fate)
    {
        string? shardId = null, sequenceNumber = null, errorCode = null, errorMessage = null;
        fate = default;
        var members = reader.Container;
        while (reader.TryReadNext(ref members, out var ended))
        {
            if (ended)
            {
                fate = new PutRecordsFate(shardId, sequenceNumber, errorCode, errorMessage);
                return true;
            }
            var isText = reader.Token == CborToken.Text;
            var name = reader.Content;
            if (!isText || !reader.TryRead())
                return false;
            if (reader.Token != CborToken.Text || reader.IsIndefinite)
            {
                if (!reader.TrySkip())
                    return false;
            }
            else if (name.SequenceEqual("SequenceNumber"u8))
            {
                sequenceNumber = keepsNumbers ? Encoding.UTF8.GetString(reader.Content) : "";
            }
            else if (name.SequenceEqual("ShardId"u8))
            {
                shardId = shardIds.Read(reader.Content);
            }
            else if (name.SequenceEqual("ErrorCode"u8))
            {
                errorCode = Encoding.UTF8.GetString(reader.Content);
            }
            else if (name.SequenceEqual("ErrorMessage"u8))
            {
                errorMessage = Encoding.UTF8.GetString(reader.Content);
            }
        }
        return false;
    }
}
