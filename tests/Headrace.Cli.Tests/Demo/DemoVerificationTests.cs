using System.Text;
using Headrace.Cli.Demo;

namespace Headrace.Cli.Tests.Demo;

public sealed class DemoVerificationTests
{
    private static readonly DemoSide Usa = DemoNames.Sides("000000000000")[0];
    private static readonly DemoSide International = DemoNames.Sides("000000000000")[1];

    private readonly ProducedRecords _produced = new();
    private readonly DemoVerification _verification;

    public DemoVerificationTests()
    {
        _verification = new DemoVerification(_produced);
        _produced.Add(Utf8("""{"session_id":"a","country":"USA","browse_history":[{"quantity":2,"in_shopping_cart":true},{"quantity":"3","in_shopping_cart":false}]}"""));
        _produced.Add(Utf8("""{"session_id":"b","country":"Österreich","browse_history":[]}"""));
    }

    private static string TransformedA => """{"session_id":"a","country":"USA","browse_history":[{"quantity":2,"in_shopping_cart":true},{"quantity":"3","in_shopping_cart":false}],"processing_timestamp":"2026-11-23T20:00:00.000Z","overall_product_quantity":5,"overall_in_shopping_cart":2,"total_different_products":2}""";

    private static string TransformedB => """{"overall_product_quantity":0,"country":"\u00d6sterreich","browse_history":[],"session_id":"b","processing_timestamp":"2026-11-23T20:00:00","overall_in_shopping_cart":0,"total_different_products":0}""";

    [Fact]
    public void Each_once_in_its_bucket_is_right()
    {
        _verification.AddObject(Usa, "k1", Utf8(TransformedA));
        _verification.AddObject(International, "k2", Utf8(TransformedB));
        _verification.Conclude().IsRight.ShouldBeTrue(string.Join("; ", _verification.Faults));
        _verification.Arrived.ShouldBe(2);
        _verification.DeliveredTo("USA").ShouldBe(1);
        _verification.DeliveredTo("International").ShouldBe(1);
        _verification.Sample.ShouldBe(TransformedA);
    }

    [Fact]
    public void A_missing_record_is_seen()
    {
        _verification.AddObject(Usa, "k1", Utf8(TransformedA));
        _verification.Conclude().ShouldBe(new DemoResult(Missing: 1, Copies: 0, Misrouted: 0, Untransformed: 0));
        _verification.Faults.ShouldContain(fault => fault.Contains("'b'"));
    }

    [Fact]
    public void A_copy_is_seen_also_within_one_object()
    {
        _verification.AddObject(Usa, "k1", Utf8(TransformedA + TransformedA));
        _verification.AddObject(International, "k2", Utf8(TransformedB));
        _verification.Conclude().ShouldBe(new DemoResult(Missing: 0, Copies: 1, Misrouted: 0, Untransformed: 0));
    }

    [Fact]
    public void The_wrong_bucket_is_seen()
    {
        _verification.AddObject(International, "k2", Utf8(TransformedA + TransformedB));
        _verification.Conclude().ShouldBe(new DemoResult(Missing: 0, Copies: 0, Misrouted: 1, Untransformed: 0));
    }

    [Theory]
    [InlineData("\"overall_in_shopping_cart\":2", "\"overall_in_shopping_cart\":3")]
    [InlineData("\"overall_product_quantity\":5,", "")]
    [InlineData("\"total_different_products\":2", "\"total_different_products\":\"2\"")]
    [InlineData("2026-11-23T20:00:00.000Z", "now")]
    public void A_wrong_transform_is_seen(string right, string wrong)
    {
        TransformedA.ShouldContain(right);
        _verification.AddObject(Usa, "k1", Utf8(TransformedA.Replace(right, wrong)));
        _verification.AddObject(International, "k2", Utf8(TransformedB));
        _verification.Conclude().ShouldBe(new DemoResult(Missing: 0, Copies: 0, Misrouted: 0, Untransformed: 1));
    }

    [Fact]
    public void A_changed_record_is_not_the_one_produced()
    {
        _verification.AddObject(Usa, "k1", Utf8(TransformedA.Replace("\"quantity\":2", "\"quantity\":1")));
        _verification.AddObject(International, "k2", Utf8(TransformedB));
        _verification.Conclude().Missing.ShouldBe(1);
    }

    [Fact]
    public void Records_of_other_runs_do_not_count()
    {
        _verification.AddObject(Usa, "k1", Utf8(TransformedA + TransformedA.Replace("\"a\"", "\"older\"")));
        _verification.AddObject(International, "k2", Utf8(TransformedB));
        _verification.Conclude().IsRight.ShouldBeTrue();
        _verification.DeliveredTo("USA").ShouldBe(1);
    }

    [Fact]
    public void A_dead_letter_counts_as_arrived()
    {
        _verification.AddDeadLetter(Utf8("""{"session_id":"b","country":"Österreich","browse_history":[]}"""));
        _verification.AddObject(Usa, "k1", Utf8(TransformedA));
        _verification.Conclude().IsRight.ShouldBeTrue();
        _verification.DeadLettered.ShouldBe(1);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
