using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Pipelines.Tests;

public sealed class UserSessionTransformTests
{
    private readonly UserSessionTransform _transform = new(new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero)));

    [Fact]
    public void The_labs_record_is_enriched_and_otherwise_kept_in_order()
    {
        var session = Transform("""
            {"session_id":"a1","customer_number":100,"city":"Zürich","country":"USA","credit_limit":1000,"browse_history":[
            {"product_code":"Product1","quantity":2,"in_shopping_cart":true},{"product_code":"Product2","quantity":" 1 ","in_shopping_cart":false}],"x":1.50}
            """u8.ToArray());

        Encoding.UTF8.GetString(session.Span).ShouldBe(
            """{"session_id":"a1","customer_number":100,"city":"Zürich","country":"USA","credit_limit":1000,"browse_history":["""
            + """{"product_code":"Product1","quantity":2,"in_shopping_cart":true},{"product_code":"Product2","quantity":" 1 ","in_shopping_cart":false}]"""
            + ""","x":1.50,"processing_timestamp":"2026-01-31T12:00:00.250000Z","overall_product_quantity":3,"overall_in_shopping_cart":2,"total_different_products":2}""");
    }

    [Fact]
    public void Totals_are_the_sums_whatever_the_history() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Bool, Gen.Bool).List[0, 12].Sample(products =>
        {
            var history = products.Select(p =>
                $$"""{"product_code":"p","quantity":{{(p.Item2 ? $"\"{p.Item1}\"" : p.Item1)}},"in_shopping_cart":{{(p.Item3 ? "true" : "false")}}}""");
            using var json = JsonDocument.Parse(Transform(Encoding.UTF8.GetBytes(
                $$"""{"session_id":"s","country":"Peru","browse_history":[{{string.Join(',', history)}}]}""")));

            json.RootElement.GetProperty("overall_product_quantity").GetInt64().ShouldBe(products.Sum(p => p.Item1));
            json.RootElement.GetProperty("overall_in_shopping_cart").GetInt64().ShouldBe(products.Where(p => p.Item3).Sum(p => p.Item1));
            json.RootElement.GetProperty("total_different_products").GetInt32().ShouldBe(products.Count);
        });

    [Fact]
    public void Damaged_records_fail_as_such_and_in_no_other_way()
    {
        var whole = new UserSessionGenerator(3).Next().Json.ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).List[1, 4].Sample(damages =>
        {
            var bytes = whole.ToArray();
            foreach (var (at, value) in damages)
                bytes[at] = value;
            try
            {
                JsonDocument.Parse(Transform(bytes)).Dispose();
            }
            catch (TransformException e)
            {
                e.Message.ShouldNotContain("\n");
            }
        }, iter: 2000);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "a session is an object, not an array")]
    [InlineData("""{"country":"USA","browse_history":[]}""", "session_id is missing")]
    [InlineData("""{"session_id":7,"country":"USA","browse_history":[]}""", "session_id must be a string, not a number")]
    [InlineData("""{"session_id":"","country":"USA","browse_history":[]}""", "session_id must have 1 to 256 characters")]
    [InlineData("""{"session_id":"a","browse_history":[]}""", "country is missing")]
    [InlineData("""{"session_id":"a","country":"USA"}""", "browse_history is missing")]
    [InlineData("""{"session_id":"a","country":"USA","browse_history":{}}""", "browse_history must be an array, not an object")]
    [InlineData("""{"session_id":"a","country":"USA","browse_history":[{"quantity":1.5,"in_shopping_cart":true}]}""", "browse_history[0].quantity must be an integer")]
    [InlineData("""{"session_id":"a","country":"USA","browse_history":[{"quantity":"two","in_shopping_cart":true}]}""", "browse_history[0].quantity must be an integer")]
    [InlineData("""{"session_id":"a","country":"USA","browse_history":[{"quantity":1,"in_shopping_cart":"yes"}]}""", "browse_history[0].in_shopping_cart must be true or false")]
    [InlineData("""{"session_id":"a","country":"USA","browse_history":[{"quantity":9223372036854775807,"in_shopping_cart":true},{"quantity":1,"in_shopping_cart":true}]}""", "too large")]
    public void What_is_no_session_is_refused_with_the_reason(string json, string reason) =>
        Should.Throw<TransformException>(() => Transform(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(reason);

    [Fact]
    public void The_short_way_and_the_long_one_give_the_same()
    {
        var generator = new UserSessionGenerator(11);
        for (var i = 0; i < 500; i++)
        {
            var session = generator.Next().Json;
            // A blank of this kind makes the long way necessary.
            var spread = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(session.Span).Replace("\"country\":", "\t\"country\":\n"));
            Encoding.UTF8.GetString(Transform(session).Span).ShouldBe(Encoding.UTF8.GetString(Transform(spread).Span));
        }
    }

    private ReadOnlyMemory<byte> Transform(ReadOnlyMemory<byte> json)
    {
        var output = new ArrayBufferWriter<byte>();
        _transform.Transform(json, output).ShouldBeTrue();
        return output.WrittenMemory;
    }
}
