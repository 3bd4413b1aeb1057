using System.Globalization;
using System.Numerics;

namespace Headrace.Pipelines.Tests;

/// <summary>Positions read out of sequence numbers, and the numbers that outputs have by them.</summary>
public sealed class SourcePositionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(1_234_567_890_123)]
    public void A_position_is_what_the_number_was_made_of(long position)
    {
        foreach (var (created, shard, arrival) in new[] { (0x0_6a12_3456L, 0, 0x0_6a12_3457L), (0x1_ffff_ffffL, 4095, 0x1_ffff_ffffL) })
        {
            SourcePosition.TryRead(Sequence(created, shard, position, arrival), out var read).ShouldBeTrue();
            read.ShouldBe(position);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("00000000000000000000000000000000000000000000000000000000")]
    [InlineData("4959033827149025660855969253836157109592157598913658889x")]
    public void What_is_no_number_of_ours_has_no_position(string text) => SourcePosition.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void A_shards_own_starting_number_is_no_records() => SourcePosition.TryRead(Sequence(0x0_6a12_3456L, 3, -1, 0x0_6a12_3456L), out _).ShouldBeFalse();

    [Fact]
    public void Outputs_are_numbered_by_record_and_then_by_their_place_among_its_outputs()
    {
        OutputNumber.Of(7, 0).ShouldBeLessThan(OutputNumber.Of(7, 1));
        OutputNumber.Of(7, OutputNumber.MaxOutputs - 1).ShouldBe(OutputNumber.Of(8, 0) - 1);
        Should.Throw<PipelineException>(() => OutputNumber.Of(1L << 43, 0));
    }

    /// <summary>As docs/decisions/0006 has it: 2, created, the shard's last digit, position, 00, arrival, shard, 2.</summary>
    private static string Sequence(long created, int shard, long position, long arrival)
    {
        var hex = string.Create(CultureInfo.InvariantCulture, $"02{created:x9}{shard & 0xf:x1}{position + 1:x16}00{arrival:x9}{shard:x8}2");
        return BigInteger.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
