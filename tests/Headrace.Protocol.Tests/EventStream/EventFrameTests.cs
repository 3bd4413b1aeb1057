using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using CsCheck;
using Headrace.Protocol.EventStream;

namespace Headrace.Protocol.Tests.EventStream;

public sealed class EventFrameTests
{
    [Fact]
    public void What_was_written_is_read() => Gen.Byte.Array[0, 500].Sample(payload =>
    {
        var bytes = Write(EventFrameWriter.EventHeaders("SubscribeToShardEvent", "application/json"), payload);
        EventFrame.TryRead([.. bytes, 1, 2, 3], out var frame).ShouldBeTrue();
        frame.Length.ShouldBe(bytes.Length);
        frame.HeaderText(":message-type"u8).ShouldBe("event");
        frame.HeaderText(":event-type"u8).ShouldBe("SubscribeToShardEvent");
        frame.HeaderText(":content-type"u8).ShouldBe("application/json");
        frame.HeaderText(":exception-type"u8).ShouldBe("");
        frame.Payload.ToArray().ShouldBe(payload);
    });

    [Fact]
    public void A_frame_is_waited_for_until_it_is_whole()
    {
        var bytes = Write(EventFrameWriter.ExceptionHeaders("InternalFailureException", "application/json"), "{}"u8.ToArray());
        for (var length = 0; length < bytes.Length; length++)
            EventFrame.TryRead(bytes.AsSpan(0, length), out _).ShouldBeFalse();
        EventFrame.TryRead(bytes, out var frame).ShouldBeTrue();
        frame.HeaderText(":exception-type"u8).ShouldBe("InternalFailureException");
    }

    [Fact]
    public void Damage_is_found() => Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 1_000_000], Gen.Byte[1, 255]).Sample((payload, at, flip) =>
    {
        var bytes = Write(EventFrameWriter.EventHeaders("e", "t"), payload);
        bytes[at % bytes.Length] ^= flip;
        Should.Throw<InvalidDataException>(() => EventFrame.TryRead(bytes, out _));
    });

    [Fact]
    public void Headers_of_all_types_are_passed_over()
    {
        byte[] headers =
        [
            1, (byte)'a', 0, 1, (byte)'b', 1, 1, (byte)'c', 2, 9, 1, (byte)'d', 3, 9, 9, 1, (byte)'e', 4, 9, 9, 9, 9,
            1, (byte)'f', 5, 9, 9, 9, 9, 9, 9, 9, 9, 1, (byte)'g', 6, 0, 2, 9, 9, 1, (byte)'h', 8, 9, 9, 9, 9, 9, 9, 9, 9,
            1, (byte)'i', 9, .. new byte[16], 1, (byte)'j', 7, 0, 3, (byte)'o', (byte)'w', (byte)'l',
        ];
        EventFrame.TryRead(Write(headers, []), out var frame).ShouldBeTrue();
        frame.HeaderText("j"u8).ShouldBe("owl");
    }

    [Theory]
    [InlineData(new byte[] { 9, 65 })]
    [InlineData(new byte[] { 1, 65, 7, 0, 9, 65 })]
    [InlineData(new byte[] { 1, 65, 42 })]
    public void Headers_that_are_none_are_told(byte[] headers)
    {
        var bytes = Write(headers, []);
        Should.Throw<InvalidDataException>(() =>
        {
            EventFrame.TryRead(bytes, out var frame).ShouldBeTrue();
            frame.HeaderText("x"u8);
        });
    }

    [Theory]
    [InlineData(15u, 0u)]
    [InlineData(40u, 30u)]
    [InlineData(uint.MaxValue, 0u)]
    [InlineData(16u, uint.MaxValue)]
    public void Lengths_that_cannot_be_are_told(uint length, uint headersLength)
    {
        var prelude = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(prelude, length);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(4), headersLength);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(8), Crc32.HashToUInt32(prelude.AsSpan(0, 8)));
        Should.Throw<InvalidDataException>(() => EventFrame.TryRead(prelude, out _));
    }

    private static byte[] Write(byte[] headers, byte[] payload)
    {
        using var buffer = new PooledBuffer();
        EventFrameWriter.Begin(buffer, headers);
        buffer.Write(payload);
        EventFrameWriter.End(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
