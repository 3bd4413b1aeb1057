using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Client.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(500, "InternalFailure", 3)]
    [InlineData(503, "ServiceUnavailable", 3)]
    [InlineData(400, "LimitExceededException", 3)]
    [InlineData(400, "ResourceNotFoundException", 1)]
    [InlineData(403, "AccessDeniedException", 1)]
    public async Task What_may_succeed_later_is_tried_three_times(int status, string type, int attempts)
    {
        var stub = new StubService((_, _) => StubService.Error(type, status));
        using var client = stub.Client();
        (await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"))).ErrorType.ShouldBe(type);
        stub.Operations.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_soon_gets_no_retries_and_then_some_again()
    {
        var fails = true;
        var stub = new StubService((_, _) => fails ? StubService.Error("InternalFailure", 500) : (200, "{}"));
        using var client = stub.Client();
        // Each call takes two retries of 5 from the 500 that there are.
        for (var call = 0; call < 50; call++)
            await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
        stub.Operations.Count.ShouldBe(150);
        await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
        stub.Operations.Count.ShouldBe(151);

        fails = false;
        for (var call = 0; call < 5; call++)
            await client.DeleteStreamAsync("s");
        fails = true;
        await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
        stub.Operations.Count.ShouldBe(151 + 5 + 2);
    }

    [Fact]
    public void A_retry_that_succeeds_gives_back_what_it_took()
    {
        var quota = new RetryQuota();
        for (var i = 0; i < RetryQuota.Capacity / RetryQuota.TimeoutCost; i++)
            quota.TryTake(RetryQuota.TimeoutCost).ShouldBeTrue();
        quota.TryTake(1).ShouldBeFalse();
        quota.Succeed(RetryQuota.TimeoutCost);
        quota.TryTake(RetryQuota.TimeoutCost).ShouldBeTrue();
        quota.Succeed(lastTaken: 0);
        quota.TryTake(2).ShouldBeFalse();
        quota.TryTake(1).ShouldBeTrue();
    }

    [Fact]
    public void Waits_are_spread_up_to_a_bound_that_doubles_to_twenty_seconds()
    {
        var policy = new RetryPolicy(10, TimeSpan.FromSeconds(1));
        for (var attempt = 1; attempt < 40; attempt++)
        {
            var most = Math.Min(Math.Pow(2, attempt - 1), 20);
            var waits = Enumerable.Range(0, 200).Select(_ => policy.WaitAfter(attempt).TotalSeconds).ToList();
            waits.ShouldAllBe(wait => wait >= 0 && wait <= most);
            waits.Distinct().Count().ShouldBeGreaterThan(100);
        }
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_corrected_by_the_services_date()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var theirs = time.GetUtcNow().AddHours(3);
        var signedAt = new List<DateTime>();
        StubService stub = null!;
        stub = new StubService((_, _) =>
        {
            signedAt.Add(DateTime.ParseExact(stub.LastRequest!.Headers.GetValues("X-Amz-Date").Single(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            return (signedAt[^1] - theirs.UtcDateTime).Duration() > TimeSpan.FromMinutes(5) ? StubService.Error("InvalidSignatureException") : (200, "{}");
        })
        { Date = theirs };
        using var client = stub.Client(time: time);
        await client.DeleteStreamAsync("s");
        await client.DeleteStreamAsync("s");
        signedAt.ShouldBe([time.GetUtcNow().UtcDateTime, theirs.UtcDateTime, theirs.UtcDateTime]);
    }

    [Fact]
    public async Task A_wrong_key_is_not_taken_for_a_wrong_clock()
    {
        var stub = new StubService((_, _) => StubService.Error("InvalidSignatureException")) { Date = DateTimeOffset.UtcNow };
        using var client = stub.Client();
        await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
        stub.Operations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Errors_that_programs_tell_apart_have_classes()
    {
        var type = "";
        using var client = new StubService((_, _) => StubService.Error(type)).Client(StubService.Options with { MaxAttempts = 1 });
        foreach (var (name, expected) in new (string, Type)[]
        {
            ("ResourceNotFoundException", typeof(ResourceNotFoundException)), ("ResourceInUseException", typeof(ResourceInUseException)),
            ("com.amazonaws.kinesis#ExpiredIteratorException", typeof(ExpiredIteratorException)), ("LimitExceededException", typeof(LimitExceededException)),
            ("ProvisionedThroughputExceededException", typeof(ProvisionedThroughputExceededException)), ("InvalidArgumentException", typeof(InvalidArgumentException)),
            ("ValidationException", typeof(ValidationException)), ("AccessDeniedException", typeof(AccessDeniedException)),
            ("ExpiredNextTokenException", typeof(ExpiredNextTokenException)), ("ConcurrentModificationException", typeof(ConcurrentModificationException)),
            ("InvalidSourceException", typeof(InvalidSourceException)), ("KMSDisabledException", typeof(KeyServiceException)), ("Whatever", typeof(KinesisException)),
        })
        {
            type = name;
            var failure = await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
            failure.GetType().ShouldBe(expected);
            failure.ErrorType.ShouldBe(name[(name.LastIndexOf('#') + 1)..]);
        }
    }
}
