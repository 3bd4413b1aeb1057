using System.Buffers.Binary;
using System.Text;

namespace Headrace.Streams;

// Paging tokens: opaque, good for five minutes, across restarts as well.
public sealed partial class StreamCatalog
{
    /// <summary>Shards that an account may have open at once in a region.</summary>
    public int ShardLimit => _options.ShardLimit;

    /// <summary>An opaque token that stands for a place in a list.</summary>
    public string MakeToken(string place)
    {
        var content = new byte[9 + Encoding.UTF8.GetByteCount(place)];
        content[0] = (byte)'T';
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(1), Time.GetUtcNow().ToUnixTimeMilliseconds());
        Encoding.UTF8.GetBytes(place, content.AsSpan(9));
        return Seal.Close(content);
    }

    /// <summary>The place that a token stands for.</summary>
    /// <exception cref="StreamsException">InvalidArgument: no token of ours. ExpiredNextToken.</exception>
    public string OpenToken(string token)
    {
        if (Seal.Open(token) is not { Length: >= 9 } content || content[0] != (byte)'T')
            throw new StreamsException(StreamsFault.InvalidArgument, "NextToken is invalid.");
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(1)));
        if (Time.GetUtcNow() - issued > StreamLimits.NextTokenLife)
            throw new StreamsException(StreamsFault.ExpiredNextToken, "The pagination token is expired.");
        return Encoding.UTF8.GetString(content.AsSpan(9));
    }
}
